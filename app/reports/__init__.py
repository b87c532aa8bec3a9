"""Read-only figures and exports, behind one gate that hides small groups."""
