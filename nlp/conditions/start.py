"""When the job starts: a day, or at once."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, NamedTuple

from nlp.advertisement import Advertisement
from nlp.conditions.dates import TO, FoundDate, country_of, day_of, find_dates, may_begin, posted_on
from nlp.conditions.source import ConditionSource
from nlp.conditions.word_tables import any_of, load_tables, with_english
from nlp.stems import Stems
from vacancies.enriched import DateValue, Evidence

_REACH: Final = 60  # characters from a name of the start to its date
_GAP: Final = 14  # characters between them where no word such as "from" leads the date
_NEAR: Final = 30  # characters from a name to a word for "at once"
_SENTENCE: Final = 80  # characters of a sentence around "as soon as possible" that are looked at
_BESIDE: Final = 28  # of these the ones in which words of applying or answering count
_TRIES: Final = 60  # of a text full of names only the first are looked at
_STOP: Final = re.compile(r"\n\s*\n|[!?;•|]|\.\s+(?=[A-Z][a-zà-ž])|(?<=\w{4})\.(?=[A-Z])|[a-zà-ž,]\n(?=\S)")
_END: Final = re.compile(r"[.!?;\n•|](?=\s|$)|\n")
_FROM: Final = re.compile(
    r"(?<!\w)(?:ab(?: dem)?|zum|per|from|on|in|by|of|om|od(?: dne| dnia)?|a partir (?:du|de|del)|a compter du|des(?: le)?|le|au"
    r"|pour(?: le| debut)?|vanaf|op"
    r"|el(?: dia)?|fran(?: och med)?|från(?: och med)?|den|i|fr\.?o\.?m\.?|w|v|k|am|im|ungefähr|around|about|ca\.?|debut|anfang|early"
    r"|beginning of|mid|mitte|end of"
    r"|ende|fin|eind|begin|medio|poczatek|polowa|zaciatek|zacatkem|konec|koncem|principios de|finales de|mi|is|är|ist|est|jest"
    r"|je)[\s:]*(?:\w{2,9}tag, (?:den |dem )?)?$"
)
_UNTIL: Final = re.compile(
    r"(?<!\w)(?:bis|until|till|jusqu'\w+|tot|hasta|do|seit|since|depuis|sinds|desde|sedan|ending|end date|fin de mission|t/m|gegründet"
    r"|founded)"
    r"\W{0,3}(?:zum |le |en met |el |dne |dnia |au )?$"
)
_EARLIEST, _LATEST = timedelta(days=-400), timedelta(days=1100)  # around the day of publication; beyond them a date tells of something else
_FIELD: Final = "job_start_date"


class _Words(NamedTuple):
    names: re.Pattern[str]
    at_once: re.Pattern[str]
    beside: re.Pattern[str]
    behind: re.Pattern[str]
    job: re.Pattern[str]
    not_job: re.Pattern[str]
    stems: Stems  # plain words of which one stands in every text that says "at once"


@lru_cache(maxsize=32)
def _words(language: str | None) -> _Words:
    tables = load_tables("start")
    languages = with_english(language, tables["names"])
    names, at_once, beside, behind = (
        re.compile(rf"(?<!\w)(?:{any_of(tables[table], languages)})(?!\w)")
        for table in ("names", "at_once", "at_once_beside", "at_once_behind")
    )
    job, not_job = re.compile(any_of(tables["the_job"], languages)), re.compile(any_of(tables["not_the_job"], ("all",)))
    stems = Stems(f"*{stem}" for code in languages for stem in tables["at_once_stems"][code])
    return _Words(names, at_once, beside, behind, job, not_job, stems)


def read_start(source: ConditionSource) -> DateValue | None:
    """The first day of the job, or that it starts at once; the board's field goes first. None where neither is said.

    A month alone is its first day. A date without a year is the first such day from 31 days before publication on; without a day of
    publication it is not read. "By agreement" is no value.
    """
    return _in_field(source) or _in_text(source)


def _in_field(source: ConditionSource) -> DateValue | None:
    stated = None if source.posting is None else source.posting.job_start_date
    if not stated:
        return None
    field, words = Advertisement(stated[:200], (), source.ad.language), _words(source.ad.language)
    for pattern in (words.at_once, words.beside, words.behind):
        if at_once := pattern.search(field.folded):
            evidence = Evidence(field=_FIELD, start=at_once.start(), end=at_once.end(), rule="board_field")
            return DateValue(value=None, immediate=True, evidence=evidence)
    for found in find_dates(field, 0, len(field.text), country=country_of(source.posting)):
        day = day_of(found, posted_on(source.posting))
        if day is not None:
            return DateValue(value=day, evidence=Evidence(field=_FIELD, start=found.start, end=found.end, rule="board_field"))
    return None


def _in_text(source: ConditionSource) -> DateValue | None:
    ad, words = source.ad, _words(source.ad.language)
    may_be_at_once = ad.scan.has(words.stems)
    if not may_be_at_once and not source.may_hold_dates:
        return None
    hits = ad.scan.finditer(words.at_once) if may_be_at_once else ()
    at_once = next((match for match in hits if not _is_of_applying(ad, words, match)), None)
    for tries, name in enumerate(ad.scan.finditer(words.names)):
        if tries >= _TRIES or (at_once is not None and at_once.start() <= name.end()):
            break  # what is said first holds: "Start: ab sofort oder 1. Mai"
        found = _behind(source, words, name, may_be_at_once=may_be_at_once)
        if found is not None:
            return found
    if at_once is None and may_be_at_once:
        at_once = next((match for match in ad.scan.finditer(words.beside) if _is_of_the_job(ad, words, match)), None)
    return None if at_once is None else _at_once(source, at_once.start(), at_once.end(), 0.85)


def _at_once(source: ConditionSource, begin: int, end: int, score: float) -> DateValue:
    return DateValue(value=None, immediate=True, score=score, evidence=Evidence(start=begin, end=end, rule=f"words:{source.language}"))


def _behind(source: ConditionSource, words: _Words, name: re.Match[str], *, may_be_at_once: bool) -> DateValue | None:
    """The date or "at once" behind a name of the start, whichever comes first."""
    ad = source.ad
    if not may_be_at_once and not may_begin(ad, name.end(), name.end() + _REACH):
        return None
    stop = _STOP.search(ad.text, name.end(), name.end() + _REACH)
    end = min(name.end() + _REACH if stop is None else stop.start() + 1, len(ad.text))
    now = words.behind.search(ad.folded, name.end(), min(end, name.end() + _NEAR)) if may_be_at_once else None
    dates_end = end if now is None else now.start()
    for found in find_dates(ad, name.end(), dates_end, country=country_of(source.posting)) if source.may_hold_dates else ():
        before = ad.folded[name.end() : found.start]
        if _UNTIL.search(before) or not (len(before) <= _GAP or _FROM.search(before)):
            continue
        day = _plausible_day(source, found)
        if day is not None:
            evidence = Evidence(start=name.start(), end=found.end, rule=f"words:{source.language}")
            return DateValue(value=day, score=0.9 if found.year else 0.8, evidence=evidence)
    gap = "" if now is None else ad.folded[name.end() : now.start()]
    if now is not None and (":" in gap or len(gap) <= _GAP) and not _is_of_applying(ad, words, now):
        return _at_once(source, name.start(), now.end(), 0.9)
    return None


def _plausible_day(source: ConditionSource, found: FoundDate) -> date | None:
    """The day meant; None for one far from the day of publication. Of a range whose end alone has a year, that year is taken."""
    if found.year is None:
        other = next(find_dates(source.ad, found.end, found.end + 24), None)
        if other is not None and other.year is not None and TO.fullmatch(source.ad.folded, found.end, other.start):
            found = found._replace(year=other.year - (other.month < found.month))
    posted = posted_on(source.posting)
    day = day_of(found, posted)
    if day is not None and posted is not None and not _EARLIEST <= day - posted <= _LATEST:
        return None
    return day


def _around(ad: Advertisement, match: re.Match[str], reach: int) -> tuple[str, str]:
    """What stands before and after a match in its sentence, at most `reach` characters each."""
    before = ad.folded[max(match.start() - reach, 0) : match.start()]
    ends = [end.end() for end in _END.finditer(before)]
    after = ad.folded[match.end() : match.end() + reach]
    stop = _END.search(after)
    return before[ends[-1] :] if ends else before, after if stop is None else after[: stop.start()]


def _is_of_applying(ad: Advertisement, words: _Words, match: re.Match[str]) -> bool:
    """Whether "as soon as possible" is said of applying or answering."""
    before, after = _around(ad, match, _BESIDE)
    return words.not_job.search(before) is not None or words.not_job.search(after) is not None


def _is_of_the_job(ad: Advertisement, words: _Words, match: re.Match[str]) -> bool:
    before, after = _around(ad, match, _SENTENCE)
    is_job = words.job.search(before) is not None or words.job.search(after[:_BESIDE]) is not None
    return is_job and not _is_of_applying(ad, words, match)
