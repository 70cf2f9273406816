"""Recognising platforms: by address, by what a page holds, and end to end from a local server within robots.txt."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from crawlers.error import ProbeRefused
from crawlers.probing.probe import Probe, probe
from crawlers.probing.recognition import Candidate, by_address, by_page, sitemaps_of
from crawlers.registry import platforms
from crawlers.sample_boards.exchange_server import ExchangeServer
from labourscope.commands.probing import draft_text
from vacancies.register_editing import make_row, read_draft

ADDRESSES = [
    ("https://boards.greenhouse.io/acme/jobs/12", "greenhouse", "acme"),
    ("https://boards.greenhouse.io/embed/job_board?for=acme&b=x", "greenhouse", "acme"),
    ("https://boards.greenhouse.io/embed/job_board/js?for=acme", "greenhouse", "acme"),
    ("https://job-boards.eu.greenhouse.io/acme", "greenhouse", "acme"),
    ("https://jobs.lever.co/acme/1-2-3", "lever", "acme"),
    ("https://jobs.ashbyhq.com/Acme%20Labs", "ashby", "Acme%20Labs"),
    ("https://careers.smartrecruiters.com/AcmeGroup", "smartrecruiters", "AcmeGroup"),
    ("https://apply.workable.com/acme/j/ABC/", "workable", "acme"),
    ("https://acme.recruitee.com/o/koch", "recruitee", "acme"),
    ("https://acme.jobs.personio.com/job/1", "personio", "acme"),
    ("https://acme.teamtailor.com/jobs", "teamtailor", "acme"),
    ("https://acme.wd3.myworkdayjobs.com/de-DE/External/job/x", "workday", "https://acme.wd3.myworkdayjobs.com/External"),
    ("https://acme.bamboohr.com/careers/12", "bamboohr", "acme"),
    ("https://ats.rippling.com/en-GB/acme/jobs", "rippling", "acme"),
    ("https://acme.pinpointhq.com/", "pinpoint", "acme"),
    (
        "https://x.fa.em2.oraclecloud.com/hcmUI/CandidateExperience/en/sites/CX_1/jobs",
        "oracle_orc",
        "https://x.fa.em2.oraclecloud.com/hcmUI/CandidateExperience/en/sites/CX_1",
    ),
    ("https://careers-acme.icims.com/jobs/search", "icims", "careers-acme"),
    ("https://jobs.jobvite.com/careers/acme/jobs", "jobvite", "acme"),
    ("https://www.governmentjobs.com/careers/acme", "neogov", "acme"),
    ("https://api.adzuna.com/v1/api/jobs/gb/search/1", "adzuna", "https://api.adzuna.com/v1/api/jobs/gb/search/1"),
]


@pytest.mark.parametrize(("url", "platform", "address"), ADDRESSES, ids=[case[0].partition("//")[2] for case in ADDRESSES])
def test_an_address_is_recognised_by_its_host(url: str, platform: str, address: str) -> None:
    assert [(found.platform, found.address) for found in by_address(url)] == [(platform, address)]


@pytest.mark.parametrize(
    "url",
    [
        "https://www.example.com/jobs",
        "https://www.teamtailor.com/en/",
        "https://www.recruitee.com/pricing",
        "https://apply.workable.com/api/x",
    ],
)
def test_other_addresses_are_no_platforms(url: str) -> None:
    assert list(by_address(url)) == []


def test_every_pattern_gives_what_the_rows_address_is_made_of() -> None:
    for name, spider in platforms().items():
        for pattern in spider.recognised_by:
            parts = set(spider.recognised_address.replace("}", "{").split("{")[1::2])
            groups = {part.split(">")[0] for part in pattern.split("(?P<")[1:]}
            assert parts <= groups | {"address"}, name


JOB = '<script type="application/ld+json">{"@type": "JobPosting", "title": "Koch", "description": "Kochen"}</script>'
PAGES = [
    ("an embed", b"<html><iframe src='https://boards.greenhouse.io/embed/job_board?for=acme'></iframe></html>", "greenhouse", "acme"),
    (
        "a script",
        b"<html><body><script>load('https:\\/\\/x.example'); u='https://jobs.lever.co/acme'</script></body></html>",
        "lever",
        "acme",
    ),
    ("a link", b"<html><a href='//acme.jobs.personio.com/?l=de'>Jobs</a></html>", "personio", "acme"),
    ("JSON-LD", f"<html>{JOB}</html>".encode(), "jsonld", "https://a.example/karriere"),
    ("RSS", b"<?xml version='1.0'?><rss version='2.0'><channel/></rss>", "rss", "https://a.example/karriere"),
    ("JSON Feed", b'{"version": "https://jsonfeed.org/version/1.1", "items": []}', "jsonfeed", "https://a.example/karriere"),
    ("Indeed's XML", b"<?xml version='1.0'?><source><job><title>a</title></job></source>", "indeedxml", "https://a.example/karriere"),
    ("a sitemap", b"<urlset><url><loc>https://a.example/job/1</loc></url></urlset>", "jsonld", "https://a.example/karriere"),
    (
        "a feed linked",
        b"<html><link rel='alternate' type='application/rss+xml' href='/jobs.rss'></html>",
        "rss",
        "https://a.example/jobs.rss",
    ),
]


@pytest.mark.parametrize(("body", "platform", "address"), [case[1:] for case in PAGES], ids=[case[0] for case in PAGES])
def test_a_page_is_recognised_by_what_it_holds(body: bytes, platform: str, address: str) -> None:
    best = by_page(body, "https://a.example/karriere").candidates[0]
    assert (best.platform, best.address) == (platform, address)


def test_sitemaps_that_speak_of_jobs_come_first() -> None:
    robots = "User-agent: *\nSitemap: https://a.example/pages.xml\nSitemap: /stellen-sitemap.xml\n"
    assert sitemaps_of(robots, "https://a.example/robots.txt") == ["https://a.example/stellen-sitemap.xml", "https://a.example/pages.xml"]


def server(folder: Path, files: dict[str, str]) -> ExchangeServer:
    exchanges = []
    for number, (path, text) in enumerate(files.items()):
        (folder / f"{number}.txt").write_text(text, "utf-8")
        exchanges.append({"request": {"path": path}, "file": f"{number}.txt", "headers": {"Content-Type": "text/html"}})
    (folder / "exchange.json").write_text(json.dumps(exchanges))
    return ExchangeServer(folder)


LISTING = '<html lang="de-AT"><title>Stellen bei Beispiel</title><a href="/job/17">Koch</a><a href="/job/18">Maurer</a></html>'


@pytest.mark.long
@pytest.mark.parametrize(
    ("robots", "pages", "platform", "allowed"),
    [
        ("User-agent: *\nCrawl-delay: 5\n", {"/job/17": f"<html>{JOB}</html>"}, "jsonld", True),
        ("User-agent: *\nDisallow: /private\n", {"/job/17": "<html><h1>Koch</h1></html>"}, "generic", True),
        ("User-agent: *\nDisallow: /job\n", {}, "generic", False),
    ],
    ids=["pages with JSON-LD", "pages without", "pages forbidden"],
)
def test_a_listing_is_looked_at_politely(
    tmp_path: Path, robots: str, pages: dict[str, str], platform: str | None, allowed: bool | None
) -> None:
    with server(tmp_path, {"/robots.txt": robots, "/stellen": LISTING, **pages}) as board:
        found = probe(f"{board.address}/stellen", contact="t@pes.example", today=date(2026, 9, 15), loopback=True, delay=0)
        assert board.unknown == []
    assert (found.candidates[0].platform if found.candidates else None) == platform
    assert (found.robots.allowed if found.robots else None) == allowed
    assert (found.row["languages"], found.row["countries"], found.row["name"]) == (["de"], ["AT"], "Stellen bei Beispiel")
    assert found.requests <= 3
    assert {"legal_basis", "terms_url"} <= found.to_fill.keys()
    assert (found.row["contact"], "contact" in found.to_fill) == ("t@pes.example", False)


def test_the_sitemap_of_robots_txt_is_followed_to_an_advertisement(tmp_path: Path) -> None:
    base = "{server}"
    files = {
        "/robots.txt": f"User-agent: *\nSitemap: {base}/pages.xml\nSitemap: {base}/sitemap-jobs.xml\n",
        "/": "<html lang='de-AT'><h1>Beispiel</h1></html>",
        "/sitemap-jobs.xml": f"<sitemapindex><sitemap><loc>{base}/jobs-1.xml</loc></sitemap></sitemapindex>",
        "/jobs-1.xml": f"<urlset><url><loc>https://other.example/job/1</loc></url><url><loc>{base}/job/17</loc></url></urlset>",
        "/job/17": f"<html>{JOB}</html>",
    }
    with server(tmp_path, files) as board:
        found = probe(f"{board.address}/", contact="t@pes.example", today=date(2026, 9, 15), loopback=True, delay=0)
        assert board.unknown == []
    best = found.candidates[0]
    assert (best.platform, best.address, best.sure) == ("jsonld", f"{board.address}/sitemap-jobs.xml", 0.9)
    assert "states a schema.org JobPosting; robots.txt names this sitemap" in best.because
    assert found.requests == 5


def test_a_private_address_is_not_asked_unless_it_is_said_to_be_ours(tmp_path: Path) -> None:
    with server(tmp_path, {"/robots.txt": "", "/stellen": LISTING}) as board:
        found = probe(f"{board.address}/stellen", contact="t@pes.example", today=date(2026, 9, 15), delay=0)
        assert board.asked == {}
    assert found.candidates == ()
    assert "private" in found.problems[0]
    assert "when probing give --loopback" in found.problems[0]


def test_what_is_no_web_address_is_refused() -> None:
    with pytest.raises(ProbeRefused, match="write it with https://"):
        probe("acme", contact="t@pes.example", today=date(2026, 9, 15))


def test_a_drafted_row_can_be_added_once_a_person_has_filled_it(tmp_path: Path) -> None:
    text = draft_text(FOUND)
    path = tmp_path / "draft.yaml"
    path.write_text(text.replace("# legal_basis:   #", "legal_basis: agreement #"), "utf-8")
    source = make_row(read_draft(path))
    assert (source.board, source.name, source.countries, source.legal_basis) == ("acme", "Acme: Jobs #1", ("NO",), "agreement")
    assert "# terms_url:" in text


FOUND = Probe(
    url="https://a.example/",
    candidates=(Candidate("lever", "acme", 0.95, "its host"),),
    robots=None,
    row={
        "board": "acme",
        "name": "Acme: Jobs #1",
        "platform": "lever",
        "address": "acme",
        "countries": ["NO"],
        "languages": ["no"],
        "contact": "t@pes.example",
        "active_from": date(2026, 9, 15),
    },
    to_fill={"legal_basis": "on what", "terms_url": "where"},
    problems=(),
    requests=2,
)
