"""HTML bytes to a tree, with the encoding that the page declares."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree
from lxml import html as lxml_html
from w3lib.encoding import html_to_unicode

from vacancies.error import RecordInvalid

_NOT_TEXT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

_MARK: Final = "\ufffd"  # stands for what cannot be decoded
_ONE_BYTE: Final = frozenset({"cp1252", "iso8859-1", "iso8859-2", "iso8859-15", "cp1250", "latin-1"})


def html_tree(body: bytes) -> lxml_html.HtmlElement:
    """Parse a page as browsers do; raises RecordInvalid (`not_html`) when there is nothing that could be a page."""
    text = decoded(body)
    text = _NOT_TEXT.sub("", text)
    if "<" not in text:
        raise RecordInvalid("not_html", f"expected an HTML page, found {len(body)} bytes without any tag")
    parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        # bytes, since lxml refuses texts that declare an encoding
        return lxml_html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, ValueError) as error:
        raise RecordInvalid("not_html", f"the page cannot be parsed as HTML: {error}") from error


def decoded(body: bytes) -> str:
    """Decode a page by its mark or declaration; one that declares UTF-8 and holds none, or the other way round, is read as what it is."""
    declared, text = html_to_unicode(None, body)
    if declared in {"utf-8", "utf8"}:
        if _MARK in text and all(letter.isascii() or letter == _MARK for letter in text):
            return body.decode("cp1252", "replace")
    elif not body.isascii() and declared in _ONE_BYTE:
        try:
            return body.decode("utf-8")
        except UnicodeDecodeError:
            return text
    return text
