"""Work on content: check, publish, record reviews and translations, preview."""
