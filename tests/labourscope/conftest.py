"""The command line run in this process, on an installation of a test's own."""

from __future__ import annotations

import io
import json
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

REGISTER = """
- board: partner
  name: Partner
  platform: feed
  address: feed.jsonl
  countries: [DE]
  languages: [de]
  legal_basis: authored for this test
  contact: test@pes.example
  active_from: 2026-01-01
"""
NEEDS = ("Examen in der Pflege", "Python und SQL", "Führerschein Klasse B", "Teamfähigkeit", "Schweißen", "Buchhaltung")
PLACES = ("Erfurt", "Weimar", "Leipzig", "Jena", "Berlin")


def advertisement(number: int) -> dict[str, object]:
    """Make a JobPosting, each of another employer."""
    need, place = NEEDS[number % len(NEEDS)], PLACES[number % len(PLACES)]
    return {
        "@type": "JobPosting",
        "identifier": str(number),
        "title": f"Fachkraft {need}",
        "hiringOrganization": {"@type": "Organization", "name": f"Betrieb {number * 37}"},
        "jobLocation": {"@type": "Place", "address": {"addressLocality": place, "addressCountry": "DE"}},
        "datePosted": f"2026-09-{number % 28 + 1:02}",
        "description": f"<p>Betrieb {number * 37} in {place}.</p><h3>Anforderungen</h3><ul><li>{need}</li><li>Sorgfalt {number}</li></ul>",
    }


@dataclass(frozen=True)
class Ended:
    """How a command ended and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def value(self) -> Any:
        """The JSON on standard output."""
        return json.loads(self.out)


Labourscope = Callable[..., Ended]


def run_command(*words: str, stdin: str = "") -> Ended:
    """Run the command line as the installed script does."""
    from labourscope.cli import main

    out, err, before = io.StringIO(), io.StringIO(), (sys.argv, sys.stdin)
    sys.argv, sys.stdin = ["labourscope", *words], io.StringIO(stdin)
    try:
        with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as ending:
            main()
    finally:
        sys.argv, sys.stdin = before
    return Ended(int(ending.value.code or 0), out.getvalue(), err.getvalue())


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Settings come from the test alone; tables are wide enough not to wrap."""
    import os

    for name in [name for name in os.environ if name.startswith("LABOURSCOPE_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("COLUMNS", "250")
    monkeypatch.setenv("LABOURSCOPE_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def labourscope() -> Labourscope:
    """Run a command and give its exit code and output."""
    return run_command


@pytest.fixture(scope="session")
def healthy_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An installation that has gone the whole way with twelve advertisements; copy it before changing it."""
    folder = tmp_path_factory.mktemp("healthy")
    home = folder / "home"
    home.mkdir()
    (home / "sources.yaml").write_text(REGISTER)
    feed = folder / "feed.jsonl"
    feed.write_text("".join(json.dumps(advertisement(number)) + "\n" for number in range(12)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LABOURSCOPE_HOME", str(home))
        patch.chdir(folder)
        for words in (["ingest", str(feed), "--board", "partner"], ["enrich"], ["merge"], ["index"], ["release"]):
            ended = run_command(*words)
            assert ended.code == 0, ended
        yield home


@pytest.fixture
def home(healthy_home: Path, tmp_path: Path) -> Path:
    """A copy of the healthy installation, which LABOURSCOPE_HOME names."""
    return Path(shutil.copytree(healthy_home, tmp_path / "home", symlinks=True))
