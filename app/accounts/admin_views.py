"""Administration: agencies, people and roles, each in its own module, on one blueprint."""

from __future__ import annotations

from app.accounts import agency_views, people_views, role_views
from app.accounts.admin import bp

__all__ = ["agency_views", "bp", "people_views", "role_views"]
