"""Cohorts, enrolments and cycles: who takes which course, in which agency, when."""
