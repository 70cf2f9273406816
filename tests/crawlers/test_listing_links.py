"""Where listings lead: sitemaps, sitemap indexes, HTML pages."""

from __future__ import annotations

import gzip

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
