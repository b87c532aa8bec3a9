"""Who may do what, and which rows they see. Scope is closed by default."""
