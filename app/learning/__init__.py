"""Lessons, recall, scenarios, progress and completion."""
