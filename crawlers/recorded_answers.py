"""Folders of recorded answers: a board's row, what it answers to each request, and the postings that a person has read there.

A folder holds `row.yaml` (what the register row says beyond the usual), `exchange.json` (requests with their answers), the answers' files,
`expected.json` (the postings, every stated field) and, where it says something, `report.json` (parts of the board's report).
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final, NamedTuple

from crawlers.collect import crawl
from crawlers.job import CrawlOptions
from crawlers.report import BoardReport
from crawlers.sample_boards.exchange_server import SERVER, ExchangeServer
from vacancies.lake import Lake
from vacancies.posting import Posting
from vacancies.register import SourceRegister, with_own_mapping
from vacancies.source import Source
from vacancies.yaml_loading import load_yaml

CLOCK: Final = datetime(2026, 9, 15, 12, tzinfo=UTC)
_NOT_COMPARED: Final = {"posting_id", "board", "content_hash", "capture_sha256", "parser", "blocks"}
_OPTIONS: Final = CrawlOptions(retries=1, retry_wait=0.05, timeout=60)  # boards that answer with an error do so once
_LAST_LINES: Final = 15

PostingFields = dict[str, object]


class Replay(NamedTuple):
    """What crawling a recorded board gave: its report, the postings' fields, requests nobody recorded, and recorded ones never made."""

    report: BoardReport
    postings: list[PostingFields]
    unknown: list[str]
    never_asked: list[str]


def recorded_folders(root: Path) -> list[Path]:
    """List the folders of recorded answers under a folder."""
    return sorted(path.parent for path in root.glob("*/exchange.json"))


def recorded_source(folder: Path, address: str) -> Source:
    """Give the register row of a recorded board that is served at an address."""
    row = load_yaml((folder / "row.yaml").read_text("utf-8").replace(SERVER, address))
    usual = {
        "board": folder.name.replace("_", "-"),
        "name": folder.name,
        "countries": ["DE"],
        "languages": ["de"],
        "legal_basis": "test",
        "contact": "crawler@pes.example",
        "delay": 0,
        "loopback": True,
        "active_from": date(2020, 1, 1),
    }
    return with_own_mapping(Source.model_validate(usual | (row if isinstance(row, dict) else {})), folder)


def replay(folders: Sequence[Path], home: Path) -> dict[str, Replay]:
    """Crawl recorded boards from local servers that give their answers, into a new lake under `home`; what they gave, by folder's name.

    The servers' addresses stand as `{server}` in the postings, as in the folders' files.
    """
    with ExitStack() as stack:
        servers = {folder.name: stack.enter_context(ExchangeServer(folder)) for folder in folders}
        sources = {folder.name: recorded_source(folder, servers[folder.name].address) for folder in folders}
        stack.enter_context(_environment({variable for source in sources.values() for variable in source.credentials.values()}))
        register = SourceRegister(sources.values())
        crawled = crawl(register, register.boards, home=home, run_id="r", clock=CLOCK, options=_OPTIONS)
        reports = {report.board: report for report in crawled.boards}
        lake = Lake.open(home / "lake")
        return {
            name: Replay(
                reports[source.board],
                posting_fields(lake.postings(boards=[source.board]), servers[name].address),
                list(servers[name].unknown),
                servers[name].never_asked(),
            )
            for name, source in sources.items()
        }


def posting_fields(postings: Iterator[Posting], address: str) -> list[PostingFields]:
    """Give what postings state, in the form and order of `expected.json`."""
    found = [posting.model_dump(mode="json", exclude_defaults=True, exclude=_NOT_COMPARED) for posting in postings]
    text = json.dumps(found, ensure_ascii=False).replace(address, SERVER)
    read: list[PostingFields] = json.loads(text)
    return in_order(read)


def in_order(postings: Sequence[Mapping[str, object]]) -> list[PostingFields]:
    """Put postings' fields in order of their ids and addresses."""
    return sorted((dict(posting) for posting in postings), key=lambda fields: f"{fields.get('native_id')} {fields.get('url')}")


def write_expected(folder: Path) -> tuple[Replay, str]:
    """Crawl a recorded board and write what was read to its `expected.json`, for a person to read; also gives the log's last lines."""
    with tempfile.TemporaryDirectory() as home:
        result = replay([folder], Path(home))[folder.name]
        log = (Path(home) / "crawls" / "r" / "crawl.log").read_text("utf-8", "replace")
    (folder / "expected.json").write_text(json.dumps(result.postings, indent=2, ensure_ascii=False) + "\n", "utf-8")
    return result, "\n".join(log.splitlines()[-_LAST_LINES:])


@contextmanager
def _environment(variables: set[str]) -> Iterator[None]:
    """Set the environment variables that rows name for secrets, while the block runs."""
    before = {name: os.environ.get(name) for name in variables}
    os.environ |= {name: f"secret-of-{name}" for name in variables}
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
