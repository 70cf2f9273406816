"""Where listings lead: sitemaps, sitemap indexes, HTML pages."""

from __future__ import annotations

import gzip
import re

import pytest

from crawlers.page_parsers.listing_links import listing_links
from vacancies.error import RecordInvalid

SITEMAP = b"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc> https://a.example/stellenangebot/koch-1 </loc></url><url><loc>https://a.example/ueber-uns</loc></url>
<url><loc>https://a.example/stellenangebot/koch-1</loc></url></urlset>"""
INDEX = b"""<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>/jobs-1.xml.gz</loc></sitemap></sitemapindex>"""
LISTING = b"""<html><head><link rel="next" href="?page=3"></head><body><a href="/offre/cuisinier-60101#haut">C</a>
<a href="offre/serveur-7">S</a><a href="/offre/pub-9" rel="nofollow">ad</a><a href="/contact">contact</a>
<a rel="prev" href="/offres?page=1">1</a><a rel="next" href="/offres?page=3">3</a></body></html>"""


def test_a_sitemap_names_advertisements_once_and_counts_the_rest() -> None:
    links = listing_links(SITEMAP, "https://a.example/sitemap.xml")
    assert (links.details, links.listings, links.skipped) == (("https://a.example/stellenangebot/koch-1",), (), 1)


def test_a_packed_sitemap_is_unpacked() -> None:
    assert listing_links(gzip.compress(SITEMAP), "https://a.example/sitemap.xml.gz").details


def test_a_sitemap_index_leads_to_sitemaps() -> None:
    assert listing_links(INDEX, "https://a.example/sitemap.xml").listings == ("https://a.example/jobs-1.xml.gz",)


def test_a_listing_page_leads_to_advertisements_and_the_next_page() -> None:
    links = listing_links(LISTING, "https://a.example/offres?page=2")
    assert links.details == ("https://a.example/offre/cuisinier-60101", "https://a.example/offre/serveur-7")
    assert links.listings == ("https://a.example/offres?page=3",)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (SITEMAP[:-30], "broken_sitemap"),
        (gzip.compress(SITEMAP, mtime=0)[:40], "broken_sitemap"),
        (gzip.compress(b"x" * 70_000_000, mtime=0), "broken_sitemap"),
        (b"<urlset", "broken_sitemap"),
        (b"garbage", "not_html"),
    ],
)
def test_a_broken_listing_names_the_reason(body: bytes, reason: str) -> None:
    with pytest.raises(RecordInvalid) as error:
        listing_links(body, "https://a.example/sitemap.xml")
    assert error.value.reason == reason


def page(*links: str) -> bytes:
    return f"<html><body><h1>Karriere</h1>{''.join(links)}</body></html>".encode()


def link(address: str, text: str = "") -> str:
    return f'<a href="{address}">{text or address}</a>'


def listed(*addresses: str) -> str:
    return f'<ul class="offers">{"".join(f"<li>{link(address)}</li>" for address in addresses)}</ul>'


MENU = '<nav><a href="/karriere/wohnen.html">Wohnen am Ort</a></nav><footer><a href="/karriere/haus.html">Das Haus</a></footer>'
UNNUMBERED = [
    ("the listing's own folder", "/karriere/", page(link("pflege.html", "Pflege"), link("koch.html", "Küche"), MENU), ["pflege", "koch"]),
    ("below the listing", "/karriere/stellen", page(link("/karriere/stellen/koch"), link("/karriere/wohnen")), ["koch"]),
    ("another folder for jobs", "/", page(link("/jobs/koch"), link("/news/fest"), link("/verein/haus")), ["koch"]),
    ("what is called otherwise", "/karriere/", page(link("kontakt.html"), link("vorteile.html", "Benefits"), link("a.html", "AGB")), []),
    ("files and other hosts", "/jobs/", page(link("koch.pdf"), link("https://b.example/jobs/koch"), link("#koch"), link("?seite=2")), []),
    ("a gender mark", "/", page(link("/x/kueche", "Koch (m/w/d)"), link("/x/haus", "Das Haus")), ["kueche"]),
    ("French marks", "/", page(link("/x/cuisine", "Cuisinier H/F")), ["cuisine"]),
    ("a gender star", "/", page(link("/x/kueche", "Köch*in gesucht")), ["kueche"]),
    ("a word of titles", "/", page(link("/x/bad", "Haustechniker im Schwimmbad"), link("/x/haus", "Das Haus")), ["bad"]),
    ("beside others in a list", "/de/", page(listed("/a/koch", "/a/fahrer", "/a/empfang"), link("/a/haus")), ["koch", "fahrer", "empfang"]),
    ("numbers, and marks", "/jobs/", page(link("/jobs/12"), link("/jobs/kue", "Koch (m/w/d)"), link("/jobs/haus")), ["12", "kue"]),
    ("up from the listing", "/karriere/stellen/", page(link("/karriere/"), link("/karriere/stellen/")), []),
]  # fmt: skip


@pytest.mark.parametrize(("path", "body", "names"), [case[1:] for case in UNNUMBERED], ids=[case[0] for case in UNNUMBERED])
def test_advertisements_are_known_without_numbers(path: str, body: bytes, names: list[str]) -> None:
    links = listing_links(body, f"https://a.example{path}")
    assert [address.rpartition("/")[2].removesuffix(".html") for address in links.details] == names
    assert (links.skipped > 0) == (not names)


def test_a_pattern_alone_tells_where_there_is_one() -> None:
    body = page(link("/jobs/12"), link("/anzeigen/kueche"), link("/jobs/kueche", "Koch (m/w/d)"))
    assert listing_links(body, "https://a.example/", details=re.compile("/anzeigen/")).details == ("https://a.example/anzeigen/kueche",)
