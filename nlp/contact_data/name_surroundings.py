"""What stands around a possible name and tells for or against its being a person's: words before and behind, marks, firms, streets.

Weights are in points, see name_evidence.yaml.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from nlp.characters import places_of
from nlp.contact_data.contact_gaps import AND
from nlp.contact_data.given_names import is_given_name
from nlp.contact_data.name_evidence import NameEvidence, name_evidence
from nlp.contact_data.name_forms import UPPER, Piece, is_firm_or_place, is_firm_word, is_no_name
from nlp.contact_data.word_finder import ContactWord, WordKind
from nlp.folding import fold

BEFORE: Final = 60
BEHIND: Final = 80
CAPITALISED: Final = re.compile(rf"[{UPPER}][\w'’]+")
NUMBER_BEHIND: Final = re.compile(  # a house number, no age and no year of training
    r"[ \t,]{1,2}(?:\d{1,3} ?[a-zA-Z]?(?![\w:])(?!\.? ?(?:Ausbildungsjahr|Lehrjahr|Jahre|Semester|let|rok|lata?|år|years?|ans|años|jaar)\b)"
    r"|č\. ?p\.|Nr domu)"
)
SENTENCE_START: Final = re.compile(r"(?:\A|[.!?:;•–\n|\"„“(]|\n//?)\s*\Z")
BESIDE_PERSON: Final = re.compile(r"(?: \([^()\n]{1,40}\))?(?:,? (?:and|und|et|en|y|e|och|i|oraz|a|&)(?: (?:de|with|mit|z|s|van))? |, )")
_WORDS_BEFORE: Final = re.compile(r"[^\W\d_][\w'’.&-]*")
_NEXT_WORD: Final = re.compile(r"[ \t]{0,2}([^\W\d_][\w'’-]*)")
_ROLE_BEHIND: Final = re.compile(r"(?:,|\s?[(–—|/-]|\s?\n)[ \t\n]*(?:[^\W\d_][\w'’.-]*[ \t/-]{1,2}){0,3}([^\W\d_][\w'’-]*)")
_RUN_BEHIND: Final = re.compile(rf"(?:['’]?s?[/ \t]{{1,2}}|\n)(?:[{UPPER}][\w.&'’-]*[ \t]?){{1,4}}")
_CLAUSE: Final = re.compile(r"[^.;:\n(]*")
_CLAUSE_BEFORE: Final = re.compile(r"(?:[^.,;:\n()]|(?<=\b\w\w)\.|(?<=\b\w{4})\.)*\Z")
_ADDRESS_BEFORE: Final = re.compile(
    r"\b(?:ul|ulica|adres|adresa|adresse|address|miejsce pracy|miejscowość|lokalizacja|místo[^:\n]{0,20}|pracoviště|lieu[^:\n]{0,20}"
    r"|location|ort|arbeitsort|standort|plaats|standplaats|plats|lugar[^:\n]{0,20}|ubicación|localidad):\s*\Z",
    re.IGNORECASE,
)
_SURNAME_BEHIND: Final = re.compile(rf" (?:(?:van|von|de|der|den|di|da|del|el|al|ben) ){{0,2}}[{UPPER}][\w'’-]+")
_OPENS_ITEM: Final = re.compile(r"(?:\A|\n)[ \t]*(?:[-–•*✔·][ \t]*)?\Z|:[ \t]\Z")
_COLLEAGUES: Final = re.compile(r"\b(?:[Tt]eam|équipe|equipo|zesp[oó]|tým|[Kk]olleg|[Cc]olleague|[Cc]ollega|compañeros|collègues)")
_HEADING_WITHIN: Final = 200
_IS_ITEM: Final = re.compile(r"\s*[-–•*✔·]|\s*\Z")
_SENTENCE_END: Final = re.compile(r"[.!?]\s+")
_ITEM_GOES_ON: Final = re.compile(r"(?: \(|, | [–—-] |: [\"„“«])[^\W\d_]")
_PLACES_BEFORE: Final = re.compile(rf"(?<!\w)([^\W\d_]+)(?: [{UPPER}][\w'’-]+,?){{1,4}}(?: (?:{AND}))? \Z")
_MOST_IN_LIST: Final = 4
_ENOUGH_BESIDE: Final = 2  # points
_ROLE_WITHIN: Final = 60
_EMPLOYS_WITHIN: Final = 45
_INSTITUTION_WITHIN: Final = 40
_NEAR_CONTACT: Final = 80
_WORD_MARKS: Final = tuple("@.-_/")
_MARKS: Final = ' \t.,;:!?()[]{}*•|/–—-"„“”«»'
_QUOTATION: Final = frozenset('"„“”«»:')
_QUOTES: Final = '"„“”«»'


class Surroundings:
    """What one text tells of the names in it."""

    def __init__(self, text: str, words: Sequence[ContactWord], employer: Sequence[str]) -> None:
        self.text = text
        self.employer = frozenset(employer)
        self.evidence: NameEvidence = name_evidence()
        self.weights = self.evidence.weights
        self.last_end = 0  # of the person found last
        self._contact_words = [word.start for word in words if word.kind not in (WordKind.PHONE, WordKind.HONORIFIC)]
        self._words: dict[str, bool] = {}
        self._firms: dict[str, bool] = {}

    def is_surname(self, word: str) -> bool:
        """Whether a folded word is a common surname or ends as surnames do."""
        last = word.rsplit(maxsplit=1)[-1]
        return last in self.evidence.surnames or (len(last) > 4 and last.endswith(self.evidence.surname_endings))

    def is_word(self, word: str) -> bool:
        """Whether the text has a word of the name in small letters too."""
        if word not in self._words:
            self._words[word] = self._stands_in_small_letters(word)
        return self._words[word]

    def of_surroundings(self, start: int, end: int) -> float:
        """What stands before and behind a name."""
        weights, evidence, text = self.weights, self.evidence, self.text
        before, words = self.before(start)
        points = weights["introduced"] * self.is_introduced(start)
        points += weights["beside_person"] * (BESIDE_PERSON.fullmatch(text, self.last_end, start) is not None)
        last = words[-1] if words else ""
        is_post = evidence.is_post(last) or (len(words) > 1 and before.split()[-1].islower() and evidence.is_post(words[-2]))
        points += weights["role_before"] * is_post
        right_before = self.right_before(start)
        points += weights["person_preposition"] * (right_before in evidence.person_prepositions)
        points += weights["place_preposition"] * (right_before in evidence.place_prepositions)
        points += weights["article"] * (right_before in evidence.articles)
        points += weights["verb_behind"] * (self.has_verb_behind(end) or self.is_speaking(start, end))
        points += weights["said"] * (last in evidence.said)
        points += weights["role_behind"] * bool(self._post_behind(end))
        points += weights["comma_both"] * (before.rstrip().endswith(",") and text.startswith(",", end))
        points += weights["brackets"] * (before.endswith("(") or text.startswith(" (", end))
        line = text[text.rfind("\n", 0, start) + 1 : start] + text[end : text.find("\n", end) % (len(text) + 1)]
        points += weights["own_line"] * (not line.strip(_MARKS))
        points += weights["near_contact"] * self.is_near_contact(start)
        return points

    def against(self, run: Sequence[Piece], start: int, end: int) -> float:
        """What makes a name one of something else: firms, streets, well-known people, the employer."""
        weights, text = self.weights, self.text
        own = frozenset(part for piece in run if piece.counts for part in fold(piece.word).removesuffix("'s").split())
        points = weights["famous"] * any(name <= own for name in self.evidence.famous)
        points += weights["employer"] * (own <= self.employer)
        points += self._of_firms(start, end, introduced=self.is_introduced(start))
        points += weights["address"] * (_ADDRESS_BEFORE.search(text, max(0, start - BEFORE), start) is not None)
        points += weights["number_behind"] * (NUMBER_BEHIND.match(text, end) is not None)
        points += weights["quoted"] * (text[start - 1 : start] in tuple(_QUOTES) or text[end : end + 1] in tuple(_QUOTES))
        following = _RUN_BEHIND.match(text, end)
        is_firm = following is not None and any(map(is_firm_word, following[0].split()))
        points += weights["firm"] * (is_firm or self._is_firm_anywhere(start, end))
        goes_on = following is not None and following[0][0] == " " and self.is_unknown(following[0].split()[0])
        points += weights["capital_beside"] * (goes_on or self.has_capital_before(start))
        return points

    def before(self, start: int) -> tuple[str, list[str]]:
        """The text before a place, and its last words, four at the most, folded."""
        before = self.text[max(0, start - BEFORE) : start]
        return before, [fold(word).strip(".") for word in _WORDS_BEFORE.findall(before)[-4:]]

    def right_before(self, start: int) -> str:
        """The folded word right before a place, "" where more than a blank lies between."""
        before, words = self.before(start)
        return words[-1] if words and before[-1] in " \t" and before[-2:-1].isalnum() else ""

    def is_introduced(self, start: int) -> bool:
        """Whether a phrase that introduces people stands before ("my name is", "led by")."""
        return f" {' '.join(self.before(start)[1])}".endswith(self.evidence.introducing)

    def has_verb_behind(self, end: int) -> bool:
        """Whether a verb of what people do stands behind."""
        following = _NEXT_WORD.match(self.text, end + (self.text[end : end + 1] == ","))
        return following is not None and following[1][0].islower() and fold(following[1]) in self.evidence.verbs

    def is_speaking(self, start: int, end: int) -> bool:
        """Whether a verb of speaking stands behind a name, and a quotation near; tools explain and report too."""
        following = _NEXT_WORD.match(self.text, end)
        if following is None or not following[1].islower() or fold(following[1]) not in self.evidence.said:
            return False
        return not _QUOTATION.isdisjoint(self.text[max(0, start - BEFORE) : end + BEHIND])

    def of_role_behind(self, end: int) -> float:
        """What a post behind a given name alone, or behind a surname with initials, tells: more where it is "our" or "my" one."""
        words = self._post_behind(end)
        if not words:
            return 0
        return self.weights["single_role_behind"] + self.weights["own_role"] * (not self.evidence.own.isdisjoint(words))

    def _post_behind(self, end: int) -> list[str]:
        """The folded words behind a mark behind a name, where one of them is for a post."""
        role = _ROLE_BEHIND.match(self.text, end, end + _ROLE_WITHIN)
        words = [] if role is None else fold(role[0]).split()
        return words if any(map(self.evidence.is_post, words)) else []

    def beside_others(self, start: int, end: int) -> float:
        """What others beside a given name tell, people that were found and given names ("Bram, Noor en Chidi")."""
        points = 0.0
        if BESIDE_PERSON.fullmatch(self.text, self.last_end, start) is not None:
            points += self.weights["beside_person"] + self.weights["beside_given"]
        gap = BESIDE_PERSON.match(self.text, end)
        other = None if gap is None else CAPITALISED.match(self.text, gap.end())
        points += self.weights["beside_given"] * (other is not None and self._is_only_name(other[0]))
        return points + self.weights["beside_person"] * (self.full_name_in_list(end) and points < _ENOUGH_BESIDE)

    def is_in_roster(self, start: int, end: int) -> bool:
        """Whether a given name opens an item of a list of colleagues, with a mark behind it: "Your team: - Fatoumata (accounts)"."""
        if _ITEM_GOES_ON.match(self.text, end) is None or _OPENS_ITEM.search(self.text, max(0, start - BEFORE), start) is None:
            return False
        return _COLLEAGUES.search(self._heading_of_list(start)) is not None

    def _heading_of_list(self, start: int) -> str:
        """The last clause before the list of the item that begins at a place."""
        before = self.text[max(0, start - _HEADING_WITHIN) : start].rstrip(" \t-–•*✔·\n")
        lines = before.split("\n")
        while len(lines) > 1 and _IS_ITEM.match(lines[-1]):
            lines.pop()
        return _SENTENCE_END.split(lines[-1].rstrip())[-1]

    def is_in_list_of_places(self, start: int) -> bool:
        """Whether a preposition of places opens the list that a name stands in ("in Victoria, Adelaide and Alice Springs")."""
        before = _PLACES_BEFORE.search(self.text, max(0, start - BEFORE), start)
        return before is not None and fold(before[1]) in self.evidence.place_prepositions

    def _is_only_name(self, word: str) -> bool:
        return is_given_name(word) and fold(word) not in self.evidence.also_words

    def full_name_in_list(self, end: int) -> bool:
        """Whether given names that follow, joined by commas or "and", lead to a full name ("Bára, Dušan a Ewa Kowalczyk")."""
        for _ in range(_MOST_IN_LIST):
            gap = BESIDE_PERSON.match(self.text, end)
            other = None if gap is None else CAPITALISED.match(self.text, gap.end())
            if other is None or not self._is_only_name(other[0]):
                return False
            end = other.end()
            if (surname := _SURNAME_BEHIND.match(self.text, end)) is not None:
                is_thing = fold(surname[0]).strip() in self.evidence.things
                return not (is_thing or is_firm_or_place(self.text, other.start(), surname.end()))
        return False

    def is_unknown(self, word: str) -> bool:
        """Whether a word with a capital is neither a known word nor a post."""
        return not (is_no_name(word) or self.evidence.is_post(fold(word)))

    def has_capital_before(self, start: int) -> bool:
        """Whether a word with a capital stands right before, within a sentence, that is no role and no known word."""
        match = re.search(rf"[{UPPER}][\w'’.-]*[ \t]\Z", self.text[max(0, start - 40) : start])
        if match is None:
            return False
        at = max(0, start - 40) + match.start()
        return self.is_unknown(match[0].strip()) and not SENTENCE_START.search(self.text[max(0, at - 3) : at])

    def is_near_contact(self, start: int) -> bool:
        """Whether contact words stand near a place."""
        at = bisect_right(self._contact_words, start - _NEAR_CONTACT)
        return at < len(self._contact_words) and self._contact_words[at] < start + _NEAR_CONTACT

    def _stands_in_small_letters(self, word: str) -> bool:
        small, text = word.lower(), self.text
        if small == word:
            return False
        around = ((text[max(0, at - 1) : at], text[at + len(small) : at + len(small) + 1]) for at in places_of(text, small))
        return any(not any(sign.isalnum() or sign in _WORD_MARKS for sign in signs) for signs in around)

    def _of_firms(self, start: int, end: int, *, introduced: bool) -> float:
        """What stands around the names of employers, brands, schools and streets."""
        weights, evidence, text = self.weights, self.evidence, self.text
        behind = f" {' '.join(fold(word) for word in _WORDS_BEFORE.findall(_CLAUSE.match(text, end, end + _EMPLOYS_WITHIN)[0]))} "  # type: ignore[index]
        is_post = self._is_behind_post(start)  # "our director, Esra Toprak, is looking for"
        points = weights["employs"] * (not is_post and any(verb in behind for verb in evidence.employing))
        points += weights["named_after"] * (behind.split(" ", 2)[1] in evidence.named_after)
        clause = _CLAUSE_BEFORE.search(text, max(0, start - _INSTITUTION_WITHIN), start)
        words = () if clause is None else map(fold, _WORDS_BEFORE.findall(clause[0].replace(".", " "))[-5:])
        if introduced:
            return points
        return points + weights["institution"] * (
            not (evidence.institutions.isdisjoint(words) or self._is_of_post(clause[0] if clause else ""))
        )

    def _is_behind_post(self, start: int) -> bool:
        """Whether one of the last three words before a place is for somebody's post, in the same part of its sentence."""
        before, words = self.before(start)
        return (
            before.endswith((" ", "\t"))
            and before.rstrip()[-1:] not in (".", ":", ";", ")")
            and any(map(self.evidence.is_post, words[-3:]))
        )

    def _is_of_post(self, before: str) -> bool:
        """Whether somebody's post is what stands before ("Dyrektor Muzeum – ")."""
        words = before.rstrip()
        return words.endswith(("-", "–", "—")) and any(map(self.evidence.is_post, map(fold, _WORDS_BEFORE.findall(words))))

    def _is_firm_anywhere(self, start: int, end: int) -> bool:
        words = self.text[start:end]
        if words not in self._firms:
            self._firms[words] = any(is_firm_or_place(self.text, at, at + len(words)) for at in places_of(self.text, words))
        return self._firms[words]


def may_stand_alone(word: str) -> bool:
    """Tell whether a given name is enough to think of a person: no other word, no code."""
    return len(word) > 2 and word[1:].islower() and is_given_name(word) and fold(word) not in name_evidence().also_words
