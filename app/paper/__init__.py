"""Papers: embedded faces, a tagged page, and one-sheet leaflets. Knows no course and no person."""
