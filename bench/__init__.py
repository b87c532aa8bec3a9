"""Measures the program against floors in the same run: `python3 -m app bench`."""
