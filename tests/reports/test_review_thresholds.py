"""The thresholds of an installation are the ones its reports keep (I12)."""

from __future__ import annotations

from dataclasses import replace


def test_the_report_keeps_the_thresholds_that_are_set(world, visit, monkeypatch):
    settings = replace(world.app.config["AVRR"], agency_threshold=7, public_threshold=14)
    monkeypatch.setitem(world.app.config, "AVRR", settings)
    inside = visit(world.coordinator, "reports.export_csv", "POST", data={}).text
    beyond = visit(world.reviewer, "reports.export_csv", "POST", data={}).text
    assert (" 7 " in inside, " 14 " in beyond) == (True, True)
    assert (" 5 " in inside, " 10 " in beyond) == (False, False)
