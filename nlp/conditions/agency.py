"""Whether somebody recruits for another: the phrases of agencies and the names of staffing companies in the text."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources
from typing import Final

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from nlp.conditions.source import ConditionSource
from nlp.conditions.stated import text_evidence
from nlp.error import LexiconInvalid
from nlp.shared_scan import SharedScan
from nlp.stems import Stems
from vacancies.enriched import TextValue
from vacancies.yaml_loading import load_own_yaml

_FILE: Final = "agency_words.yaml"
_SURELY: Final = 0.9
_LIKELY: Final = 0.75
_PERHAPS: Final = 0.6
_SIGNS: Final = 2  # of the third person's groups
_GAPPED: Final = re.compile(
    r"(?<!\w)(?:(?:dla|wraz z|we wspolpracy z) nasz(?:ego|ej|ym|a) (?:\w+ ){0,3}klient"
    r"|dla naszych (?:\w+ ){0,2}klientow[^.\n]{0,30}(?:poszuk|szuka|rekrut)|(?:has|have) partnered with [^\n]{3,110}? (?:is|are)"
    r" (?:currently |now |actively )?(?:seeking|looking|hiring|recruiting)|one of our (?:[\w']+ ){1,2}(?:clients|customers)"
    r"|(?<!are )(?<!is )(?<!as )(?<!, )an? (?:leading|reputable|prestigious|well ?established|highly regarded|fantastic|market leading"
    r"|highly respected|privately owned|large independent|'?excellent'? rated|private|exclusive|medium sized|large national)"
    r"(?: [\w'/]+){0,4}? (?:provider|nursing home|care home|hospital|firm|practice|manufacturer|retailer|employer|home)s? (?:who|is|are"
    r"|based|to (?:recruit|appoint|join)|in|within|seeks?|has|have|requires?|and|just|for)(?!\w))"
)
# An employer's own customers, and agencies that are asked to stay away.
_NOT_BEFORE: Final = re.compile(
    r"(?:förfrågningar från|undanber oss|sälj {1,3}och|svarar ej på|kontakt(?:er)? med|ringa|samtal från|not accept|no|unsolicited"
    r"|from|to|keine|ohne|von|anfragen von|verzichten auf|pas d'|sans|hors|logiciels?|acquisitie|geen|abstenerse|nie wspolpracujemy z|bez"
    r"|representera|till|sales to|ett|excellent service to|support to|behandl|helping|support|betreu\w+|samen met)\W{1,2}$"
)
_NOT_BEHIND: Final = re.compile(
    r"\W{1,2}nie(?!\w)|\W{1,2}(?:bases?\b|relationship|services?|facing|portfolio|organi[sz]ations|success|accounts?|data"
    r"|engagement|partner|and (?:internal|team)|needs|requirements|meeting|expectations|satisfaction|relation|experience|onboarding"
    r"|projects?|s?sites?|und partner|und kolleg|optimal|kompetent|mit(?!\w)|umfassend|zu betreu|bei der|telefonisch)|s?\W?erwartung"
    r"|zufriedenheit|bindung|stamm|berat|service|beziehung"
)
# Whose project it is, not who seeks: these phrases are an agency's only where the words around speak of seeking somebody.
_ONE_OF_OURS: Final = re.compile(
    r"(?:voor|bij) (?:een|één) (?:van onze|opdrachtgever)|onze opdrachtgevers|in opdracht van derden|dla klienta|pro nase klienty"
    r"|im auftrag unserer kunden"
)
_SEEKING: Final = re.compile(
    r"(?<!onder)zoek|vacature|gezocht|werv(?:en|ing)|kandidaat|bemidd|detach|uitzend|poszuk|rekrut|kandydat|such(?:en|t)\b|besetz|hleda|obsadi|prijm|nabor"
)
_SEEKING_NEAR: Final = 110
# Behind their name: "Till dig som arbetar på bemanningsföretag: vi undanber oss säljsamtal".
_STAY_AWAY: Final = re.compile(r"[^.\n]{0,120}?\b(?:undanber|avböjer|avsäger oss|bitten wir abzusehen|worden niet op prijs)")
_ONE_SENTENCE: Final = 160
# "We are currently recruiting for a data scientist within the insights team": the employer itself.
_OWN_TEAM: Final = re.compile(r"[^.\n]{0,60}?(?:within|in|on|for|to join) (?:the|our) (?:[\w&'/ ]{0,60} )?team(?!\w)")
_SOUGHT_BY_PEOPLE: Final = re.compile(
    r"\b(?:guidance|answers|information|help|support|careers?|jobs?|roles?) $"
)  # "the guidance they are seeking"
_SUMMARY: Final = "company overview"  # summaries of advertisements name the employer first: "X is ... They are seeking ..."


class _Words(BaseModel):
    """The file of phrases."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    phrases: dict[str, tuple[str, ...]]
    in_french: tuple[str, ...]
    names: tuple[str, ...]
    everyday: dict[str, tuple[str, ...]]
    third_person_signs: tuple[tuple[str, ...], ...]
    speaks_as_employer: tuple[str, ...]
    gapped: tuple[str, ...]


