"""What was rejected can be listed and looked at."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows.context import StepResult
from labourscope.cli import app
from labourscope.console import describe
from labourscope.settings import Settings
from vacancies.lake import Lake
from vacancies.quarantining import quarantined

AT = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LABOURSCOPE_HOME", str(tmp_path))
    lake = Lake.open(tmp_path / "lake")
    for number, reason in enumerate(["no_text", "no_text", "broken_json"]):
        lake.quarantine([quarantined({"n": number}, step="ingest", board="partner", reason=reason, error="why [so]", run_id="r", at=AT)])
    return tmp_path


def test_rejected_records_are_counted_by_reason(home: Path) -> None:
    result = CliRunner().invoke(app, ["quarantine", "list", "--json"])
    assert [(row["reason"], row["records"]) for row in json.loads(result.stdout)] == [("broken_json", 1), ("no_text", 2)]


def test_each_can_be_looked_at_by_the_beginning_of_its_id(home: Path) -> None:
    (row,) = json.loads(CliRunner().invoke(app, ["quarantine", "list", "--each", "--reason", "broken_json", "--json"]).stdout)
    shown = json.loads(CliRunner().invoke(app, ["quarantine", "show", row["id"][:10], "--json"]).stdout)
    assert (shown["error"], json.loads(shown["record"])) == ("why [so]", {"n": 2})


def test_messages_of_boards_are_not_taken_for_markup() -> None:
    assert r"\[/x]" in describe(StepResult("crawl", {}, failed=True, message="broken [/x] [bold]"))
    assert "failed" in describe(StepResult("crawl", {}, failed=True))


def test_a_clock_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="timezone"):
        Settings.model_validate({"clock": "2026-03-01T06:00:00"})
