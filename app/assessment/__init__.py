"""Draws, attempts, append-only responses and grades."""