class _Finders:
    """The phrases, ready to be searched."""

    def __init__(self, words: _Words) -> None:
        self.phrases = Stems(phrase for phrases in words.phrases.values() for phrase in phrases)
        self.in_french = Stems(words.in_french)
        self.names = Stems(words.names)
        self.everyday = words.everyday
        self.third_person_signs = [Stems(signs) for signs in words.third_person_signs]
        self.speaks_as_employer = Stems(words.speaks_as_employer)
        self.gapped = Stems(words.gapped)


@lru_cache(maxsize=1)
def _finders() -> _Finders:
    text = resources.files("nlp.conditions").joinpath(_FILE).read_text(encoding="utf-8")
    try:
        return _Finders(_Words.model_validate(load_own_yaml(text)))
    except (yaml.YAMLError, ValidationError) as error:
        raise LexiconInvalid(f"nlp/conditions/{_FILE}: {error}") from error


def read_agency(source: ConditionSource) -> TextValue | None:
    """ "agency" where the text shows that a third party recruits; None where it does not say. "employer" is never guessed.

    The employer's name alone tells nothing: agencies also seek people for themselves.
    """
    folded, finders = source.folded, _finders()
    everyday = finders.everyday.get(source.language, ())
    groups = [(finders.phrases, _SURELY), (finders.names, _LIKELY)]
    if source.language == "fr":
        groups.append((finders.in_french, _LIKELY))
    for phrases, score in groups:
        for start, end in source.ad.scan.find(phrases):
            if folded[start:end] not in everyday and not _is_something_else(folded, start, end):
                return TextValue(value="agency", score=score, evidence=text_evidence(start, _word_end(folded, end), "agency:words"))
    for begin, stop in source.ad.scan.windows(finders.gapped, 5, 140):
        if gapped := _GAPPED.search(folded, begin, stop):
            return TextValue(value="agency", score=_LIKELY, evidence=text_evidence(*gapped.span(), "agency:words"))
    return _in_third_person(source.ad.scan, finders) if source.language == "en" else None


def _in_third_person(scan: SharedScan, finders: _Finders) -> TextValue | None:
    """An employer that is only spoken of, with a recruiter's way of asking for applications."""
    if scan.has(finders.speaks_as_employer):
        return None
    signs = [found[0] for stems in finders.third_person_signs if (found := scan.find(stems))]
    if len(signs) < _SIGNS:
        return None
    return TextValue(value="agency", score=_PERHAPS, evidence=text_evidence(*signs[0], "agency:third_person"))


def _is_something_else(folded: str, start: int, end: int) -> bool:
    phrase = folded[start:end]
    if _STAY_AWAY.match(folded, start, end + _ONE_SENTENCE):
        return True
    if _ONE_OF_OURS.match(folded, start) and not _SEEKING.search(folded, max(0, start - _SEEKING_NEAR), end + _SEEKING_NEAR):
        return True
    if "recruiting for" in phrase and _OWN_TEAM.match(folded, end):
        return True
    if phrase.startswith("they are") and (_SUMMARY in folded[end:] or _SOUGHT_BY_PEOPLE.search(folded, max(0, start - 20), start)):
        return True
    before, behind = folded[max(0, start - 60) : start], folded[end : end + 50]
    return _NOT_BEFORE.search(before) is not None or _NOT_BEHIND.match(behind) is not None


def _word_end(folded: str, end: int) -> int:
    rest = re.match(r"\w*", folded[end : end + 40])
    return end if rest is None else end + rest.end()
