"""When the work is done outside usual hours: in shifts, at night, at weekends, on call."""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple

from nlp.advertisement import Advertisement
from nlp.conditions.source import ConditionSource
from nlp.conditions.word_tables import any_of, load_tables, with_english
from nlp.stems import Stems
from vacancies.enriched import Evidence, TextValue

_KINDS: Final = ("shift", "night", "weekend", "on_call")
_TRIES: Final = 12  # statements of one kind that are looked at: when all of them are denials there is none
_CLAUSE: Final = 90  # characters around a weak word in which a word of working counts
_END: Final = re.compile(r"[!?;\n•]|\.(?=\s|$)")
_DENIED_BEFORE: Final = re.compile(
    r"(?<!\w)(?:no|not|without|never|free|keine?n?|ohne|nie|nicht|freie?s?|pas|sans|jamais|aucune?|geen|nooit|zonder|niet|vrije?|sin|ni"
    r"|no hay|libres?|ingen|inga|inget|inte|utan"
    r"|lediga?|bez|brak|wolne|zadne|zadna|zadny|volne|nepracujeme)\s{1,2}(?:(?:de |d')?[\w']+[ ,/]{1,3}){0,4}$"
)
_DENIED_AFTER: Final = re.compile(
    r"\W{0,2}(?:(?:is|are|work|sind|ist|bleiben|zijn|är|sou|jsou|immer|altijd|alltid|zawsze|sa|vzdy|siempre|toujours|shifts)\s){0,3}"
    r"(?:off\b|free\b|frei\b|libres?\b|vrij\b|lediga?\b|wolne\b|volne\b|not (?:required|needed)|nicht (?:erforderlich|nötig|notwendig)"
    r"|geschlossen|closed|ferme|cerrado|non travaille|zavreno|nieczynne|stängt)"
)
_LEISURE: Final = re.compile(
    r"\W{0,2}(?:away|getaways?|trips?|ausflug|uitjes?|rates?\b|breaks?\b|paradigm)|\s(?:with|met|mit|avec|con|med) (?:the team|al je"
    r"|collega|kolleg|your)"
)


class _Patterns(NamedTuple):
    stems: Stems
    sure: re.Pattern[str]
    weak: re.Pattern[str]


@cache
def _patterns(value: str, language: str | None) -> _Patterns:
    tables = load_tables("shifts")
    languages = with_english(language, tables["working"])
    sure, weak = (any_of(tables.get(name, {}), languages) for name in (value, f"{value}_weak"))
    stems = Stems(f"*{stem}" for code in languages for stem in tables[f"{value}_stems"].get(code, ()))
    return _Patterns(stems, re.compile(rf"(?<![\w\xad])(?:{sure})(?!\w)"), re.compile(rf"(?<![\w\xad])(?:{weak})(?!\w)"))


@cache
def _working(language: str | None) -> re.Pattern[str]:
    working = load_tables("shifts")["working"]
    return re.compile(any_of(working, with_english(language, working)))


def read_shifts(source: ConditionSource) -> tuple[TextValue, ...]:
    """What the text, else the title, says of shift, night, weekend and on-call work, each once; () where nothing is said.

    "No weekend work" and "weekends off" are no statement of it.
    """
    found = (_statement(source.ad, value) or _in_title(source, value) for value in _KINDS)
    return tuple(value for value in found if value is not None)


def _in_title(source: ConditionSource, value: str) -> TextValue | None:
    found = _statement(source.title, value, weak_too=True)
    return None if found is None else found.model_copy(update={"evidence": found.evidence.model_copy(update={"field": "title"})})


def _statement(ad: Advertisement, value: str, *, weak_too: bool = False) -> TextValue | None:
    """The first statement in a text that is not denied; in a title a weak word needs no word of working beside it."""
    patterns, folded = _patterns(value, ad.language), ad.folded
    if not ad.scan.has(patterns.stems):
        return None
    for score, pattern in ((0.9, patterns.sure), (0.7, patterns.weak)):
        for tries, match in enumerate(ad.scan.finditer(pattern)):
            if tries >= _TRIES:
                break
            before, after = _clause(folded, match)
            if _DENIED_BEFORE.search(before[-50:]) or _DENIED_AFTER.match(after):
                continue
            is_work = weak_too or _working(ad.language).search(before) or _working(ad.language).search(after)
            if score > 0.8 or (is_work and not _LEISURE.match(after)):
                return TextValue(
                    value=value, score=score, evidence=Evidence(start=match.start(), end=match.end(), rule=f"words:{ad.language or 'en'}")
                )
    return None


def _clause(folded: str, match: re.Match[str]) -> tuple[str, str]:
    """What stands before and after a match in its sentence."""
    before = folded[max(match.start() - _CLAUSE, 0) : match.start()]
    ends = [end.end() for end in _END.finditer(before)]
    after = folded[match.end() : match.end() + _CLAUSE]
    stop = _END.search(after)
    return before[ends[-1] :] if ends else before, after if stop is None else after[: stop.start()]
