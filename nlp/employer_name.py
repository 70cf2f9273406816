"""Where a text names the employer, so that no part of the name ("Assurance" of "PwC Assurance") is read as a skill."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

import ahocorasick_rs

from nlp.folding import is_word
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
_FORM_BEHIND: Final = re.compile(rf"[ \u00a0]{_FORM}(?!\w)")
_FORMS_BEGIN: Final = (
    "GmbH", "AG", "KG", "OHG", "e.V", "Ltd", "Limited", "LLP", "LLC", "Inc", "Corp", "plc", "Plc", "PLC", "S.", "SA", "SL", "B.V", "BV",
    "N.V", "AB", "Sp.", "s.", "a.", "spol",
)  # fmt: skip
_FORM_STARTS: Final = ahocorasick_rs.AhoCorasick([f"{space}{form}" for space in " \u00a0" for form in _FORMS_BEGIN], store_patterns=False)
_FORM_AT_END: Final = re.compile(rf"[,\s]+{_FORM}$")
_PART: Final = re.compile(rf"[ \u00a0]({_CAPITAL})(?!\w)")  # a capital behind the name: "PwC Assurance"
_SHORTEST: Final = 2
_NOUN_CAPITALS: Final = "de"  # German writes every noun with a capital: the word behind a name tells nothing


def without_employer(
    mentions: Sequence[SkillMention], text: str, employer: str | None, language: str | None, *, field: str
) -> Sequence[SkillMention]:
    """Mentions of a field without those that are part of the employer's name, or of another firm's with its legal form.

    A mention that is the whole of a name stays where a label names it: an advertisement of SAP may ask for SAP.
    """
    names = list(employer_names(text, employer, language)) if mentions else []
    return [mention for mention in mentions if mention.field != field or not _is_part(mention, names)] if names else mentions


def _is_part(mention: SkillMention, names: Sequence[tuple[int, int, bool]]) -> bool:
    inside = [name for name in names if name[0] <= mention.start and mention.end <= name[1]]
    return bool(inside) and (mention.uri is None or not any(_names_tool(mention, name) for name in inside))


def _names_tool(mention: SkillMention, name: tuple[int, int, bool]) -> bool:
    return mention.kind in ("tool", "certificate", "knowledge") and (mention.start, mention.end) == name[:2] and not name[2]


def employer_names(text: str, employer: str | None, language: str | None) -> Iterator[tuple[int, int, bool]]:
    """Start and end of every name of the employer in a text, a capital word behind it included, and whether a legal form tells it."""
    if _has_legal_form(text):
        yield from ((match.start(), match.end(), True) for match in _LEGAL_NAME.finditer(text))
    plain = _FORM_AT_END.sub("", " ".join((employer or "").split()))
    if len(plain) < _SHORTEST or not plain[0].isupper():
        return
    for start, end in _places_of(plain, text):
        behind = None if language == _NOUN_CAPITALS else _PART.match(text, end)
        yield start, end, False
        if behind is not None:
            yield start, behind.end(), False


def _has_legal_form(text: str) -> bool:
    """Whether there is a legal form at all; the pattern of whole names looks at every letter, so few texts are worth it."""
    starts = _FORM_STARTS.find_matches_as_indexes(text)
    return bool(starts) and any(_FORM_BEHIND.match(text, start) for _, start, _ in starts)


def _places_of(name: str, text: str) -> Iterator[tuple[int, int]]:
    """Start and end of a name wherever it stands in a text as whole words."""
    at = text.find(name)
    while at >= 0:
        end = at + len(name)
        is_whole = not is_word(text[at - 1 : at]) and not is_word(text[end : end + 1])
        if is_whole:
            yield at, end
        at = text.find(name, end if is_whole else at + 1)
