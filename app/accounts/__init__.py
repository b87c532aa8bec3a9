"""Agencies, people, sign-in, role grants and acts that need two people."""
