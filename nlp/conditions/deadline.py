"""Until when one may apply."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from nlp.advertisement import Advertisement
from nlp.conditions.dates import TO, FoundDate, country_of, day_of, find_dates, may_begin, posted_on
from nlp.conditions.source import ConditionSource
from nlp.conditions.word_tables import any_of, load_tables, with_english
from vacancies.enriched import DateValue, Evidence

_REACH: Final = 70  # characters from a deadline's name to its date
_NEAR: Final = 24  # characters up to a month alone, which may stand there for something else
_CLAUSE: Final = 110  # characters around a date in which a word of applying counts
_SENTENCE_END: Final = re.compile(r"[!?\n•]|\.\s(?!\d)")
_STOP: Final = re.compile(r"\n\s*\n|[!?;•]|\.\s+(?=[A-Z][a-z])")
_TRIES: Final = 40  # of a text that names limits all over only the first are looked at
_BETWEEN: Final = re.compile(r"[\s:,(]*(?:(?:\d{1,2}(?:[:.]\d\d)?\s?(?:[ap]m|uhr|h)\b|\d\d[:.]\d\d|[^\W\d]{2,10})[\s,.]*){0,4}")


class _Words(NamedTuple):
    names: re.Pattern[str]
    limits: re.Pattern[str]
    applying: re.Pattern[str]


@lru_cache(maxsize=32)
def _words(language: str | None) -> _Words:
    tables = load_tables("deadline")
    languages = with_english(language, tables["names"])
    before_date = r"(?=[\s:][^\n!?;]{0,26}?\d|\s(?:the )?(?:end|ende|fin|finales|eind|slutet|koniec|konce)\b)"
    return _Words(
        re.compile(rf"(?<!\w)(?:{any_of(tables['names'], languages)})"),
        re.compile(rf"(?<!\w)(?:{any_of(tables['limits'], languages)}){before_date}"),
        re.compile(any_of(tables["applying"], languages)),
    )


def read_deadline(source: ConditionSource) -> DateValue | None:
    """The last day to apply: as the text states it, else the board's `valid_through`; None where neither does.

    A date without a year is the first such day from 31 days before publication on; without a day of publication it is not read.
    """
    found = _in_text(source)
    posting = source.posting
    stated = None if posting is None else posting.valid_through
    if found is not None:
        return found
    return None if stated is None else DateValue(value=stated, score=0.7, evidence=Evidence(field="valid_through", rule="board_field"))


def _in_text(source: ConditionSource) -> DateValue | None:
    if not source.may_hold_dates:
        return None
    ad, words = source.ad, _words(source.ad.language)
    for tries, match in enumerate(ad.scan.finditer(words.names)):
        found = _date_behind(source, match.end())
        if found is not None:
            return _value(source, found, match.start(), 0.95)
        if tries >= _TRIES:
            break
    if ad.scan.search(words.applying) is None:
        return None
    for tries, match in enumerate(ad.scan.finditer(words.limits)):
        found = next(find_dates(ad, match.end(), match.end() + 30, country=country_of(source.posting)), None)
        if found is not None and _BETWEEN.fullmatch(ad.folded, match.end(), found.start) and _is_about_applying(ad, words, match, found):
            return _value(source, found, match.start(), 0.85)
        if tries >= 5 * _TRIES:
            break
    return None


def _date_behind(source: ConditionSource, begin: int) -> FoundDate | None:
    """The date behind a deadline's name, before the sentence ends; of a range the last one."""
    ad = source.ad
    if not may_begin(ad, begin, begin + _REACH):
        return None
    stop = _STOP.search(ad.text, begin, begin + _REACH)
    end = begin + _REACH if stop is None else stop.start()
    found: FoundDate | None = None
    for other in find_dates(ad, begin, end, country=country_of(source.posting)):
        if found is not None and not TO.fullmatch(ad.folded, found.end, other.start):
            break
        found = other
    is_bare_month = found is not None and found.year is None and found.day is None
    return None if is_bare_month and found is not None and found.start - begin > _NEAR else found


def _is_about_applying(ad: Advertisement, words: _Words, limit: re.Match[str], found: FoundDate) -> bool:
    """Whether the sentence around a limit speaks of applying."""
    before = ad.folded[max(limit.start() - _CLAUSE, 0) : limit.start()]
    breaks = [match.end() for match in _SENTENCE_END.finditer(before)]
    if words.applying.search(before[breaks[-1] if breaks else 0 :]):
        return True
    after = ad.folded[found.end : found.end + _CLAUSE]
    stop = _SENTENCE_END.search(after)
    return words.applying.search(after if stop is None else after[: stop.start()]) is not None


def _value(source: ConditionSource, found: FoundDate, begin: int, score: float) -> DateValue | None:
    if found.day is None:  # "by June": its last day
        found = found._replace(day=0)
    day = day_of(found, posted_on(source.posting))
    if day is None:
        return None
    rule = f"words:{source.language}"
    return DateValue(value=day, score=score if found.year else score - 0.1, evidence=Evidence(start=begin, end=found.end, rule=rule))
