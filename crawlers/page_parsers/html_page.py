"""HTML bytes to a tree, with the encoding that the page declares."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree
from lxml import html as lxml_html
from w3lib.encoding import html_to_unicode

from vacancies.error import RecordInvalid

_NOT_TEXT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def html_tree(body: bytes) -> lxml_html.HtmlElement:
    """Parse a page as browsers do; raises RecordInvalid (`not_html`) when there is nothing that could be a page."""
    _, text = html_to_unicode(None, body)
    text = _NOT_TEXT.sub("", text)
    if "<" not in text:
        raise RecordInvalid("not_html", f"expected an HTML page, found {len(body)} bytes without any tag")
    parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        # bytes, since lxml refuses texts that declare an encoding
        return lxml_html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, ValueError) as error:
        raise RecordInvalid("not_html", f"the page cannot be parsed as HTML: {error}") from error
