"""Experience asked for: years and months beside words for experience, words alone, and the words that none is needed."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final, NamedTuple

from nlp.conditions.experience_words import (
    EXPERIENCE,
    EXPERIENCE_STEMS,
    EXPERIENCED_SOUGHT,
    LEAST,
    LEAST_OF_ALL,
    NEAR_EXPERIENCE,
    NO_NEED,
    NO_NEED_STEMS,
    NOT_ASKED,
    OTHER_EXPERIENCE,
    SINGLE,
    SOUGHT_STEMS,
    STEMS,
    UNIT_FIRST,
    UNITS,
    YEARLY,
)
from nlp.conditions.number_words import NUMBER_WORDS, number_starts
from nlp.conditions.source import ConditionSource
from nlp.conditions.stated import STATUS_RANK, status_of, text_evidence
from nlp.shared_scan import matches_at
from vacancies.enriched import ExperienceReading, SkillStatus, Zone

_NUMBER: Final = rf"(?:\d{{1,2}}(?:[.,]\d)?|{'|'.join(NUMBER_WORDS)})"
_JOINER: Final = r"(?:/|to|bis|a|à|do|till|ou|or|oder|of|o|tot|och|et|and|und|y|\s)"
_REST: Final = (
    rf"\s?(?P<plus>\+)?(?:\s?{_JOINER}\s{{0,2}}\+?(?P<high>{_NUMBER})\s?(?P<more>\+)?)?[\s(]{{0,2}}(?:\w\)\s)?"
    rf"(?:or more |oder mehr |ou plus |o mas |y mas |of meer |full |overall |volle[ns]? "
    rf"|pelne )?(?:\((?:{_NUMBER})\) )?(?P<unit>{UNITS})(?!\w)"
)
_AMOUNT: Final = re.compile(rf"(?<!\w)(?P<low>{_NUMBER}){_REST}")
_DIGITS: Final = re.compile(rf"(?P<low>\d{{1,2}}(?:[.,]\d)?){_REST}")
# "or", by language, unless it only widens what counts ("or related experience").
_OR_WORDS: Final = {
    "en": "or|will accept|alternatively|equivalent to|in lieu of",
    "de": "oder",
    "fr": "ou",
    "nl": "of",
    "es": "o",
    "ca": "o",
    "sv": "eller",
    "pl": "lub|albo",
    "cs": "nebo",
}
_WIDENING: Final = (
    r"(?! (?:\w+ )?(?:related|similar|equivalent|relevant|comparable|other|vergleichbar|ähnlich|gleichwertig|verwandt|similaire"
    r"|equivalent|comparable|vergelijkbaar|soortgelijk|similar|equivalente|motsvarande|liknande|pokrewn|podobn|zblizon|obdobn))"
)
_OR: Final = {language: re.compile(rf"(?<!\w)(?:{words})(?!\w){_WIDENING}") for language, words in _OR_WORDS.items()}
_AS_WELL: Final = re.compile(
    r"(?:, ?(?:and|und|et|en|y|och|i|a)|including|of which|davon|dont|waarvan|varav|w tym|z toho)\W{1,2}(?:\w+ ){0,3}$"
)
_NEAR: Final = 70  # characters of the same item between an amount and a word for experience
_AROUND: Final = 18  # characters on both sides of words for experience that may show that nobody is asked to bring it
_SOUGHT_REACH: Final = 90  # characters from "we are looking for" to the word for experience
_SANE: Final = 12.0  # years; more than these are a company's, unless they stand as the least asked for
_NOT_ZONES: Final = (Zone.EMPLOYER, Zone.OFFER)


class _Stated(NamedTuple):
    years: float
    item: int
    start: int
    end: int
    status: SkillStatus
    score: float


def read_experience(source: ConditionSource) -> ExperienceReading | None:
    """The years asked for; without a number the first words for experience, or 0 and negated where none is needed.

    Of alternatives in one sentence the least counts ("a master's degree and one year, or a bachelor's degree and five"), of several
    demands the greatest. Months are parts of a year. A company's age, ages of people and durations are none.
    """
    windows = list(source.ad.scan.windows(STEMS, _NEAR + 20, _NEAR))
    stated = list(_stated(source, windows))
    required = [each for each in stated if each.status is SkillStatus.REQUIRED]
    if required:
        return _reading(_chosen(source, required))
    if no_need := _no_need(source):
        return no_need
    if stated:
        return _reading(_chosen(source, stated))
    return _in_words(source)


def _chosen(source: ConditionSource, stated: list[_Stated]) -> _Stated:
    best = stated[0]
    for each in stated[1:]:
        if each.item == best.item and _is_instead(source, min(best.end, each.end), max(best.start, each.start)):
            best = min(best, each, key=lambda one: one.years)
        elif (STATUS_RANK[each.status], -each.years) < (STATUS_RANK[best.status], -best.years):
            best = each
    return best


def _is_instead(source: ConditionSource, begin: int, stop: int) -> bool:
    """Whether the words between two amounts make one an alternative to the other, not a demand beside it."""
    either = _OR.get(source.language, _OR["en"])
    return either.search(source.folded, begin, stop) is not None and _AS_WELL.search(source.folded[begin:stop]) is None


def _reading(stated: _Stated) -> ExperienceReading:
    evidence = text_evidence(stated.start, stated.end, "experience:years")
    negated = stated.status is SkillStatus.NEGATED
    return ExperienceReading(years=0.0 if negated else stated.years, status=stated.status, score=stated.score, evidence=evidence)


def _no_need(source: ConditionSource) -> ExperienceReading | None:
    for begin, stop in source.ad.scan.windows(NO_NEED_STEMS, 60, 90):
        if found := source.ad.scan.search(NO_NEED, begin, stop):
            evidence = text_evidence(*found.span(), "experience:none_needed")
            return ExperienceReading(years=0.0, status=SkillStatus.NEGATED, score=0.9, evidence=evidence)
    return None


def _stated(source: ConditionSource, windows: list[tuple[int, int]]) -> Iterator[_Stated]:
    """All amounts, by start, those far from a word for experience too."""
    folded, scan = source.folded, source.ad.scan
    amounts: dict[int, tuple[int, float, bool]] = {}
    for match in scan.numbers(_DIGITS):
        if not _goes_on_before(folded, match.start()):
            amounts[match.start()] = match.end(), _years(match), _is_open(match)
    starts = number_starts(scan) if windows else ()
    for begin, stop in windows:
        for match in matches_at(_AMOUNT, folded, starts, begin, stop):
            if not _goes_on_before(folded, match.start()):
                amounts.setdefault(match.start(), (match.end(), _years(match), _is_open(match)))
        for match in scan.finditer(YEARLY, begin, stop):
            if EXPERIENCE.search(folded, match.end(), match.end() + 45):
                amounts.setdefault(match.start(), (match.end(), _number(match["number"]), False))
        for match in scan.finditer(UNIT_FIRST, begin, stop):
            months = int(match["months"] or 0)
            amounts[match.start()] = match.end(), round(_number(match["number"]) + months / 12, 2), True
        for match in scan.finditer(SINGLE, begin, stop):
            amounts.setdefault(match.start(), (match.end(), 1.0, True))
    for start, (end, years, is_open) in sorted(amounts.items()):
        if (stated := _judged(source, start, end, years, is_open=is_open)) is not None:
            yield stated


def _goes_on_before(folded: str, start: int) -> bool:
    """Whether an amount is the rest of a longer number, a price or a word."""
    before = folded[max(0, start - 2) : start]
    return before[-1:].isalnum() or before[-1:] in ("€", "$", "£", "_") or (before[-1:] in (".", ",", "/", ":") and before[:1].isdigit())


def _is_open(match: re.Match[str]) -> bool:
    """Whether the amount is a least one by its form: "5+", "3-5"."""
    return bool(match["plus"] or match["more"] or match["high"])


def _number(word: str) -> float:
    return float(word) if word.isdigit() else float(NUMBER_WORDS.get(word, 1))


def _years(match: re.Match[str]) -> float:
    low = match["low"]
    number = float(NUMBER_WORDS[low]) if low in NUMBER_WORDS else float(low.replace(",", "."))
    return round(number / 12, 2) if match["unit"].startswith(("m", "měs")) else number


def _judged(source: ConditionSource, start: int, end: int, years: float, *, is_open: bool) -> _Stated | None:
    """The amount at [start, end) as experience asked for; None where its surroundings say that it is something else."""
    folded = source.folded
    begin, stop = source.ad.item_at(start)
    left, right = folded[max(begin, start - _NEAR) : start], folded[end : min(stop, end + _NEAR)]
    if NOT_ASKED.before.search(left) or NOT_ASKED.behind.match(right):
        return None
    is_least = is_open or LEAST.search(left[-24:]) is not None or LEAST.search(right[:16]) is not None
    near = NEAR_EXPERIENCE.search(right) or NEAR_EXPERIENCE.search(left) or EXPERIENCE.search(folded, start, end)
    zone = source.zone_at(start)
    if near is None and not (is_least and zone is Zone.REQUIREMENTS and _is_of_work(right)):
        return None
    if (
        (years > _SANE and not LEAST_OF_ALL.search(left[-24:]))
        or (zone in _NOT_ZONES and not is_least)
        or (zone is Zone.EMPLOYER and years > _SANE)
    ):
        return None
    item = bisect_right(source.ad.item_starts, start)
    return _Stated(years, item, start, end, status_of(source, start, end), 0.9 if near is not None else 0.7)


def _is_of_work(right: str) -> bool:
    return (
        re.match(r"\W{0,2}(?:of |de |av )?(?:in|en|w|ve?|inom|im|na|as|als|como|comme|working|work|med|och|au moins)\b", right) is not None
    )


def _in_words(source: ConditionSource) -> ExperienceReading | None:
    """Words for experience without a number, in the part that asks for something; the first that is required, else the first."""
    first: ExperienceReading | None = None
    for start, stem_end in source.ad.scan.find(EXPERIENCE_STEMS):
        end = _word_end(source.folded, stem_end)
        if source.zone_at(start) is not Zone.REQUIREMENTS or OTHER_EXPERIENCE.search(
            source.folded[max(0, start - _AROUND) : end + _AROUND]
        ):
            continue
        reading = ExperienceReading(
            years=None, status=status_of(source, start, end), score=0.7, evidence=text_evidence(start, end, "experience:words")
        )
        if reading.status is SkillStatus.REQUIRED:
            return reading
        first = first or reading
    return first or _sought(source)


def _sought(source: ConditionSource) -> ExperienceReading | None:
    """People with experience who are sought wherever that is said, but for what is offered: "we are looking for an experienced cook"."""
    for begin, stop in source.ad.scan.windows(SOUGHT_STEMS, _SOUGHT_REACH, 40):
        found = source.ad.scan.search(EXPERIENCED_SOUGHT, begin, stop)
        if found is not None and found.lastgroup is not None and source.zone_at(found.start()) is not Zone.OFFER:
            start, end = found.span(found.lastgroup)
            return ExperienceReading(
                years=None, status=status_of(source, start, end), score=0.6, evidence=text_evidence(start, end, "experience:sought")
            )
    return None


def _word_end(folded: str, end: int) -> int:
    while end < len(folded) and folded[end].isalpha():
        end += 1
    return end
