"""The blueprint of the pages about cohorts."""

from flask import Blueprint

bp = Blueprint("enrolment", __name__, url_prefix="/cohorts", template_folder="templates")
