"""Text made from HTML, and the structure (headings, lists) that plain text shows.

The text made here is `description_text`: every offset in Labourscope counts its code points. Lines are separated by one newline, blocks
that follow each other with a gap by two; list items carry no bullet, their block says that they are items.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from lxml import etree

from vacancies.posting import Block, BlockKind

_SKIPPED: Final = frozenset({"script", "style", "template", "noscript", "head", "svg", "iframe", "object", "button", "select"})
_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_BLOCKS: Final = frozenset(
    {"address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer"}
    | {"form", "header", "hr", "html", "legend", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "td", "tfoot", "th"}
    | {"thead", "tr", "ul"}
    | _HEADINGS.keys()
)
_PARAGRAPHS: Final = frozenset({"p", "ul", "ol", "table", "section"} | _HEADINGS.keys())
_BOLD: Final = frozenset({"b", "strong"})
_SPACE: Final = re.compile(r"[ \t\r\n\f\v\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_ZERO_WIDTH: Final = re.compile("[\u00ad\u200b\u2060\ufeff]")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\r\u2028\u2029]")
_DEEPEST: Final = 2000  # libxml2 stops at 2,048 nested elements
_ANY_TAG: Final = re.compile(r"<[^<>]*>")
_NAMES: Final = (
    r"(?:p|br|div|span|ul|ol|li|dl|dt|dd|h[1-6]|b|strong|i|em|u|s|a|img|hr|table|thead|tbody|tr|td|th|font|section|article|main|header|footer"
    r"|html|body|head|center|small|sub|sup|pre|code|blockquote|script|style|meta|link|button|form|figure)"
)
_TAG: Final = re.compile(rf"</?{_NAMES}(?:\s[^<>]*)?/?>", re.IGNORECASE)
_ESCAPED_TAG: Final = re.compile(rf"&lt;/?{_NAMES}(?:\s[^<>]{{0,400}}?)?/?&gt;", re.IGNORECASE)
_BULLET: Final = re.compile(r"^\s*(?:[-–—*•·●○◦▪■►▶‣⁃✓✔➢➤→»o]|\(?\d{1,2}[.)]|[a-z]\))\s+(?=\S)")
_MAX_HEADING_CHARACTERS: Final = 80
_MAX_HEADING_WORDS: Final = 9
_BULLET_LETTERS: Final = " \t-–—*•·●○◦▪■►▶‣⁃✓✔➢➤→»"


class StructuredText(NamedTuple):
    """A text with its structure; blocks are in order, do not overlap and hold no leading or trailing space."""

    text: str
    blocks: tuple[Block, ...]


@dataclass
class _Line:
    """One line under construction: its pieces with the share of bold letters, and where in the page it stands."""

    pieces: list[str] = field(default_factory=list)
    bold: int = 0
    letters: int = 0
    heading: int = 0
    list_depth: int = 0
    gap: bool = False


def looks_like_html(text: str) -> bool:
    """Tell whether a field that may be either holds HTML (at least one well-formed tag, or escaped ones)."""
    return _TAG.search(text) is not None or _ESCAPED_TAG.search(text) is not None


def as_html(text: str) -> str:
    """Give HTML as it is, and plain text as one paragraph of HTML with its line breaks."""
    if not text or looks_like_html(text):
        return html.unescape(text) if "<" not in text else text
    return "<p>" + html.escape(text, quote=False).replace("\n", "<br>") + "</p>"


def html_from_sections(sections: Iterable[tuple[str | None, str]]) -> str:
    """Join parts of an advertisement, HTML or plain, to one HTML under their headings; parts without a text are left out."""
    parts = (
        (f"<h3>{html.escape(heading, quote=False)}</h3>" if heading else "") + as_html(text) for heading, text in sections if text.strip()
    )
    return "".join(parts)


def text_from_html(source: str) -> StructuredText:
    """Make text from HTML: block elements become lines, headings and list items are kept as blocks.

    HTML that is itself escaped (`&lt;p&gt;`) is unescaped once. Broken HTML is repaired as browsers do; scripts and styles are left out.
    A line wholly in bold, of at most 80 characters, counts as a heading of level 6.
    """
    if _ESCAPED_TAG.search(source) is not None and _TAG.search(source) is None:
        source = html.unescape(source)
    root = _parse(source)
    if root is None:
        return StructuredText("", ())
    if (
        source.count("<") >= _DEEPEST and _depth(root) >= _DEEPEST
    ):  # the parser drops what lies deeper, so read the lines between the tags instead
        return text_from_plain(without_zero_width(html.unescape(_ANY_TAG.sub("\n", source))))
    return _assemble(_lines(root))


def without_zero_width(text: str) -> str:
    """A text without soft hyphens and zero-width spaces, which part words for whoever reads letter by letter; joiners stay."""
    return _ZERO_WIDTH.sub("", text)


def _depth(root: etree._Element) -> int:
    depth = deepest = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def _parse(source: str) -> etree._Element | None:
    cleaned = _INVISIBLE.sub("", source)
    if not cleaned.strip():
        return None
    parser = etree.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)  # plain elements: those of lxml.html cost time
    try:
        return etree.fromstring(f"<html><body>{cleaned}</body></html>", parser=parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


class _Walker:
    """Collects lines from parse events; holds only what the open elements mean."""

    def __init__(self) -> None:
        self.lines: list[_Line] = []
        self.line = _Line()
        self.bold = 0
        self.heading = 0
        self.list_depth = 0
        self.skipped = 0

    def open(self, tag: str) -> None:
        if tag in _SKIPPED:
            self.skipped += 1
        if tag == "br":
            self.end_line(gap=False)
        elif tag in _BLOCKS:
            self.end_line(gap=tag in _PARAGRAPHS)
        self.bold += tag in _BOLD
        self.list_depth += tag in {"ul", "ol"}
        self.heading = _HEADINGS.get(tag, self.heading)

    def close(self, tag: str) -> None:
        if tag in _SKIPPED:
            self.skipped -= 1
        if tag in _BLOCKS:
            self.end_line(gap=tag in _PARAGRAPHS)
        self.bold -= tag in _BOLD
        self.list_depth -= tag in {"ul", "ol"}
        if tag in _HEADINGS:
            self.heading = 0
        if tag in {"td", "th"}:
            self.line.pieces.append(" ")

    def text(self, text: str | None) -> None:
        if not text or self.skipped:
            return
        letters = sum(map(str.isalnum, text))
        self.line.pieces.append(text)
        self.line.letters += letters
        self.line.bold += letters if self.bold else 0
        self.line.heading = self.line.heading or self.heading
        self.line.list_depth = max(self.line.list_depth, self.list_depth)

    def end_line(self, *, gap: bool) -> None:
        if self.line.letters or "".join(self.line.pieces).strip():
            self.lines.append(self.line)
            self.line = _Line(gap=gap)
        else:
            self.line = _Line(gap=self.line.gap or gap)


def _lines(root: etree._Element) -> list[_Line]:
    walker = _Walker()
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            walker.open(tag)
            walker.text(element.text)
        else:
            walker.close(tag)
            walker.text(element.tail)
    walker.end_line(gap=False)
    return walker.lines


def _assemble(lines: list[_Line]) -> StructuredText:
    parts: list[str] = []
    blocks: list[Block] = []
    position = 0
    for line in lines:
        raw = _SPACE.sub(" ", without_zero_width("".join(line.pieces))).strip()  # again: "&shy;" is a letter only now
        bullet = len(raw) - len(raw.lstrip(_BULLET_LETTERS)) if line.list_depth or _BULLET.match(raw) else 0
        text = raw[bullet:]
        if not text:
            continue
        if parts:
            separator = "\n\n" if line.gap else "\n"
            parts.append(separator)
            position += len(separator)
        kind, level = _kind_of_line(line, text, is_bulleted=bullet > 0)
        blocks.append(Block(start=position, end=position + len(text), kind=kind, level=level))
        parts.append(text)
        position += len(text)
    return StructuredText("".join(parts), tuple(blocks))


def _kind_of_line(line: _Line, text: str, *, is_bulleted: bool) -> tuple[BlockKind, int]:
    if line.heading:
        return BlockKind.HEADING, line.heading
    if line.list_depth or is_bulleted:
        return BlockKind.LIST_ITEM, min(max(line.list_depth, 1), 6)
    if line.letters and line.bold == line.letters and _is_short(text):
        return BlockKind.HEADING, 6
    return BlockKind.PARAGRAPH, 1


def _is_short(text: str) -> bool:
    return len(text) <= _MAX_HEADING_CHARACTERS and len(text.split()) <= _MAX_HEADING_WORDS


def text_from_plain(source: str) -> StructuredText:
    """Keep plain text as it is, character for character, and name its blocks.

    Line ends and control characters become spaces or newlines of equal length, so offsets into the source stay valid. Bullets stay
    in the text; blocks of list items begin behind them. A heading is a short line that ends with a colon, is in capitals, or stands
    above a list.
    """
    text = _CONTROL.sub(lambda match: "\n" if match[0] in "\u2028\u2029" else " ", source)
    spans = [(match.start(), match.end()) for match in re.finditer(r"[^\n]+", text) if match[0].strip()]
    bullets = [_BULLET.match(text[start:end]) for start, end in spans]
    blocks: list[Block] = []
    for index, (start, end) in enumerate(spans):
        bullet = bullets[index]
        inner = start + (bullet.end() if bullet else len(text[start:end]) - len(text[start:end].lstrip()))
        outer = start + len(text[start:end].rstrip())
        before_list = index + 1 < len(spans) and bullets[index + 1] is not None
        kind = BlockKind.LIST_ITEM if bullet else _kind_of_plain(text[inner:outer], before_list=before_list)
        blocks.append(Block(start=inner, end=outer, kind=kind, level=6 if kind is BlockKind.HEADING else 1))
    return StructuredText(text, tuple(blocks))


def _kind_of_plain(line: str, *, before_list: bool) -> BlockKind:
    if not _is_short(line) or not any(map(str.isalpha, line)):
        return BlockKind.PARAGRAPH
    is_capitals = line.upper() == line and sum(map(str.isalpha, line)) >= 4
    ends_like_heading = line.endswith((":", "?")) or (before_list and not line.endswith((".", ",", ";")))
    return BlockKind.HEADING if is_capitals or ends_like_heading else BlockKind.PARAGRAPH
