"""Finds people whom no title, contact word or address announces: every known given name of a text, and every surname behind initials, is
weighed with the words around it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from nlp.characters import places_of
from nlp.contact_data.given_names import is_given_name
from nlp.contact_data.name_extent import title_before
from nlp.contact_data.name_forms import (
    I_JOINS,
    LOWER,
    PARTICLE_WORDS,
    UPPER,
    Offsets,
    Piece,
    around_given_name,
    counted,
    full_names,
    is_firm_or_place,
    is_no_name,
    pieces,
    segments,
    span_of,
)
from nlp.contact_data.name_surroundings import (
    BEFORE,
    BEHIND,
    BESIDE_PERSON,
    CAPITALISED,
    NUMBER_BEHIND,
    SENTENCE_START,
    Surroundings,
    may_stand_alone,
)
from nlp.contact_data.word_finder import ContactWord
from nlp.folding import fold

_WITH_INITIALS: Final = re.compile(  # "J. L. Arizmendi", "P.J.M. van den Broek"; one class of characters at the front keeps the search fast
    rf"[{UPPER}](?=\.)(?<![\w.&/-].)(?!(?<=U)\. ?S\.)(?:\. ?(?:[{UPPER}](?=\.))?|\.-[{UPPER}](?=\.)){{1,4}}(?:[a-z]{{2,3}} ){{0,2}}"
    rf"(?:[{UPPER}][{LOWER}]{{3,}}|[AE][lbn](?=-))(?:-[{UPPER}][{LOWER}]+)?(?![\w-])"
)
_AND_SONS: Final = re.compile(
    r" (?:a|i|&|und|et|en|y|e|och|and|\+) (?:synov|syn|sohn|söhne|fils|zoon|zonen|zn|hijos?|söner|sons?|spol|co\b|cie|cía|partner"
    r"|kollegen|associés|bros|wspólni)",
    re.IGNORECASE,
)
_GOES_ON: Final = re.compile(rf"[-&+/@_\w]|[ \t](?:[{UPPER}&+]|\d)|\.\w|['’]s")
_CLAUSE_END: Final = re.compile(r"[.,;:!?)\n]|\Z| [^\W\d_]")
_QUOTATION_BEFORE: Final = re.compile(r"[\"„“”«»'’][,.!]?\s{0,2}[-–—(]?\s?\Z")
_SHORTEST_QUOTATION: Final = 4  # words; shorter ones are names of products and slogans
_CAPITAL_WORD: Final = rf"[{UPPER}][{LOWER}'’]+(?:-[{UPPER}][{LOWER}]+)?"
_SURNAME_BEFORE: Final = re.compile(
    rf"(?:\A|[\n:;•]\s{{0,2}}|\n?[-–—*] |, )((?:(?i:van|von|de|der|den|di|da|del|la|al|el|ben)[ -]){{0,3}}{_CAPITAL_WORD}"
    rf"(?: {_CAPITAL_WORD})?), \Z"
)
_GIVEN_ENDS: Final = re.compile(rf"(?:-[{UPPER}][{LOWER}]+)?(?: {_CAPITAL_WORD})?(?=\s?[(,;\n–]|\.?\Z|\.\s| \+?\d)")
_BRANCHES: Final = re.compile(
    r"(?:[Ff]ilialen|[Ss]tandorte|[Oo]ffices|[Bb]ranches|[Aa]gences|[Oo]ddziały|[Pp]obočky|[Vv]estigingen|[Ss]ucursales|[Kk]ontor):"
)
_SECOND_PART: Final = re.compile(rf"-(?:[{UPPER}][{LOWER}]+|[a-z]{{2,3}})(?![\w-])")  # "Lena-Sophie", "Hyun-woo"
_NEXT_LINE: Final = re.compile(r"(?:,? [^\n]{0,40}| ?\([^()\n]{1,40}\))?\n[-•* ]{0,3}")
_NUMBER_NEAR: Final = re.compile(r"[^\n\d@]{0,40}(?:\+?\(?\d[\d ()/.-]{5}|[\w.-]{1,40}@)")
_MOST_SURNAMES: Final = {"es": 3, "pt": 3, "ca": 3}
_JOINING: Final = frozenset(("i", "y", "e"))


def unannounced_names(
    text: str, words: Sequence[ContactWord], *, language: str | None, employer: str | None, known: Iterable[Offsets] = ()
) -> Iterator[Offsets]:
    """People's names anywhere in a text, as far as what stands around them tells that they are; none that the employer's name holds.

    `words` are the text's contact words, `known` the people found otherwise.
    """
    places = [place for word in set(CAPITALISED.findall(text)) if _is_known(word) for place in _places(text, word)]
    with_initials = [match.span() for match in _WITH_INITIALS.finditer(text)]
    if not (places or with_initials):
        return
    finder = _Finder(text, words, language, fold(employer or "").split())
    ends = sorted(end for _, end in known)
    done = 0
    for start, end in sorted([*places, *with_initials]):
        if ends and (before := bisect_right(ends, start)):
            finder.around.last_end = max(finder.around.last_end, ends[before - 1])
        if start >= done and (named := finder.name_at(start, end)) is not None:
            done = named[1]
            yield named


def _places(text: str, word: str) -> Iterator[Offsets]:
    """Where a word stands, not as a part of another."""
    for start in places_of(text, word):
        end = start + len(word)
        if not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum()):
            yield start, end


@lru_cache(maxsize=65536)
def _is_known(word: str) -> bool:
    return is_given_name(word)


class _Finder:
    """Weighs the names of one text."""

    def __init__(self, text: str, words: Sequence[ContactWord], language: str | None, employer: Sequence[str]) -> None:
        self.text = text
        self.language = language
        self.around = Surroundings(text, words, employer)
        self.evidence = self.around.evidence
        self.weights = self.around.weights

    def name_at(self, start: int, end: int) -> Offsets | None:
        """The name that holds the given name at a place, None where it is too unlikely."""
        if self.text[start + 1 : start + 2] == ".":
            return self._with_initials(start, end)
        run = self._run_around(start)
        if counted(run) < 2:
            end = end if (double := _SECOND_PART.match(self.text, end)) is None else double.end()
            return self._turned(start, end) or ((start, end) if self._is_alone(start, end) else None)
        first, last = span_of(run)
        points = self._of_words(run) + self.around.of_surroundings(first, last)
        is_turned = not is_given_name(next(piece.word for piece in run if piece.counts))
        threshold = self.weights["surname_threshold" if is_turned else "threshold"]
        if points < threshold or points + self.around.against(run, first, last) < threshold:
            return None
        self.around.last_end = last
        return first, last

    def _with_initials(self, start: int, end: int) -> Offsets | None:
        """A surname behind initials, where a phrase, a post right before it or a mark and a post behind it tell that it is one."""
        weights, evidence, text = self.weights, self.evidence, self.text
        run = pieces(text, start, end)
        surname = run[-1].word
        folded = fold(surname)
        letters = "".join(filter(str.isupper, text[start : run[-1].start]))
        if is_no_name(surname) or _AND_SONS.match(text, end) or evidence.is_post(folded) or letters in evidence.letters:
            return None
        if folded.endswith(evidence.noun_endings) or folded in evidence.things or self.around.is_word(surname):
            return None
        last = self.around.right_before(start)
        is_surname = self.around.is_surname(folded)
        told = weights["introduced"] * self.around.is_introduced(start) + weights["said"] * (last in evidence.said)
        is_beside = BESIDE_PERSON.fullmatch(text, self.around.last_end, start) or _NEXT_LINE.fullmatch(text, self.around.last_end, start)
        told += (weights["beside_person"] + weights["beside_given"]) * (is_beside is not None)
        told += weights["beside_person"] * self.around.full_name_in_list(end)
        told += weights["role_before"] * (title_before(text, start) is not None)
        if is_surname or len(letters) > 1:  # "řidič Č. Budějovice", "driver N. Ireland"
            told += weights["role_before"] * evidence.is_post(last) + self.around.of_role_behind(end)
        points = weights["initials"] + weights["surname"] * is_surname + told
        if (
            not told
            or points < weights["surname_threshold"]
            or points + self.around.against(run, start, end) < weights["surname_threshold"]
        ):
            return None
        self.around.last_end = end
        return start, end

    def _turned(self, start: int, end: int) -> Offsets | None:
        """The name whose surname stands before a comma before a given name, in a line about contacts: "Nguyen, Linh (HR) 088 555 09 14"."""
        before = _SURNAME_BEFORE.search(self.text, max(0, start - BEFORE), start)
        behind = _GIVEN_ENDS.match(self.text, end)
        if (
            before is None
            or behind is None
            or not may_stand_alone(self.text[start:end])
            or _BRANCHES.search(self.text, max(0, start - 90), start)
        ):
            return None
        surname = pieces(self.text, *before.span(1))
        if any(piece.counts and (is_no_name(piece.word) or self.evidence.is_post(fold(piece.word))) for piece in surname):
            return None
        is_given = is_given_name(surname[-1].word) and not self.around.is_surname(fold(surname[-1].word))
        if is_given or not (_NUMBER_NEAR.match(self.text, end) or self.around.of_role_behind(end) or self.around.is_near_contact(start)):
            return None
        self.around.last_end = behind.end()
        return before.start(1), behind.end()

    def _run_around(self, at: int) -> list[Piece]:
        text = self.text
        first = max(text.rfind("\n", 0, at) + 1, at - BEFORE)
        while first and first < at and not text[first - 1].isspace():
            first += 1
        for span in full_names(text, first, min(len(text), at + BEHIND)):
            if span[0] <= at < span[1]:
                joints = [piece.start for piece in pieces(text, *span) if piece.word in _JOINING and self._joins(piece.word)]
                begin = max((joint + 2 for joint in joints if joint < at), default=span[0])
                stop = min((joint for joint in joints if joint > at), default=span[1])
                runs = segments(pieces(text, begin, stop))
                return self._cut(next((around_given_name(run) for run in runs if run[0].start <= at < run[-1].end), []))
        return []

    def _joins(self, word: str) -> bool:
        return word != "i" or self.language in I_JOINS

    def _cut(self, run: list[Piece]) -> list[Piece]:
        """Up to two surnames, three in Spanish, behind the given names, and none that is a role."""
        kept: list[Piece] = []
        left = _MOST_SURNAMES.get(self.language or "", 2)
        for piece in run:
            if kept and piece.counts and fold(piece.word) in self.evidence.roles:
                break
            if piece.counts and not is_given_name(piece.word):
                left -= 1
                if left < 0:
                    break
            kept.append(piece)
        while kept and kept[0].word.islower() and not kept[0].is_initial and kept[0].word.lower() in PARTICLE_WORDS:
            kept.pop(0)  # "ich bin Torben", "de Claire"
        while kept and not (kept[-1].counts or kept[-1].is_initial):
            kept.pop()
        while len(kept) > 1 and self.evidence.is_post(fold(kept[0].word)) and not is_given_name(kept[0].word):
            kept.pop(0)  # "Undersköterska Vilma"
        return kept

    def _of_words(self, run: Sequence[Piece]) -> float:
        """What the name's own words tell."""
        weights, evidence = self.weights, self.evidence
        names = [piece for piece in run if piece.counts]
        given = [is_given_name(piece.word) for piece in names]
        others = [fold(piece.word) for piece, known in zip(names, given, strict=True) if not known]
        is_word = all(fold(piece.word) in evidence.also_words for piece, known in zip(names, given, strict=True) if known)
        points = weights["given_is_word" if is_word else "given"]
        points += weights["surname"] * any(self.around.is_surname(word) for word in others or [fold(names[-1].word)])
        points += weights["initial"] * any(piece.is_initial for piece in run)
        points += weights["two_given"] * (sum(given) > 1 or "-" in names[0].word)
        points += weights["many_words"] * (len(names) > 3 and 2 * sum(given) < len(names))
        points += weights["noun_ending"] * any(word.endswith(evidence.noun_endings) and not self.around.is_surname(word) for word in others)
        points += weights["thing"] * (not evidence.things.isdisjoint(part for word in others for part in word.split()))
        points += weights["word"] * any(self.around.is_word(piece.word) for piece in names)
        if not given[0]:
            points += weights["turned"]
            points += weights["turned_capitals"] * (names[0].word.isupper() and not names[-1].word.isupper())
        elif names[0].word.isupper() and len(names[0].word) > 1:
            points += weights["capitals"]
        return points

    def _is_alone(self, start: int, end: int) -> bool:
        """Whether a given name without another word is a person: a colleague with a role, somebody who speaks or whom one works with."""
        weights, evidence, text = self.weights, self.evidence, self.text
        beside = self.around.beside_others(start, end)
        if not may_stand_alone(text[start:end]) or (not beside and _GOES_ON.match(text, end)) or self.around.has_capital_before(start):
            return False
        if is_firm_or_place(text, start, end) or text[start - 1 : start] == "-" or self.around.is_in_list_of_places(start):
            return False
        before, words = self.around.before(start)
        last = self.around.right_before(start)
        is_post = evidence.is_post(last)
        word = (before.split() or [""])[-1]
        if word[:1].isupper() and not (is_post or beside) and (word == "St." or self.around.is_unknown(word)):
            return False
        points = weights["single"] + weights["roster"] * self.around.is_in_roster(start, end)
        points += (
            weights["named_group"] * (last in evidence.groups)
            + weights["role_before"] * is_post
            + weights["companion"] * (last in evidence.companions)
        )
        points += weights["own_role"] * (is_post and not evidence.own.isdisjoint(words[-4:-1]))
        points += weights["verb_behind"] * (is_post and self.around.has_verb_behind(end))
        points += weights["clause_end"] * (_CLAUSE_END.match(text, end) is not None)
        points += weights["introduced"] * self.around.is_introduced(start)
        points += weights["said"] * ((last in evidence.said and word.islower()) or self.around.is_speaking(start, end))
        points += weights["behind_quotation"] * (len(words) >= _SHORTEST_QUOTATION and _QUOTATION_BEFORE.search(before) is not None)
        points += weights["person_preposition"] * (last in evidence.person_prepositions - evidence.companions)
        beside += self.around.of_role_behind(end)
        points += beside + weights["opens"] * (beside > 0 and SENTENCE_START.search(before) is not None)
        if not self.around.is_introduced(start):  # "am" is an English verb and a German article
            points += weights["place_preposition"] * (last in evidence.place_prepositions) + weights["article"] * (
                last in evidence.articles
            )
        points += weights["number_behind"] * (NUMBER_BEHIND.match(text, end) is not None)
        if points < weights["alone_threshold"]:
            return False
        self.around.last_end = end
        return True
