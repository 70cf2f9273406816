"""XML feeds of any size: the records' elements one after the other, each as its texts by path.

Paths are the local names below the record's element with "/" between them (namespaces are left out), attributes behind "@":
`PositionLocation/City`, `Description/@lang`, `@id`. Where a path stands several times its value is a list. An element that holds
markup (HTML written as XML) is a value by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, Final

from lxml import etree

from vacancies.error import FeedInvalid, RecordInvalid
from vacancies.feeds.layout import FeedLayout, FeedRecord

_KNOWN_RECORDS: Final = ("job", "JobPositionPosting", "PositionOpening", "item", "entry", "vacancy", "offer", "position", "ad", "record")
_MARKUP: Final = frozenset(["p", "br", "ul", "ol", "li", "b", "i", "strong", "em", "div", "span", "h1", "h2", "h3", "h4", "h5", "table"])
_DEEPEST_LOOK: Final = 20_000  # elements looked at to find what a record is
_SLIPS_IN_TEXT: Final = frozenset(
    {"ERR_UNDECLARED_ENTITY", "ERR_NAME_REQUIRED", "ERR_ENTITYREF_SEMICOL_MISSING", "ERR_INVALID_CHAR", "NS_ERR_UNDEFINED_NAMESPACE"}
)
_PARSING: Final = {"recover": True, "resolve_entities": False, "no_network": True, "load_dtd": False, "remove_comments": True}


def xml_records(stream: BinaryIO, layout: FeedLayout) -> Iterator[FeedRecord]:
    """Read every record of an XML feed; memory holds one record at a time.

    A feed that breaks off or is broken outside of its texts ends with a record `broken_xml`. Raises FeedInvalid when `layout.record` is
    not stated and cannot be told.
    """
    name = layout.record or record_name(stream)
    reading = etree.iterparse(stream, events=("end",), tag=(f"{{*}}{name}", name), encoding=layout.encoding, **_PARSING)
    held: FeedRecord | None = None  # until it is sure that the feed does not break off within it
    try:
        for _, element in reading:
            if next(element.iterancestors(f"{{*}}{name}"), None) is not None:
                continue  # a part of a record that bears the record's name
            if held is not None:
                yield held
            held = FeedRecord(element.sourceline or 0, record_fields(element))
            _forget(element)
        error = next((error for error in reading.error_log if error.type_name not in _SLIPS_IN_TEXT), None)
        problem = (error.line, error.message) if error is not None else None
    except etree.XMLSyntaxError as raised:
        problem = (raised.lineno or 0, str(raised))
    yield from _last(held, problem)


def _last(held: FeedRecord | None, problem: tuple[int, str] | None) -> Iterator[FeedRecord]:
    """Give the last record; a broken feed's error is that record where it lies behind its beginning, else one of its own."""
    if problem is not None:
        line, message = problem
        text = f"the XML is cut off or broken in line {line}, so records may be missing: {message}"[:500]
        if held is not None and line < held.line:
            yield held
            held = None
        held = FeedRecord(line, held.fields if held else {}, RecordInvalid("broken_xml", text), b"" if held is None else None)
    if held is not None:
        yield held


def record_name(stream: BinaryIO) -> str:
    """Tell which element is a record: a name known from feeds, else the first that comes again beside itself; rewinds the stream."""
    seen: dict[tuple[int, str], int] = {}
    depth = 0
    found: str | None = None
    try:
        for looked, (event, element) in enumerate(etree.iterparse(stream, events=("start", "end"), **_PARSING)):
            depth += 1 if event == "start" else -1
            if event == "start" and isinstance(element.tag, str):
                name = etree.QName(element).localname
                seen[depth, name] = seen.get((depth, name), 0) + 1
                known = depth > 1 and name in _KNOWN_RECORDS
                if known or (depth <= 3 and seen[depth, name] > 1):
                    found = name
                    break
            if looked > _DEEPEST_LOOK:
                break
    except etree.XMLSyntaxError:
        pass  # reading will say so
    stream.seek(0)
    if found is None:
        raise FeedInvalid("it cannot be told which element of the XML is one advertisement; state its name as `record` in the mapping")
    return found


def record_fields(element: etree._Element) -> dict[str, object]:
    """Give the texts and attributes of a record's element by path.

    What stands within an element is given together, too, under its path with "[]" behind: a list of such fields, one for each time that it
    stands there, with its own text under ".".
    """
    values, groups = _collected(element, is_record=True)
    return {path: texts[0] if len(texts) == 1 else texts for path, texts in values.items()} | dict(groups)


_Values = dict[str, list[str]]
_Groups = dict[str, list[dict[str, object]]]


def _collected(element: etree._Element, *, is_record: bool = False) -> tuple[_Values, _Groups]:
    """Give an element's values by their paths below it (its own text under "."), and the groups below it."""
    values: _Values = {f"@{etree.QName(name).localname}": [str(value)] for name, value in element.attrib.items()}
    groups: _Groups = {}
    children = [child for child in element if isinstance(child.tag, str)]
    if not is_record and (not children or _is_markup(element, children)):
        text = (inner_text(element) if children else element.text or "").strip()
        return values | ({".": [text]} if text else {}), groups
    for child in children:
        name = etree.QName(child).localname
        inner, deeper = _collected(child)
        for path, texts in inner.items():
            values.setdefault(name if path == "." else f"{name}/{path}", []).extend(texts)
        for path, members in deeper.items():
            groups.setdefault(f"{name}/{path}", []).extend(members)
        if inner.keys() - {"."}:
            group = {path: texts[0] if len(texts) == 1 else texts for path, texts in inner.items()}
            groups.setdefault(f"{name}[]", []).append(group | dict(deeper))
    return values, groups


def _is_markup(element: etree._Element, children: list[etree._Element]) -> bool:
    if any(etree.QName(child).localname.lower() in _MARKUP for child in children):
        return True
    return any(text and text.strip() for text in (element.text, *(child.tail for child in children)))


def inner_text(element: etree._Element) -> str:
    """Give what stands within an element as HTML."""
    parts = [element.text or ""] + [etree.tostring(child, encoding="unicode", method="html") for child in element]
    return "".join(parts)


def _forget(element: etree._Element) -> None:
    """Free a record and what stands before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
