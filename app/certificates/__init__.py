"""Certificates: eligibility, issue, verify, revoke, supersede, the PDF."""
