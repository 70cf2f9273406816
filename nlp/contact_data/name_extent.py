"""How far a name reaches: with its academic titles before and behind, without signs of office ("i. A."), posts and departments."""

from __future__ import annotations

import re
from typing import Final

from nlp.contact_data.given_names import is_given_name
from nlp.contact_data.name_evidence import name_evidence
from nlp.contact_data.name_forms import ACADEMIC, TITLE_WORDS, UPPER, Offsets, Piece, begins_firm, is_no_name
from nlp.folding import fold

_TITLE: Final = (  # small words that are words too need their full stop: "ing.", "ir."
    rf"(?:(?i:{ACADEMIC})\.|(?=[{UPPER}]|dr|prof|mgr|inż|doc)(?i:{ACADEMIC})|h\. ?c|(?:Dipl|Mag|Dr)\.-?\s?\w{{2,10}}(?:\.-?\w{{2,10}})?)"
)
_FIELD: Final = r"(?:et|a|n\.|med|phil|rer|nat|pol|oec|jur|iur|habil|hab|dent|vet|theol|techn|h\.|c|FH)\.?[ \u00a0]"  # "Dr. rer. nat."
_TITLES_BEFORE: Final = re.compile(rf"(?<![\w.-])(?:{_TITLE}\.?[ \u00a0](?:{_FIELD}|\([A-Z]{{2,3}}\) )*)+\Z")
_TITLES_WITHIN: Final = 40
_TITLE_BEHIND: Final = re.compile(
    r"(?:, ?| )(?:MBA|Ph\. ?D|PhD|CSc|DrSc|DSc|DiS|MSc|M\.Sc|BSc|B\.Sc|LL\.? ?[MB]|MPH|MPA|MHA|Th\.D|FRC[SP]|MRC[SP]|[FM]CIPD|DBA)\b\.?"
    r"(?!\s+(?:or|and|preferred|required|desirable|students?|degree|candidates?|oder|und|ou|et)\b)"
)
_DEPARTMENTS: Final = ("dienst", "amt", "referat", "buro", "büro", "bereich", "service", "team", "sekretariat")
_HONORIFIC: Final = re.compile(r"(?:Mr|Mrs|Ms|Fr|Hr|Sr|Sra|Srta|Mme|Mlle|Mw|Dhr|Hrn)\.? (?=\S)")
_LAST_OF_OFFICE: Final = re.compile(r"(?:[AV]\. ?|A )(?=\S)")
_FIRST_OF_OFFICE: Final = re.compile(r"(?:\bi\. ?|\bA/)\Z")


def whole_name(text: str, start: int, end: int) -> Offsets:
    """The offsets of a name with its academic titles, those behind it too ("Mgr. Radka Nová, MBA"), and without "i. A." before it."""
    office = _LAST_OF_OFFICE.match(text, start, end)
    if office is not None and _FIRST_OF_OFFICE.search(text, max(0, start - 4), start):
        start = office.end()
    honorific = _HONORIFIC.match(text, start, end)
    start = start if honorific is None else honorific.end()
    before = title_before(text, start)
    start = start if before is None else before
    while (behind := _TITLE_BEHIND.match(text, end)) is not None:
        end = behind.end() - (behind[0].endswith(".") and not _is_short_form(behind[0]))
    return start, end


def bare_name(name: str) -> str:
    """A name without the academic titles before it."""
    words = name.split()
    while len(words) > 1 and all(part in TITLE_WORDS for part in fold(words[0]).strip(".,").replace(".", " ").split()):
        words.pop(0)
    return " ".join(words)


def without_department(run: list[Piece]) -> list[Piece]:
    """A surname without what only tells where somebody works: "Herr Bahnsen vom Fachdienst", "Frau Kern von der Verwaltung"."""
    first = next((at for at, piece in enumerate(run) if piece.counts), len(run))
    joint = next((at for at, piece in enumerate(run) if at > first and piece.word in ("von", "vom")), 0)
    if not joint or any(is_given_name(piece.word) for piece in run[:joint]):
        return run
    is_department = fold(run[-1].word).endswith(name_evidence().noun_endings + _DEPARTMENTS) or is_no_name(run[-1].word)
    return run[:joint] if is_department else run


def without_post(run: list[Piece]) -> list[Piece]:
    """The words of a name without a post before it ("Sachgebietsleiterin Swantje Petersen"), none of a firm's ("Elfirma Gustav Holm")."""
    if run and run[0].counts and begins_firm(run[0].word) and not is_given_name(run[0].word):
        return []
    while run and run[0].counts and name_evidence().is_post(fold(run[0].word)) and not is_given_name(run[0].word):
        run = run[1:]
    return run


def title_before(text: str, start: int) -> int | None:
    """Where the academic titles right before a place begin, None where there are none."""
    before = _TITLES_BEFORE.search(text, max(0, start - _TITLES_WITHIN), start)
    return None if before is None else before.start()


def _is_short_form(title: str) -> bool:
    """Whether a full stop behind a title belongs to it ("Ph.D.", "CSc."), not to the sentence ("MBA.")."""
    return "." in title[:-1] or title.strip(", .") in ("CSc", "DrSc", "DiS")
