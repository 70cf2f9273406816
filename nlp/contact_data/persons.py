"""Finds where people are named as contacts: behind titles and contact words, beside their numbers and roles, at the ends of letters.

Words with capitals alone are no evidence. A name counts behind a title, right behind a contact word, or, where it holds a known given
name, elsewhere near contact words, roles and addresses.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from nlp.contact_data.contact_gaps import (
    BESIDE,
    CLOSED,
    DIRECT,
    NAMED_IN_BRACKETS,
    NEXT,
    OPENS,
    QUANTITY,
    RIGHT_NEXT,
    RIGHT_TO_ADDRESS,
    ROAD,
    ROLE_GAP,
    ROLE_GAP_BEFORE,
    SAME_SENTENCE,
    SENTENCE_BREAK,
    SENTENCE_END,
    SMALL_NAME,
    SMALL_NAME_ENDS,
    SMALL_WORDS,
    TO_ADDRESS,
    TO_COLON,
)
from nlp.contact_data.given_names import is_given_name
from nlp.contact_data.name_evidence import name_evidence
from nlp.contact_data.name_extent import without_department, without_post
from nlp.contact_data.name_forms import (
    FULL_NAME,
    I_JOINS,
    ONE_NAME,
    OPENS_CAPITAL,
    SURNAME,
    TURNED_NAME,
    Offsets,
    Piece,
    around_given_name,
    counted,
    first_segment,
    full_names,
    is_brand,
    is_firm_or_place,
    is_marked,
    is_no_name,
    is_shouted,
    pieces,
    segments,
    span_of,
)
from nlp.contact_data.name_surroundings import may_stand_alone
from nlp.contact_data.word_finder import ContactWord, WordKind
from nlp.folding import fold

_NEED_STOP: Final = frozenset(("hr", "pr", "sl", "fr", "sr", "d", "lic", "ing", "drs"))
_ALSO_CODES: Final = frozenset(("MS", "ING", "BC", "MGR"))
_SCHOOLS: Final = frozenset(("MŠ", "SŠ"))  # Czech: "MŠ U Krtečka"; folded "ms" and "ss"
_LEADS: Final = frozenset((WordKind.LEAD, WordKind.CALL, WordKind.NAMED))
_TALK_WITHIN: Final = 130
_BEFORE_ADDRESS: Final = 100
_BEHIND_ADDRESS: Final = 60
_BEFORE_VERB: Final = 80
_NEAR: Final = 28


class PersonFinder:
    """Finds the people of one text, given its contact words and where its addresses and numbers stand."""

    def __init__(
        self, text: str, words: Sequence[ContactWord], addresses: Sequence[Offsets], *, language: str | None = None, in_title: bool
    ) -> None:
        self.text = text
        self._joining = "i" if language in I_JOINS else None
        self.words = [word for word in words if not in_title or word.kind not in (WordKind.TALK, WordKind.GREETING)]
        self.addresses = sorted(addresses)
        self._address_starts = [start for start, _ in self.addresses]
        self._roles = sorted(word.start for word in words if word.kind is WordKind.ROLE)
        self._in_title = in_title
        self.told: list[Offsets] = []  # of what was found, those whom a word announces

    def find(self) -> list[Offsets]:
        """Where people are named; pieces may overlap."""
        self.told = [span for word in self.words for span in self._announced(word)]
        found = list(self.told)
        for number in range(len(self.addresses)):
            found += self._beside_address(number)
        for start, end in sorted(set(found)):
            found += self._further(start, end)
        return found

    def _announced(self, word: ContactWord) -> Iterator[Offsets]:
        if word.kind is WordKind.HONORIFIC:
            yield from self._titled(word)
        elif word.kind in _LEADS:
            yield from self._led(word)
        elif word.kind is WordKind.ROLE:
            yield from self._beside_role(word)
        elif word.kind is WordKind.SUBJECT:
            yield from self._before_verb(word)
        elif word.kind is WordKind.TALK:
            yield from self._known(word.end, self._sentence_end(word.end, word.end + _TALK_WITHIN))
        elif word.kind is WordKind.GREETING and (gap := CLOSED.match(self.text, word.end)) is not None:
            yield from self._name_at(gap.end(), needs_given=False)

    def _titled(self, word: ContactWord) -> Iterator[Offsets]:
        """The name behind a title ("Frau Dr. Weber", "MR SMITH"); titles of one or two letters that are also codes need their full stop."""
        text, (_, start, end) = self.text, word
        title = text[start:end]
        has_stop = text.startswith(".", end)
        if not has_stop and ((len(title) < 3 and not title[0].isupper()) or title.lower() in _NEED_STOP):
            return  # "m" in running text, "HR Partner"
        if QUANTITY.search(text, max(0, start - 2), start) or ROAD.search(text, max(0, start - 40), start):
            return  # "12 MW", "10790 Parkridge Dr."
        if title in _SCHOOLS:
            return
        match = SURNAME.match(text, end)
        if match is None or (len(title) == 1 and not has_stop and match[1].isupper()):
            return  # "(H/F) M CDI"
        if title in _ALSO_CODES and not (match[1].split()[0].isupper() and len(match[1]) > 3):
            return  # "MS Degree", "ING Bank"
        if not is_brand(text, start, match.end()) and not is_firm_or_place(text, start, end):
            yield from self._surname(end)

    def _surname(self, at: int) -> Iterator[Offsets]:
        match = SURNAME.match(self.text, at)
        run = [] if match is None else self._cut(first_segment(pieces(self.text, *match.span(1))))
        if match is not None and not run:
            run = self._behind_post(*match.span(1))
        run = without_department(run)
        if counted(run) and not is_firm_or_place(self.text, run[0].start, run[-1].end):
            yield span_of(run)

    def _led(self, word: ContactWord) -> Iterator[Offsets]:
        gap = DIRECT.match(self.text, word.end)
        at = word.end if gap is None else gap.end()
        named = list(self._name_at(at, needs_given=word.kind is not WordKind.LEAD, by_address=True))
        if not named and (small := SMALL_WORDS.match(self.text, word.end)) is not None:
            named = list(self._name_at(small.end(), needs_given=True))
        if not named and (colon := TO_COLON.match(self.text, word.end)) is not None:
            named = list(self._name_at(colon.end(), needs_given=True, by_address=True))
        if not named and gap is not None and gap["title"] is not None:
            named = list(self._surname(at))
        if not named and at > word.end and word.kind is not WordKind.NAMED:
            named = list(self._in_small_letters(at))
        yield from named

    def _name_at(self, at: int, *, needs_given: bool, by_address: bool = False) -> Iterator[Offsets]:
        """A full name that begins right here, or a first name alone; words that are no known names only with an address behind them."""
        text = self.text
        if (turned := TURNED_NAME.match(text, at)) is not None and self._is_turned(turned):
            yield turned.span()
            return
        match = FULL_NAME.match(text, at)
        run = [] if match is None else without_department(without_post(self._cut(first_segment(pieces(text, *match.span())))))
        if match is not None and not run:
            run = self._behind_post(*match.span())
        if counted(run) >= 2 and not is_firm_or_place(text, *span_of(run)):
            is_plain = not needs_given or is_marked(run) or (by_address and self._leads_to_address(run[-1].end, RIGHT_TO_ADDRESS))
            if around_given_name(run) or (is_plain and not is_shouted(run)):
                yield span_of(run)
            return
        one = ONE_NAME.match(text, at)
        if one is None or is_no_name(one[0]) or is_firm_or_place(text, *one.span()):
            return
        if (self._is_called(one[0], at, needs_given=needs_given) and not self._goes_on(one.end())) or (
            by_address and not one[0].isupper() and self._leads_to_address(one.end(), RIGHT_TO_ADDRESS)
        ):
            yield one.span()

    def _is_called(self, word: str, at: int, *, needs_given: bool) -> bool:
        """Whether a given name alone is somebody's: in capitals only behind a word in capitals, where little announces it."""
        if not is_given_name(word):
            return False
        return not (word.isupper() and needs_given) or self.text[max(0, at - 5) : at].rstrip()[-1:].isupper()

    def _behind_post(self, start: int, end: int) -> list[Piece]:
        """The known name behind words for a post ("Dyrektor Halina Nowak")."""
        return next((known for part in segments(pieces(self.text, start, end)) if (known := self._cut(around_given_name(part)))), [])

    def _is_turned(self, match: re.Match[str]) -> bool:
        """Whether a surname stands before its given name ("Nowak, Anna"), not two given names in a list."""
        surname = match[1]
        is_word = is_given_name(surname) or name_evidence().is_post(fold(surname))
        is_listed = is_word and fold(surname) not in name_evidence().surnames
        return is_given_name(match[2]) and not (is_listed or is_no_name(surname))

    def _goes_on(self, end: int) -> bool:
        """Whether another capital follows: then the word is part of a name of something else."""
        return self.text.startswith(" ", end) and OPENS_CAPITAL.match(self.text, end + 1) is not None

    def _in_small_letters(self, at: int) -> Iterator[Offsets]:
        """A name without capitals: a known given name, perhaps a surname, and an address behind it ("kontakt: jan nowak, 600 ...")."""
        match = SMALL_NAME.match(self.text, at)
        if match is None or not is_given_name(match[1]):
            return
        has_surname = match[2] is not None and SMALL_NAME_ENDS.match(self.text, match.end(2)) and not any(map(is_no_name, match[2].split()))
        end = match.end(2) if has_surname else match.end(1)
        if not has_surname and fold(match[1]) in name_evidence().also_words:
            return  # "mejla till contact@..."
        is_shouted_alone = match[1].isupper() and not has_surname
        if self._leads_to_address(end, SAME_SENTENCE if is_shouted_alone else TO_ADDRESS):
            yield at, end

    def _beside_role(self, word: ContactWord) -> Iterator[Offsets]:
        text = self.text
        gap = ROLE_GAP.match(text, word.end)
        has_mark = gap is not None and gap["mark"] != ""
        if self._in_title and not has_mark:
            return  # "Recruiter Power Platform"
        first = max(0, word.start - 70)
        for span in full_names(text, first, word.start):
            runs = list(segments(pieces(text, *span)))
            known = self._cut(around_given_name(runs[-1])) if runs else []
            if (
                counted(known) >= 2
                and known[-1].end <= word.start
                and ROLE_GAP_BEFORE.fullmatch(text, known[-1].end, word.start)
                and not is_firm_or_place(self.text, *span_of(known))
            ):
                yield span_of(known)
        if gap is not None:
            for start, end in self._name_at(gap.end(), needs_given=True):
                if has_mark or " " in text[start:end].strip():
                    yield start, end

    def _before_verb(self, word: ContactWord) -> Iterator[Offsets]:
        """The people who do something for those who apply ("Sina and Jan Berg from our team will call you")."""
        first = max(self.text.rfind("\n", max(0, word.start - _BEFORE_VERB), word.start) + 1, word.start - _BEFORE_VERB, 0)
        for stop in SENTENCE_BREAK.finditer(self.text, first, word.start):
            first = stop.end() - 1
        yield from self._known(first, word.start)
        for one in ONE_NAME.finditer(self.text, first, word.start):
            is_whole = not (self.text[one.start() - 1 : one.start()].strip() or self._goes_on(one.end()))
            if is_whole and is_given_name(one[0]) and not is_firm_or_place(self.text, *one.span()):
                yield one.span()

    def _known(self, start: int, end: int) -> Iterator[Offsets]:
        """All full names with a known given name in a stretch of text, and first names that lead to an address."""
        for span in full_names(self.text, start, end):
            for run in segments(pieces(self.text, *span)):
                known = self._cut(around_given_name(run))
                if counted(known) >= 2 and not is_firm_or_place(self.text, *span_of(known)):
                    yield span_of(known)
        for one in ONE_NAME.finditer(self.text, start, end):
            if (
                may_stand_alone(one[0])
                and not is_no_name(one[0])
                and not self._goes_on(one.end())
                and not is_firm_or_place(self.text, *one.span())
                and self._leads_to_address(one.end(), SAME_SENTENCE)
            ):
                yield one.span()

    def _beside_address(self, number: int) -> Iterator[Offsets]:
        text, (start, end) = self.text, self.addresses[number]
        before = self.addresses[number - 1][1] if number else 0
        behind = self._address_starts[number + 1] if number + 1 < len(self.addresses) else len(text)
        for span in self._known(max(before, start - _BEFORE_ADDRESS), start):
            if not SENTENCE_BREAK.search(text, span[1], start):
                yield span
        yield from self._marked_or_opening(max(before, start - _BEFORE_ADDRESS), start)
        for span in self._known(end, min(behind, end + _BEHIND_ADDRESS)):
            if BESIDE.fullmatch(text, end, span[0]):
                yield span
        named = NAMED_IN_BRACKETS.match(text, end)
        if named is not None and is_given_name(named[1]):
            yield named.span(1)

    def _marked_or_opening(self, first: int, start: int) -> Iterator[Offsets]:
        """Names right before an address that begin with a title or an initial ("J. Berg, Tel. ..."); first names that open its sentence."""
        text = self.text
        for span in full_names(text, first, start):
            run = first_segment(pieces(text, *span))
            if (
                counted(run) >= 2
                and is_marked(run)
                and not is_firm_or_place(text, *span_of(run))
                and RIGHT_TO_ADDRESS.fullmatch(text, run[-1].end, start)
            ):
                yield span_of(run)
        for one in ONE_NAME.finditer(text, first, start):
            if (
                may_stand_alone(one[0])
                and not is_no_name(one[0])
                and not self._goes_on(one.end())
                and OPENS.search(text, max(0, one.start() - 4), one.start())
                and not SENTENCE_BREAK.search(text, one.end(), start)
                and not is_firm_or_place(text, *one.span())
            ):
                yield one.span()

    def _further(self, start: int, end: int) -> Iterator[Offsets]:
        """The other people of a list: "Anna Berg (HR) or Per Lund"."""
        for _ in range(6):
            gaps = (gap.end() for form in (RIGHT_NEXT, NEXT) if (gap := form.match(self.text, end)) is not None)
            named = next((names for gap_end in gaps if (names := list(self._name_at(gap_end, needs_given=True)))), [])
            if not named:
                return
            yield from named
            end = named[0][1]

    def _cut(self, run: list[Piece]) -> list[Piece]:
        """The words of a name up to a role that follows it without a mark, or to a word that joins ("Anna Berg i Malmö")."""
        joint = next((at for at, piece in enumerate(run) if piece.word == self._joining), 0)
        run = run[:joint] if joint else run
        if len(run) < 2:
            return run
        at = bisect_left(self._roles, run[1].start)
        role = self._roles[at] if at < len(self._roles) else len(self.text)
        return [piece for piece in run if piece.start < role]

    def _leads_to_address(self, end: int, by: re.Pattern[str]) -> bool:
        """Whether an address or number is near behind a place, with words of some form between."""
        at = bisect_left(self._address_starts, end)
        if at == len(self.addresses) or self._address_starts[at] - end > _NEAR:
            return False
        return by.fullmatch(self.text, end, self._address_starts[at]) is not None

    def _sentence_end(self, start: int, end: int) -> int:
        match = SENTENCE_END.search(self.text, start, min(end, len(self.text)))
        return min(end, len(self.text)) if match is None else match.start()
