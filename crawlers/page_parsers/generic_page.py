"""Pages that state no JobPosting: title and main text found by how pages are built, marked as guessed.

Structured data is read where there is some. The main text comes from trafilatura (Barbaresi 2021), which leaves menus, cookie notices and
footers out and keeps headings and lists. Nothing else is guessed: employer, place, dates and pay are left to the reading of the text.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

import trafilatura
from lxml import html as lxml_html
from lxml.html import HtmlElement

from crawlers.page_parsers import jobposting_page
from crawlers.page_parsers.html_page import html_tree
from crawlers.page_parsers.page_reading import PageReading, Rejected
from vacancies.error import RecordInvalid
from vacancies.posting_draft import PostingDraft
from vacancies.values.words import read_language

VERSION: Final = "1"
_SHORTEST: Final = 200  # characters of text; a page with less is a form, a login or an error
_LONGEST_TITLE: Final = 200
_SITE_NAME: Final = re.compile(r"\s+[|\u2013\u2014\u00b7\u2022-]\s+")  # between a page's title and the site's name


def parse(body: bytes, url: str, *, countries: Collection[str] = ()) -> PageReading:
    """Read the page's JobPosting, or else its main text as one posting.

    Rejects `no_main_text` and `no_title`; raises RecordInvalid (`not_html`) for what is no page.
    """
    try:
        return jobposting_page.parse(body, url, countries=countries)
    except RecordInvalid as error:
        if error.reason != "no_jobposting":
            raise
    tree = html_tree(body)
    text = _main_text(tree, url)
    if len(" ".join(text.text_content().split())) < _SHORTEST:
        return _rejected("no_main_text", f"the page states no JobPosting and holds less than {_SHORTEST} characters of text", url)
    title = _title(text, tree)
    if title is None:
        return _rejected("no_title", "the page states no JobPosting and has neither a heading nor a title", url)
    description = "".join(lxml_html.tostring(child, encoding="unicode") for child in text if child.text_content().strip() != title)
    language = read_language(tree.get("lang"))
    draft = PostingDraft(url=url, title=title, description=description, description_is_html=True, is_guessed=True, language=language)
    return PageReading(drafts=(draft,))


def _main_text(tree: HtmlElement, url: str) -> HtmlElement:
    """The body of a small page that holds the main text; empty when there is none."""
    found = trafilatura.extract(
        tree, url=url, output_format="html", include_formatting=True, include_tables=True, include_comments=False, favor_recall=True
    )
    document = lxml_html.document_fromstring(found or "<html><body></body></html>")
    main: HtmlElement = document.find("body")
    return main


def _title(text: HtmlElement, tree: HtmlElement) -> str | None:
    """The first heading of the text, else of the page, else the page's own title without the site's name."""
    headings = [*text.iter("h1"), *tree.iter("h1")]
    stated = [heading.text_content() for heading in headings]
    stated += [meta.get("content") or "" for meta in tree.iter("meta") if meta.get("property") == "og:title"]
    stated += [_SITE_NAME.split(title.text_content())[0] for title in tree.iter("title")]
    clean = (" ".join(each.split()) for each in stated)
    return next((each for each in clean if 0 < len(each) <= _LONGEST_TITLE), None)


def _rejected(reason: str, error: str, url: str) -> PageReading:
    return PageReading(rejected=(Rejected(reason, error, url, url),))
