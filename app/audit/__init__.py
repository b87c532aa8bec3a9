"""Who did what, when: append-only, one hash chain per root agency."""
