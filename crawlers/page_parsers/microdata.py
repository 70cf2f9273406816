"""Pages with schema.org JobPosting in the attributes of their elements: HTML microdata, or RDFa Lite with the same words.

https://html.spec.whatwg.org/multipage/microdata.html, https://www.w3.org/TR/rdfa-lite/. Read here rather than by a general library, because
those give a property's text only, while the description's headings and lists are needed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import partial
from typing import Final, NamedTuple
from urllib.parse import urljoin

from lxml import etree
from lxml.html import HtmlElement

from crawlers.page_parsers.html_page import html_tree
from crawlers.page_parsers.page_reading import Collected, PageReading
from vacancies.error import RecordInvalid
from vacancies.jobposting import draft_from_jobposting
from vacancies.posting_draft import PostingDraft

VERSION: Final = "3"
_RICH: Final = frozenset(
    {"description", "responsibilities", "qualifications", "jobBenefits", "educationRequirements", "experienceRequirements"}
)
_LINKS: Final = {
    "a": "href",
    "area": "href",
    "link": "href",
    "img": "src",
    "audio": "src",
    "embed": "src",
    "iframe": "src",
    "source": "src",
}
_VALUES: Final = {"time": "datetime", "data": "value", "meter": "value"}

Item = dict[str, object]


class Syntax(NamedTuple):
    """The attributes that mark an item, its type and its properties."""

    scope: str
    type: str
    property: str


MICRODATA: Final = Syntax("itemscope", "itemtype", "itemprop")
RDFA: Final = Syntax("typeof", "typeof", "property")


def parse(body: bytes, url: str, *, countries: Collection[str] = ()) -> PageReading:
    """Read every JobPosting item of the page, in microdata or else in RDFa; raises RecordInvalid `no_jobposting` for a page without one."""
    found = Collected()
    tree = html_tree(body)
    items = list(jobposting_items(tree, url)) or list(jobposting_items(tree, url, RDFA))
    if not items:
        raise RecordInvalid("no_jobposting", "the page states no JobPosting, neither in microdata nor in RDFa")
    for item in items:
        own_url = url if len(items) == 1 else None
        found.take(item, partial(_draft, page_url=own_url, countries=countries, found=found), url=own_url)
    return found.reading()


def jobposting_items(tree: HtmlElement, url: str, syntax: Syntax = MICRODATA) -> Iterator[Item]:
    """Yield the page's top JobPosting items in the form of JSON-LD; descriptions are HTML, links absolute."""
    scopes = [
        element
        for element in tree.iter(etree.Element)
        if syntax.scope in element.attrib and "JobPosting" in _types(element, syntax) and element.get(syntax.property) is None
    ]
    for element in scopes:
        item = _item(element, element, url, syntax)
        parent = element.getparent()
        if len(item) == 1 and len(scopes) == 1 and parent is not None:  # closed too early: its properties follow it
            item = _item(element, parent, url, syntax)
        yield item


def _draft(fields: Item, *, page_url: str | None, countries: Collection[str], found: Collected) -> PostingDraft:
    draft = draft_from_jobposting(fields, countries=countries, on_unread=found.note_unread)
    return draft if draft.url or page_url is None else draft.model_copy(update={"url": page_url})


def _types(element: HtmlElement, syntax: Syntax) -> list[str]:
    return [_word(name) for name in (element.get(syntax.type) or "").split()]


def _word(name: str) -> str:
    """The schema's own word: "JobPosting" of "https://schema.org/JobPosting", "http://schema.org/JobPosting/" and "schema:JobPosting"."""
    return name.rstrip("/").rsplit("/", 1)[-1].rsplit(":", 1)[-1]


def _item(element: HtmlElement, within: HtmlElement, url: str, syntax: Syntax) -> Item:
    item: Item = {"@type": _types(element, syntax)}
    for member in _properties(within, syntax):
        value = _item(member, member, url, syntax) if syntax.scope in member.attrib else None
        for name in map(_word, (member.get(syntax.property) or "").split()):
            stated = value if value is not None else _value(member, name, url)
            if stated in (None, ""):
                continue
            before = item.get(name)
            if before is None:
                item[name] = stated
            else:
                item[name] = [*before, stated] if isinstance(before, list) else [before, stated]
    return item


def _properties(element: HtmlElement, syntax: Syntax) -> Iterator[HtmlElement]:
    """Yield the elements with properties that belong to this item, not to an item inside it."""
    for child in element:
        if not isinstance(child.tag, str):
            continue
        if child.get(syntax.property) is not None:
            yield child
        if syntax.scope not in child.attrib:
            yield from _properties(child, syntax)


def _value(element: HtmlElement, name: str, url: str) -> str | None:
    content = element.get("content")
    if content is not None:  # written on any element in practice, and meant
        return str(content).strip()
    tag = str(element.tag)
    if tag in _VALUES and element.get(_VALUES[tag]):
        return str(element.get(_VALUES[tag]))
    if tag in _LINKS and name not in _RICH:
        address = element.get(_LINKS[tag])
        return urljoin(url, address.strip()) if address else None
    if name in _RICH:
        return _inner_html(element)
    return " ".join(element.text_content().split()) or None


def _inner_html(element: HtmlElement) -> str:
    parts = [etree.tostring(child, encoding="unicode", method="html") for child in element]
    return ((element.text or "") + "".join(parts)).strip()
