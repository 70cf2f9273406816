"""Finds people whom no title, contact word or address announces: every known given name of a text, and every surname behind initials, is
weighed with the words around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from nlp.contact_data.given_names import is_given_name
from nlp.contact_data.name_evidence import NameEvidence, name_evidence
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
    is_firm_word,
    is_no_name,
    pieces,
    segments,
    span_of,
)
from nlp.contact_data.word_finder import ContactWord, WordKind
from nlp.folding import fold

_CAPITALISED: Final = re.compile(rf"[{UPPER}][\w'’]+")
_WITH_INITIALS: Final = re.compile(  # "J. L. Arizmendi", "P.J.M. van den Broek"; one class of characters at the front keeps the search fast
    rf"[{UPPER}](?=\.)(?<![\w.&/-].)(?!(?<=U)\. ?S\.)(?:\. ?(?:[{UPPER}](?=\.))?|\.-[{UPPER}](?=\.)){{1,4}}(?:[a-z]{{2,3}} ){{0,2}}"
    rf"[{UPPER}][{LOWER}]{{3,}}(?:-[{UPPER}][{LOWER}]+)?(?![\w-])"
)
_AND_SONS: Final = re.compile(
    r" (?:a|i|&|und|et|en|y|e|och|and|\+) (?:synov|syn|sohn|söhne|fils|zoon|zonen|zn|hijos?|söner|sons?|spol|co\b|cie|cía|partner"
    r"|kollegen|associés|bros|wspólni)",
    re.IGNORECASE,
)
_BEFORE: Final = 60
_BEHIND: Final = 80
_WORDS_BEFORE: Final = re.compile(r"[^\W\d_][\w'’.&-]*")
_NEXT_WORD: Final = re.compile(r"[ \t]{0,2}([^\W\d_][\w'’-]*)")
_ROLE_BEHIND: Final = re.compile(r"(?:,|\s?[(–—|/-]|\s?\n)[ \t\n]*(?:[^\W\d_][\w'’.-]*[ \t/-]{1,2}){0,3}([^\W\d_][\w'’-]*)")
_NUMBER_BEHIND: Final = re.compile(r"[ \t,]{1,2}(?:\d{1,3} ?[a-zA-Z]?(?![\w:])|č\. ?p\.|Nr domu)")
_RUN_BEHIND: Final = re.compile(rf"(?:['’]?s?[/ \t]{{1,2}}|\n)(?:[{UPPER}][\w.&'’-]*[ \t]?){{1,4}}")
_SENTENCE_START: Final = re.compile(r"(?:\A|[.!?:;•–\n|\"„“(]|\n//?)\s*\Z")
_BESIDE_PERSON: Final = re.compile(r"(?: \([^()\n]{1,40}\))?(?:,? (?:and|und|et|en|y|e|och|i|oraz|a|&)(?: (?:de|with|mit|z|s|van))? |, )")
_CLAUSE: Final = re.compile(r"[^.;:\n(]*")
_CLAUSE_BEFORE: Final = re.compile(r"(?:[^.,;:\n()]|(?<=\b\w\w)\.|(?<=\b\w{4})\.)*\Z")
_ADDRESS_BEFORE: Final = re.compile(
    r"\b(?:ul|ulica|adres|adresa|adresse|address|miejsce pracy|miejscowość|lokalizacja|místo[^:\n]{0,20}|pracoviště|lieu[^:\n]{0,20}"
    r"|location|ort|arbeitsort|standort|plaats|standplaats|plats|lugar[^:\n]{0,20}|ubicación|localidad):\s*\Z",
    re.IGNORECASE,
)
_EMPLOYS_WITHIN: Final = 45
_INSTITUTION_WITHIN: Final = 40
_NEAR_CONTACT: Final = 80
_WORD_MARKS: Final = tuple("@.-_/")
_GOES_ON: Final = re.compile(rf"[-&+/@_\w]|[ \t](?:[{UPPER}&+]|\d)|\.\w|['’]s")
_CLAUSE_END: Final = re.compile(r"[.,;:!?)\n]|\Z| [^\W\d_]")
_MARKS: Final = ' \t.,;:!?()[]{}*•|/–—-"„“”«»'
_QUOTATION_BEFORE: Final = re.compile(r"[\"„“”«»'’][,.!]?\s{0,2}[-–—(]?\s?\Z")
_QUOTATION: Final = frozenset('"„“”«»:')
_SHORTEST_QUOTATION: Final = 4  # words; shorter ones are names of products and slogans
_QUOTES: Final = '"„“”«»'
_MOST_SURNAMES: Final = {"es": 3, "pt": 3, "ca": 3}
_JOINING: Final = frozenset(("i", "y", "e"))


def unannounced_names(text: str, words: Sequence[ContactWord], *, language: str | None, employer: str | None) -> Iterator[Offsets]:
    """People's names anywhere in a text, as far as what stands around them tells that they are; none that the employer's name holds.

    `words` are the text's contact words.
    """
    places = [place for word in set(_CAPITALISED.findall(text)) if _is_known(word) for place in _places(text, word)]
    with_initials = [match.span() for match in _WITH_INITIALS.finditer(text)]
    if not (places or with_initials):
        return
    finder = _Finder(text, words, language, fold(employer or "").split())
    done = 0
    for start, end in sorted([*places, *with_initials]):
        if start >= done and (named := finder.name_at(start, end)) is not None:
            done = named[1]
            yield named


def _places(text: str, word: str) -> Iterator[Offsets]:
    """Where a word stands, not as a part of another."""
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum()):
            yield at, end
        at = text.find(word, end)


def _all_places(text: str, words: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + len(words))


@lru_cache(maxsize=65536)
def _is_known(word: str) -> bool:
    return is_given_name(word)


class _Finder:
    """Weighs the names of one text."""

    def __init__(self, text: str, words: Sequence[ContactWord], language: str | None, employer: Sequence[str]) -> None:
        self.text = text
        self._contact_words = [word.start for word in words if word.kind not in (WordKind.PHONE, WordKind.HONORIFIC)]
        self.language = language
        self.employer = frozenset(employer)
        self.evidence: NameEvidence = name_evidence()
        self.weights = self.evidence.weights
        self._last_end = 0
        self._words: dict[str, bool] = {}
        self._firms: dict[str, bool] = {}

    def name_at(self, start: int, end: int) -> Offsets | None:
        """The name that holds the given name at a place, None where it is too unlikely."""
        if self.text[start + 1 : start + 2] == ".":
            return self._with_initials(start, end)
        run = self._run_around(start)
        if counted(run) < 2:
            return (start, end) if self._is_alone(start, end) else None
        first, last = span_of(run)
        points = self._of_words(run) + self._of_surroundings(first, last)
        is_turned = not is_given_name(next(piece.word for piece in run if piece.counts))
        threshold = self.weights["single_threshold" if is_turned else "threshold"]
        if points < threshold or points + self._against(run, first, last) < threshold:
            return None
        self._last_end = last
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
        if folded.endswith(evidence.noun_endings) or folded in evidence.things or self._is_word(surname):
            return None
        last = (self._before(start)[1] or [""])[-1] if text[start - 1 : start] == " " and text[start - 2 : start - 1].isalnum() else ""
        is_surname = self._is_surname(folded)
        told = weights["introduced"] * self._is_introduced(start) + weights["said"] * (last in evidence.said)
        told += weights["beside_person"] * (_BESIDE_PERSON.fullmatch(text, self._last_end, start) is not None)
        if is_surname or len(letters) > 1:  # "řidič Č. Budějovice", "driver N. Ireland"
            told += weights["role_before"] * evidence.is_post(last) + self._of_role_behind(end)
        points = weights["initials"] + weights["surname"] * is_surname + told
        if not told or points < weights["single_threshold"] or points + self._against(run, start, end) < weights["single_threshold"]:
            return None
        self._last_end = end
        return start, end

    def _run_around(self, at: int) -> list[Piece]:
        text = self.text
        first = max(text.rfind("\n", 0, at) + 1, at - _BEFORE)
        while first and first < at and not text[first - 1].isspace():
            first += 1
        for span in full_names(text, first, min(len(text), at + _BEHIND)):
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
        points += weights["surname"] * any(self._is_surname(word) for word in others or [fold(names[-1].word)])
        points += weights["initial"] * any(piece.is_initial for piece in run)
        points += weights["two_given"] * (sum(given) > 1 or "-" in names[0].word)
        points += weights["many_words"] * (len(names) > 3)
        points += weights["noun_ending"] * any(word.endswith(evidence.noun_endings) and not self._is_surname(word) for word in others)
        points += weights["thing"] * (not evidence.things.isdisjoint(part for word in others for part in word.split()))
        points += weights["word"] * any(self._is_word(piece.word) for piece in names)
        if not given[0]:
            points += weights["turned"]
            points += weights["turned_capitals"] * (names[0].word.isupper() and not names[-1].word.isupper())
        elif names[0].word.isupper() and len(names[0].word) > 1:
            points += weights["capitals"]
        return points

    def _is_surname(self, word: str) -> bool:
        last = word.rsplit(maxsplit=1)[-1]
        return last in self.evidence.surnames or (len(last) > 4 and last.endswith(self.evidence.surname_endings))

    def _is_word(self, word: str) -> bool:
        """Whether the text has a word of the name in small letters too."""
        if word not in self._words:
            self._words[word] = self._stands_in_small_letters(word)
        return self._words[word]

    def _stands_in_small_letters(self, word: str) -> bool:
        text, small, at = self.text, word.lower(), 0
        while (at := text.find(small, at)) >= 0:
            before, behind = text[max(0, at - 1) : at], text[at + len(small) : at + len(small) + 1]
            at += len(small)
            if not (before.isalnum() or behind.isalnum() or before in _WORD_MARKS or behind in _WORD_MARKS):
                return small != word
        return False

    def _of_surroundings(self, start: int, end: int) -> float:
        """What stands before and behind a name."""
        weights, evidence, text = self.weights, self.evidence, self.text
        before, words = self._before(start)
        points = weights["introduced"] * self._is_introduced(start)
        points += weights["beside_person"] * (_BESIDE_PERSON.fullmatch(text, self._last_end, start) is not None)
        last = words[-1] if words else ""
        points += weights["role_before"] * evidence.is_post(last)
        if before[-1:] in (" ", "\t") and before[-2:-1].isalnum():
            points += weights["person_preposition"] * (last in evidence.person_prepositions)
            points += weights["place_preposition"] * (last in evidence.place_prepositions)
            points += weights["article"] * (last in evidence.articles)
        points += weights["verb_behind"] * (self._has_verb_behind(end) or self._is_speaking(start, end))
        points += weights["said"] * (last in evidence.said)
        role = _ROLE_BEHIND.match(text, end, end + 60)
        points += weights["role_behind"] * (role is not None and any(map(evidence.is_post, fold(role[0]).split())))
        points += weights["comma_both"] * (before.rstrip().endswith(",") and text.startswith(",", end))
        points += weights["brackets"] * (before.endswith("(") or text.startswith(" (", end))
        line = text[text.rfind("\n", 0, start) + 1 : start] + text[end : text.find("\n", end) % (len(text) + 1)]
        points += weights["own_line"] * (not line.strip(_MARKS))
        points += weights["near_contact"] * any(abs(at - start) < _NEAR_CONTACT for at in self._contact_words)
        return points

    def _before(self, start: int) -> tuple[str, list[str]]:
        before = self.text[max(0, start - _BEFORE) : start]
        return before, [fold(word).strip(".") for word in _WORDS_BEFORE.findall(before)[-4:]]

    def _is_introduced(self, start: int) -> bool:
        return f" {' '.join(self._before(start)[1])}".endswith(self.evidence.introducing)

    def _has_verb_behind(self, end: int) -> bool:
        following = _NEXT_WORD.match(self.text, end + (self.text[end : end + 1] == ","))
        return following is not None and following[1][0].islower() and fold(following[1]) in self.evidence.verbs

    def _against(self, run: Sequence[Piece], start: int, end: int) -> float:
        """What makes a name one of something else: firms, streets, well-known people, the employer."""
        weights, text = self.weights, self.text
        own = frozenset(part for piece in run if piece.counts for part in fold(piece.word).removesuffix("'s").split())
        points = weights["famous"] * any(name <= own for name in self.evidence.famous)
        points += weights["employer"] * (own <= self.employer)
        points += self._of_firms(start, end, introduced=self._is_introduced(start))
        points += weights["address"] * (_ADDRESS_BEFORE.search(text, max(0, start - _BEFORE), start) is not None)
        points += weights["number_behind"] * (_NUMBER_BEHIND.match(text, end) is not None)
        points += weights["quoted"] * (text[start - 1 : start] in tuple(_QUOTES) or text[end : end + 1] in tuple(_QUOTES))
        following = _RUN_BEHIND.match(text, end)
        is_firm = following is not None and any(map(is_firm_word, following[0].split()))
        points += weights["firm"] * (is_firm or self._is_firm_anywhere(start, end))
        goes_on = following is not None and following[0][0] == " " and self._is_unknown(following[0].split()[0])
        points += weights["capital_beside"] * (goes_on or self._has_capital_before(start))
        return points

    def _of_firms(self, start: int, end: int, *, introduced: bool) -> float:
        """What stands around the names of employers, brands, schools and streets."""
        weights, evidence, text = self.weights, self.evidence, self.text
        behind = f" {' '.join(fold(word) for word in _WORDS_BEFORE.findall(_CLAUSE.match(text, end, end + _EMPLOYS_WITHIN)[0]))} "  # type: ignore[index]
        points = weights["employs"] * any(verb in behind for verb in evidence.employing)
        points += weights["named_after"] * (behind.split(" ", 2)[1] in evidence.named_after)
        clause = _CLAUSE_BEFORE.search(text, max(0, start - _INSTITUTION_WITHIN), start)
        words = () if clause is None else map(fold, _WORDS_BEFORE.findall(clause[0].replace(".", " "))[-5:])
        if introduced:
            return points
        return points + weights["institution"] * (
            not (evidence.institutions.isdisjoint(words) or self._is_of_post(clause[0] if clause else ""))
        )

    def _is_of_post(self, before: str) -> bool:
        """Whether somebody's post is what stands before ("Dyrektor Muzeum – ")."""
        words = before.rstrip()
        return words.endswith(("-", "–", "—")) and any(map(self.evidence.is_post, map(fold, _WORDS_BEFORE.findall(words))))

    def _is_unknown(self, word: str) -> bool:
        return not (is_no_name(word) or self.evidence.is_post(fold(word)))

    def _has_capital_before(self, start: int) -> bool:
        """Whether a word with a capital stands right before, within a sentence, that is no role and no known word."""
        match = re.search(rf"[{UPPER}][\w'’.-]*[ \t]\Z", self.text[max(0, start - 40) : start])
        if match is None:
            return False
        at = max(0, start - 40) + match.start()
        return self._is_unknown(match[0].strip()) and not _SENTENCE_START.search(self.text[max(0, at - 3) : at])

    def _is_firm_anywhere(self, start: int, end: int) -> bool:
        words = self.text[start:end]
        if words not in self._firms:
            self._firms[words] = any(is_firm_or_place(self.text, at, at + len(words)) for at in _all_places(self.text, words))
        return self._firms[words]

    def _is_alone(self, start: int, end: int) -> bool:
        """Whether a given name without another word is a person: a colleague with a role, somebody who speaks or whom one works with."""
        weights, evidence, text = self.weights, self.evidence, self.text
        beside = self._beside_others(start, end)
        if not may_stand_alone(text[start:end]) or (not beside and _GOES_ON.match(text, end)) or self._has_capital_before(start):
            return False
        if is_firm_or_place(text, start, end):
            return False
        before, words = self._before(start)
        last = words[-1] if before[-1:] in (" ", "\t") and before[-2:-1].isalnum() and words else ""
        is_post = evidence.is_post(last)
        word = (before.split() or [""])[-1]
        if word[:1].isupper() and not (is_post or beside) and (word == "St." or self._is_unknown(word)):
            return False
        points = weights["single"] + weights["role_before"] * is_post + weights["companion"] * (last in evidence.companions)
        points += weights["own_role"] * (is_post and not evidence.own.isdisjoint(words[-4:-1]))
        points += weights["verb_behind"] * (is_post and self._has_verb_behind(end))
        points += weights["clause_end"] * (_CLAUSE_END.match(text, end) is not None)
        points += weights["introduced"] * self._is_introduced(start)
        points += weights["said"] * ((last in evidence.said and word.islower()) or self._is_speaking(start, end))
        points += weights["behind_quotation"] * (len(words) >= _SHORTEST_QUOTATION and _QUOTATION_BEFORE.search(before) is not None)
        points += weights["person_preposition"] * (last in evidence.person_prepositions - evidence.companions)
        beside += self._of_role_behind(end)
        points += beside + weights["opens"] * (beside > 0 and _SENTENCE_START.search(before) is not None)
        if not self._is_introduced(start):  # "am" is an English verb and a German article
            points += weights["place_preposition"] * (last in evidence.place_prepositions) + weights["article"] * (
                last in evidence.articles
            )
        points += weights["number_behind"] * (_NUMBER_BEHIND.match(text, end) is not None)
        if points < weights["single_threshold"]:
            return False
        self._last_end = end
        return True

    def _is_speaking(self, start: int, end: int) -> bool:
        """Whether a verb of speaking stands behind a name, and a quotation near; tools explain and report too."""
        following = _NEXT_WORD.match(self.text, end)
        if following is None or not following[1].islower() or fold(following[1]) not in self.evidence.said:
            return False
        return not _QUOTATION.isdisjoint(self.text[max(0, start - _BEFORE) : end + _BEHIND])

    def _of_role_behind(self, end: int) -> float:
        """What a role behind a given name tells: more where it is "our" or "my" one."""
        role = _ROLE_BEHIND.match(self.text, end, end + 60)
        words = [] if role is None else fold(role[0]).split()
        if not any(map(self.evidence.is_post, words)):
            return 0
        return self.weights["single_role_behind"] + self.weights["own_role"] * (not self.evidence.own.isdisjoint(words))

    def _beside_others(self, start: int, end: int) -> float:
        """What others beside a given name tell, people that were found and given names ("Bram, Noor en Chidi")."""
        points = 0.0
        if _BESIDE_PERSON.fullmatch(self.text, self._last_end, start) is not None:
            points += self.weights["beside_person"] + self.weights["beside_given"]
        gap = _BESIDE_PERSON.match(self.text, end)
        other = None if gap is None else _CAPITALISED.match(self.text, gap.end())
        return points + self.weights["beside_given"] * (other is not None and may_stand_alone(other[0]))


def may_stand_alone(word: str) -> bool:
    """Tell whether a given name is enough to think of a person: no other word, no code."""
    return len(word) > 2 and word[1:].islower() and is_given_name(word) and fold(word) not in name_evidence().also_words
