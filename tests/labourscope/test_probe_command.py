"""What `sources probe` says and drafts: forbidden and failed addresses, listings without structured data, single advertisements."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crawlers.sample_boards.exchange_server import SERVER, ExchangeServer
from vacancies.yaml_loading import load_yaml

from .conftest import Ended, Labourscope

BOARD = "https://board.example"  # stands for the server in what a probe writes
Files = dict[str, str | int]


def probed(labourscope: Labourscope, folder: Path, files: Files, path: str, *options: str) -> Ended:
    """Probe a local server; a number is a status without a body, "{server}" its address."""
    exchanges = []
    for number, (name, content) in enumerate(files.items()):
        (folder / f"{number}.txt").write_text(str(content), "utf-8")
        answer: dict[str, object] = {"status": content} if isinstance(content, int) else {"file": f"{number}.txt"}
        exchanges.append({"request": {"path": name}, "headers": {"Content-Type": "text/html; charset=utf-8"}, **answer})
    (folder / "exchange.json").write_text(json.dumps(exchanges))
    with ExchangeServer(folder) as board:
        ended = labourscope("sources", "probe", board.address + path, "--contact", "t@pes.example", "--loopback", *options)
        return Ended(ended.code, ended.out.replace(board.address, BOARD), ended.err.replace(board.address, BOARD))


ADVERTISEMENT = """<html lang="de"><title>Koch (m/w/d) | Haus Linde</title>
<script type="application/ld+json">{"@type": "JobPosting",
"title": "Koch",
"description": "Kochen", "jobLocation": {"address": {"addressLocality": "Graz", "addressCountry": "AT"}}}</script></html>"""
PLAIN = "<html lang='fr'><h1>Koch</h1><p>Kochen</p></html>"
LISTING = "<html><h1>Stellen</h1><a href='pflege.html'>Pflege</a> <a href='koch.html'>Kochen</a></html>"
SITEMAP = f"<urlset><url><loc>{SERVER}/job/17</loc></url></urlset>"
NAMED = f"User-agent: *\nSitemap: {SERVER}/sitemap.xml\n"
FORBIDDEN = "User-agent: *\nDisallow: /k\n"
LEAVES = "<html><a href='https://boards.greenhouse.io/acme'>Jobs</a></html>"
AT_LISTING = f"{BOARD}/karriere/"

CASES: list[tuple[str, Files, str, int, dict[str, object] | None, str]] = [
    ("the address is forbidden", {"/robots.txt": FORBIDDEN, "/k/": LEAVES}, "/k/", 3, {"platform": None}, "it forbids"),
    ("nothing is there", {"/robots.txt": "", "/k/": 404}, "/k/", 1, None, "answered 404: look at the address in a browser"),
    (
        "nothing is there, but a sitemap",
        {"/robots.txt": NAMED, "/k/": 404, "/sitemap.xml": SITEMAP, "/job/17": ADVERTISEMENT},
        "/k/",
        1,
        {"platform": "jsonld", "address": f"{BOARD}/sitemap.xml", "countries": ["AT"], "languages": ["de"]},
        "# problem: https://board.example/k/ answered 404",
    ),
    (
        "a listing without structured data",
        {"/robots.txt": "", "/karriere/": LISTING, "/karriere/pflege.html": PLAIN},
        "/karriere/",
        0,
        {"platform": "generic", "address": AT_LISTING, "languages": ["fr"], "contact": "t@pes.example"},
        "# generic, 40% sure: the page leads to 2 pages that look like advertisements",
    ),
    (
        "a listing whose advertisements state their country",
        {"/robots.txt": "", "/karriere/": LISTING, "/karriere/pflege.html": ADVERTISEMENT},
        "/karriere/",
        0,
        {"platform": "jsonld", "address": AT_LISTING, "countries": ["AT"], "languages": ["de"]},
        "# jsonld, 90% sure",
    ),
    (
        "a page that names nothing",
        {"/robots.txt": "", "/karriere/": "<html lang='de'><h1>Stellen</h1></html>"},
        "/karriere/",
        0,
        {"platform": "generic", "address": AT_LISTING},
        "# generic, 15% sure: no link of the page looks like an advertisement",
    ),
    (
        "a single advertisement",
        {"/robots.txt": NAMED, "/job/17": ADVERTISEMENT, "/sitemap.xml": SITEMAP},
        "/job/17",
        0,
        {"platform": "jsonld", "address": f"{BOARD}/sitemap.xml", "name": "Haus Linde", "countries": ["AT"], "languages": ["de"]},
        "# or jsonld, 30% sure, address https://board.example/job/17: the address is a single advertisement",
    ),
]


@pytest.mark.parametrize(("files", "path", "code", "row", "said"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_probe_drafts_what_was_looked_at(
    labourscope: Labourscope, tmp_path: Path, files: Files, path: str, code: int, row: dict[str, object] | None, said: str
) -> None:
    ended = probed(labourscope, tmp_path, files, path)
    assert ended.code == code, ended
    drafted = load_yaml(ended.out)
    assert (isinstance(drafted, dict) and {name: drafted.get(name) for name in row or {}}) == (row or False), ended
    assert said in " ".join(f"{ended.out} {ended.err}".split()), ended


def test_json_holds_the_contact_in_the_row_alone(labourscope: Labourscope, tmp_path: Path) -> None:
    found = probed(labourscope, tmp_path, {"/robots.txt": "", "/k/": LEAVES}, "/k/", "--json").value
    assert (found["row"]["contact"], "contact" in found["to_fill"]) == ("t@pes.example", False)


def test_a_contact_that_nobody_reads_is_refused(labourscope: Labourscope) -> None:
    ended = labourscope("sources", "probe", "https://a.example/", "--contact", "nobody")
    assert (ended.code, "'nobody' is neither an e-mail address nor a web address" in ended.err) == (1, True), ended
