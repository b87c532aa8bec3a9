"""Pages of certificates, each group in its own module, on one blueprint."""

from __future__ import annotations

from app.certificates import cohort_views, own_views, public_views, revocation_views
from app.certificates.pages import bp

__all__ = ["bp", "cohort_views", "own_views", "public_views", "revocation_views"]
