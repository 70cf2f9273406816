"""What all components share of one text: the folded text, blocks, items, cues; made once per document when first asked for."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from itertools import islice
from typing import Final

from spacy.tokens import Doc

from nlp.folding import fold
from nlp.lexicon.cue_finder import Cue, CueKind, ItemHints, cue_finder, item_hints
from nlp.shared_scan import SharedScan, digits_of
from vacancies.html_text import text_from_plain
from vacancies.posting import Block

_KEY: Final = "labourscope.advertisement"
# Ends of items and sentences: a line end that is no wrap, a bullet, a semicolon, a full stop before a capital.
_MAY_END_ITEM: Final = re.compile(r"[\n•●▪■◦‣⁃►▶✓✔➢➤;.!?…]")  # what each of them begins with; found much faster
_ITEM_END: Final = re.compile(
    r"\n+|[•●▪■◦‣⁃►▶✓✔➢➤]+|;\s|[.!?…]+[\"”')\]]*\s+(?=[\"“'(\[¿¡]?[A-ZÀ-ÖØ-ÞĄĆĘŁŃÓŚŹŻŠČŘŽÝÚŮĎŤŇ])|[.!?](?=[A-ZÀ-ÖØ-ÞĆŁŚŹŻŠČŘŽ][a-zà-ÿ])"
)
_STATUS_KINDS: Final = (
    CueKind.REQUIRED, CueKind.PREFERRED_BEFORE, CueKind.PREFERRED_AFTER, CueKind.PREFERRED_EITHER, CueKind.NEGATED_BEFORE,
    CueKind.NEGATED_AFTER, CueKind.NEGATION_OPEN, CueKind.NEGATION_CLOSE,
)  # fmt: skip
_ABBREVIATIONS: Final = frozenset(
    (
        "z.b",
        "bzw",
        "inkl",
        "evtl",
        "ggf",
        "etc",
        "e.g",
        "i.e",
        "incl",
        "approx",
        "dr",
        "mr",
        "mrs",
        "ms",
        "ing",
        "mgr",
        "bc",
        "tel",
        "nr",
        "no",
        "min",
        "max",
        "ca",
        "usw",
        "u.a",
        "d.h",
        "z",
        "bijv",
        "o.a",
        "bv",
        "ev",
        "ex",
        "env",
        "p.ej",
        "tj",
        "np",
        "m.in",
        "ds",
        "ul",
        "tzv",
        "napr",
        "mj",
        "atd",
        "vgl",
        "st",
        "sr",
        "jr",
        "prof",
        "dipl",
        "kl",
    )
)


class Advertisement:
    """One advertisement's text with its structure. Offsets are code points of `text`; `folded` has the same length."""

    def __init__(self, text: str, blocks: tuple[Block, ...], language: str | None) -> None:
        self.text = text
        self.language = language
        self._blocks = blocks

    @cached_property
    def folded(self) -> str:
        """The folded text (see `nlp.folding`)."""
        return fold(self.text)

    @cached_property
    def scan(self) -> SharedScan:
        """Where patterns and stems stand in the folded text, all found in one pass."""
        return SharedScan(self.folded, self.language)

    @cached_property
    def text_digits(self) -> list[int]:
        """Where the decimal digits of the text stand; those of the folded text unless soft hyphens moved them."""
        return digits_of(self.text) if "\u00ad" in self.text else self.scan.digits

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks given with the posting, else those that plain text shows."""
        return self._blocks or text_from_plain(self.text).blocks

    @cached_property
    def cues(self) -> list[Cue]:
        """All lexicon phrases in the text, by start."""
        return cue_finder(self.language).find(self.text, self.folded)

    @property
    def item_hints(self) -> ItemHints:
        """The first words that hint at a zone, in the text's language."""
        return item_hints(self.language)

    @cached_property
    def has_no_capitals(self) -> bool:
        """Whether the text was put into lower case on its way, so that capitals tell nothing."""
        start = self.text[:2000]
        enough = -(-len(start) // 200)
        return len(start) > 60 and next(islice(filter(str.isupper, start), enough - 1, None), None) is None

    def cues_of(self, *kinds: CueKind) -> list[Cue]:
        """The cues of some kinds, by start."""
        held = [cues for kind in kinds if (cues := self._by_kind.get(kind))]
        if len(held) > 1:
            return [cue for cue in self.cues if cue.kind in kinds]
        return held[0] if held else []

    @cached_property
    def _by_kind(self) -> dict[CueKind, list[Cue]]:
        sorted_out: dict[CueKind, list[Cue]] = {}
        for cue in self.cues:
            sorted_out.setdefault(cue.kind, []).append(cue)
        return sorted_out

    @cached_property
    def status_cues(self) -> list[Cue]:
        """The cues that decide a skill's status, by start."""
        return self.cues_of(*_STATUS_KINDS)

    @cached_property
    def status_cue_starts(self) -> list[int]:
        """Where each of them begins."""
        return [cue.start for cue in self.status_cues]

    @cached_property
    def item_starts(self) -> list[int]:
        """Where list items and sentences begin, ascending, the first at 0."""
        text, folded, end_at = self.text, self.folded, _ITEM_END.match
        starts = [0]
        done = 0
        for place in _MAY_END_ITEM.finditer(text):
            at = place.start()
            if at < done or (match := end_at(text, at)) is None:
                continue
            done = match.end()
            mark = text[at]
            if mark == "\n" and folded[at] == " ":
                continue  # a wrapped line goes on
            if mark == "." and self._is_abbreviation(at):
                continue
            starts.append(done)
        if starts[-1] == len(text):
            starts.pop()
        return starts

    def _is_abbreviation(self, dot: int) -> bool:
        first, before = max(0, dot - 12), self.text.rfind
        begin = max(first, before(" ", first, dot) + 1, before("\n", first, dot) + 1, before("(", first, dot) + 1)
        return self.folded[begin:dot] in _ABBREVIATIONS

    def item_at(self, position: int) -> tuple[int, int]:
        """The item or sentence around a position, half open."""
        starts = self.item_starts
        index = bisect_right(starts, position) - 1
        return starts[index], starts[index + 1] if index + 1 < len(starts) else len(self.text)


def advertisement(doc: Doc) -> Advertisement:
    """The shared view on a document, made at the first call and kept with it; language and blocks must be set before."""
    made = doc.user_data.get(_KEY)
    if not isinstance(made, Advertisement):
        posting = doc._.posting
        text = doc.text if posting is None else posting.description_text
        guess = doc._.language
        blocks = () if posting is None else posting.blocks
        made = Advertisement(text, blocks, None if guess is None else guess.code)
        doc.user_data[_KEY] = made
    return made
