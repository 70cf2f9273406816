"""Pages with schema.org JobPosting as HTML microdata (https://html.spec.whatwg.org/multipage/microdata.html).

Read here rather than by a general microdata library, because those give a property's text only, while the description's headings and
lists are needed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import partial
from typing import Final
from urllib.parse import urljoin

from lxml import etree
from lxml.html import HtmlElement

from crawlers.page_parsers.html_page import html_tree
from crawlers.page_parsers.page_reading import Collected, PageReading
from vacancies.error import RecordInvalid
from vacancies.jobposting import draft_from_jobposting
from vacancies.posting_draft import PostingDraft

VERSION: Final = "2"
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


def parse(body: bytes, url: str, *, countries: Collection[str] = ()) -> PageReading:
    """Read every JobPosting item of the page; raises RecordInvalid `no_jobposting` for a page without one."""
    found = Collected()
    items = list(jobposting_items(html_tree(body), url))
    if not items:
        raise RecordInvalid("no_jobposting", "the page states no JobPosting in microdata")
    for item in items:
        own_url = url if len(items) == 1 else None
        found.take(item, partial(_draft, page_url=own_url, countries=countries, found=found), url=own_url)
    return found.reading()


def jobposting_items(tree: HtmlElement, url: str) -> Iterator[Item]:
    """Yield the page's top JobPosting items in the form of JSON-LD; descriptions are HTML, links absolute."""
    scopes = [
        element
        for element in tree.iter(etree.Element)
        if "itemscope" in element.attrib and "JobPosting" in _types(element) and element.get("itemprop") is None
    ]
    for element in scopes:
        item = _item(element, element, url)
        parent = element.getparent()
        if len(item) == 1 and len(scopes) == 1 and parent is not None:  # closed too early: its properties follow it
            item = _item(element, parent, url)
        yield item


def _draft(fields: Item, *, page_url: str | None, countries: Collection[str], found: Collected) -> PostingDraft:
    draft = draft_from_jobposting(fields, countries=countries, on_unread=found.note_unread)
    return draft if draft.url or page_url is None else draft.model_copy(update={"url": page_url})


def _types(element: HtmlElement) -> list[str]:
    return [name.rstrip("/").rsplit("/", 1)[-1] for name in (element.get("itemtype") or "").split()]


def _item(element: HtmlElement, within: HtmlElement, url: str) -> Item:
    item: Item = {"@type": _types(element)}
    for member in _properties(within):
        value = _item(member, member, url) if "itemscope" in member.attrib else None
        for name in (member.get("itemprop") or "").split():
            stated = value if value is not None else _value(member, name, url)
            if stated in (None, ""):
                continue
            before = item.get(name)
            if before is None:
                item[name] = stated
            else:
                item[name] = [*before, stated] if isinstance(before, list) else [before, stated]
    return item


def _properties(element: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the elements with itemprop that belong to this item, not to an item inside it."""
    for child in element:
        if not isinstance(child.tag, str):
            continue
        if child.get("itemprop") is not None:
            yield child
        if "itemscope" not in child.attrib:
            yield from _properties(child)


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
