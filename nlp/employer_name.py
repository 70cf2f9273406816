"""Where a text names the employer, so that no part of the name ("Assurance" of "PwC Assurance") is read as a skill."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from vacancies.enriched import SkillMention

_FORM: Final = (
    r"(?:GmbH(?: & Co\.? KGa?A?)?|AG|KGaA|KG|OHG|e\.V\.|Ltd\.?|Limited|LLP|LLC|Inc\.?|Corp\.?|[Pp]lc|PLC"
    r"|S\.?A\.?S\.?|SARL|S\.A\.|S\.L\.U?\.?|SLU?|B\.?V\.?"
    r"|N\.V\.|AB|Sp\. ?z ?o\. ?o\.|S\.A|s\. ?r\. ?o\.|a\. ?s\.|spol\. s r\. ?o\.)"
)
_CAPITAL: Final = r"(?=[^a-zß-öø-ÿ\d_])\w[\w&'’.-]*"
_LEGAL_NAME: Final = re.compile(
    rf"(?<!\w){_CAPITAL}(?:[ \u00a0](?:(?:&|and|und|et|y|och|i|a|en)[ \u00a0])?{_CAPITAL}){{0,3}},?[ \u00a0]{_FORM}(?!\w)"
)
_FORM_AT_END: Final = re.compile(rf"[,\s]+{_FORM}$")
_PART: Final = re.compile(rf"[ \u00a0]({_CAPITAL})(?!\w)")  # a capital behind the name: "PwC Assurance"
_SHORTEST: Final = 2
_NOUN_CAPITALS: Final = "de"  # German writes every noun with a capital: the word behind a name tells nothing


def without_employer(
    mentions: Iterable[SkillMention], text: str, employer: str | None, language: str | None, *, field: str
) -> Iterator[SkillMention]:
    """Mentions of a field without those that are part of the employer's name, or of another firm's with its legal form.

    A mention that is the whole of a name stays where a label names it: an advertisement of SAP may ask for SAP.
    """
    names = list(employer_names(text, employer, language))
    for mention in mentions:
        inside = [name for name in names if name[0] <= mention.start and mention.end <= name[1]] if mention.field == field else []
        if not inside or (mention.uri is not None and any(_names_tool(mention, name) for name in inside)):
            yield mention


def _names_tool(mention: SkillMention, name: tuple[int, int, bool]) -> bool:
    return mention.kind in ("tool", "certificate", "knowledge") and (mention.start, mention.end) == name[:2] and not name[2]


def employer_names(text: str, employer: str | None, language: str | None) -> Iterator[tuple[int, int, bool]]:
    """Start and end of every name of the employer in a text, a capital word behind it included, and whether a legal form tells it."""
    yield from ((match.start(), match.end(), True) for match in _LEGAL_NAME.finditer(text))
    plain = _FORM_AT_END.sub("", " ".join((employer or "").split()))
    if len(plain) < _SHORTEST or not plain[0].isupper():
        return
    for match in re.finditer(rf"(?<!\w){re.escape(plain)}(?!\w)", text):
        behind = None if language == _NOUN_CAPITALS else _PART.match(text, match.end())
        yield match.start(), match.end(), False
        if behind is not None:
            yield match.start(), behind.end(), False
