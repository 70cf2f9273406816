"""Every folder of `recorded/`: its board is crawled from a local server that gives the recorded answers; the postings are those expected.

A folder holds `row.yaml` (what the register row says beyond the usual), `exchange.json` (requests with their answers), the answers' files,
`expected.json` (the postings, every stated field) and, where it says something, `report.json` (parts of the board's report).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import yaml

from crawlers.collect import crawl
from crawlers.job import CrawlOptions
from crawlers.report import BoardReport
from crawlers.sample_boards.exchange_server import SERVER, ExchangeServer
from vacancies.lake import Lake
from vacancies.posting import Posting
from vacancies.register import SourceRegister
from vacancies.run import RunStatus
from vacancies.source import Source

FOLDERS = sorted(path.parent for path in (Path(__file__).parent / "recorded").glob("*/exchange.json"))
NOT_COMPARED = {"posting_id", "board", "content_hash", "capture_sha256", "parser", "blocks"}
CLOCK = datetime(2026, 9, 15, 12, tzinfo=UTC)

Crawled = tuple[dict[str, BoardReport], dict[str, list[Posting]], dict[str, ExchangeServer]]


def source(folder: Path, address: str) -> Source:
    row = yaml.safe_load((folder / "row.yaml").read_text("utf-8").replace(SERVER, address))
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
    return Source.model_validate(usual | row)


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    home = tmp_path_factory.mktemp("home")
    with ExitStack() as stack, pytest.MonkeyPatch.context() as patch:
        servers = {folder.name: stack.enter_context(ExchangeServer(folder)) for folder in FOLDERS}
        sources = [source(folder, servers[folder.name].address) for folder in FOLDERS]
        for variable in {variable for each in sources for variable in each.credentials.values()}:
            patch.setenv(variable, f"secret-of-{variable}")
        register = SourceRegister(sources)
        options = CrawlOptions(retries=1, retry_wait=0.05, timeout=20)
        reports = {
            report.board: report for report in crawl(register, register.boards, home=home, run_id="r", clock=CLOCK, options=options).boards
        }
        lake = Lake.open(home / "lake")
        postings = {folder.name: list(lake.postings(boards=[folder.name.replace("_", "-")])) for folder in FOLDERS}
        yield {folder.name: reports[folder.name.replace("_", "-")] for folder in FOLDERS}, postings, servers


@pytest.mark.parametrize("name", [folder.name for folder in FOLDERS])
def test_the_board_is_read_as_a_person_read_it(crawled: Crawled, name: str) -> None:
    reports, postings, servers = crawled
    folder = next(folder for folder in FOLDERS if folder.name == name)
    expected = json.loads((folder / "expected.json").read_text("utf-8").replace(SERVER, servers[name].address))
    read = [posting.model_dump(mode="json", exclude_defaults=True, exclude=NOT_COMPARED) for posting in postings[name]]
    assert sorted(read, key=_key) == sorted(expected, key=_key)
    assert servers[name].unknown == []
    assert servers[name].never_asked() == []
    stated = folder / "report.json"
    wanted = json.loads(stated.read_text("utf-8")) if stated.exists() else {"status": RunStatus.DONE, "complete": True, "errors": {}}
    report = reports[name].model_dump(mode="json")
    assert {key: report[key] for key in wanted} == wanted, report["message"]


def _key(posting: dict[str, object]) -> str:
    return f"{posting.get('native_id')} {posting.get('url')}"
