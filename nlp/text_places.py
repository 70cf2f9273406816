"""Places of work named in the text or the title, where the board names none, or only the country."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from nlp.advertisement import Advertisement
from nlp.lexicon.cue_finder import CueKind
from nlp.place_lookup import KnownLocations
from vacancies.enriched import Evidence, RegionReading
from vacancies.posting import JobLocation

# The countries for which an advertisement's language speaks. English speaks for none: it is written everywhere.
_LIKELY: Final = {
    "de": ("DE", "AT", "CH", "LI", "LU"), "fr": ("FR", "BE", "CH", "LU"), "nl": ("NL", "BE"), "es": ("ES",), "sv": ("SE", "FI"),
    "pl": ("PL",), "cs": ("CZ",), "it": ("IT", "CH"), "pt": ("PT",), "da": ("DK",), "fi": ("FI",), "no": ("NO",), "hu": ("HU",),
    "sk": ("SK",), "ro": ("RO",),
}  # fmt: skip
_CAPITAL: Final = "A-ZÀ-ÖØ-ÞĄĆŁŚŹŻŠČŘŽŃĘÓÚÝĎŤŇ"
_LINE: Final = re.compile(r"[ \t]*[:;–-]*[ \t]*(?:\r?\n[ \t]*){0,2}[ \t📍*•-]*([^\n•📍|]{2,110})")
_CLAUSE_END: Final = re.compile(r"\s{3,}|[.!?](?=\s+[A-ZÀ-Þ]|$)|(?<=\w{3})\.(?=[A-Z])|\s[·•●]\s|:(?=\s)")
_LATER_LABEL: Final = re.compile(r"(?<=[^,/(])\s(?=[A-ZÀ-Þ][\w ]{2,24}:)")
_PIPES: Final = re.compile(r"[^|\n]{2,}")
_NAME: Final = rf"(?:aux? )?[{_CAPITAL}][\w'’.-]+(?:[ -][{_CAPITAL}][\w'’.-]+){{0,2}}(?:, [{_CAPITAL}][\w.-]+(?: [{_CAPITAL}]\w+)?){{0,2}}"
_BEFORE_NAME: Final = r"(?<!\w)(?:in|im|à|en|i|w|we|z|v|ve|te|bei|bij|near|at|sur|pour|region|raum|standort)\s+|(?=aux? )|d['’]|[-–|,(]\s*"
_IN_TITLE: Final = re.compile(rf"(?:{_BEFORE_NAME})({_NAME})(?=\s*(?:$|[-–|,()/]|(?:stad|kommun|centrum)\b))")
_TRIES: Final = 8
_TEXT_WEIGHT: Final = 0.8  # of what is only read in the text, against a board's field


class _Named(NamedTuple):
    words: str
    start: int
    end: int
    rule: str
    field: str = "description_text"


def read_text_place(places: KnownLocations, ad: Advertisement, title: str | None, *, country: str | None = None) -> RegionReading | None:
    """The first place that a place line ("Arbeitsort:"), a heading line between bars or the title names; None where none does.

    `country` is the one that the board's field names. A place counts in the countries that the text's language speaks for, a large one
    anywhere.
    """
    likely = (country,) if country else _LIKELY.get(ad.language or "", ())
    for named in _named_places(ad, title):
        reading = places.read(JobLocation(text=named.words, country=country), likely=likely)
        is_place = reading is not None and (reading.nuts or reading.country) and not (country and reading.evidence.rule == "country")
        if reading is None or not is_place or (named.field == "title" and reading.evidence.rule == "place:ambiguous"):
            continue
        start, end = _span(named, reading.place)
        evidence = Evidence(field=named.field, start=start, end=end, rule=f"{named.rule}:{reading.evidence.rule}")
        return reading.model_copy(update={"score": round(reading.score * _TEXT_WEIGHT, 3), "evidence": evidence})
    return None


def _span(named: _Named, place: str | None) -> tuple[int, int]:
    """Where the name that was found stands; all the words where they name only a country."""
    at = named.words.find(place) if place else -1
    return (named.start, named.end) if at < 0 or place is None else (named.start + at, named.start + at + len(place))


def _named_places(ad: Advertisement, title: str | None) -> Iterator[_Named]:
    tries = 0
    for cue in ad.cues_of(CueKind.PLACE):
        if not (ad.text[cue.start].isupper() or _stands_as_label(ad, cue.end)):
            continue
        tries += 1
        if tries > _TRIES:
            break
        if (named := _behind(ad, cue.end, f"cue:{cue.language}")) is not None:
            yield named
    yield from _between_bars(ad)
    yield from _in_title(title or "")


def _stands_as_label(ad: Advertisement, end: int) -> bool:
    """Whether a cue in lower case is followed by a colon, or, as "based in" is, by a capital."""
    after = ad.text[end : end + 4].lstrip(" ")
    return after[:1] == ":" or (after[:1].isupper() and ad.folded[max(end - 3, 0) : end].split()[-1:] in _PREPOSITIONS)


_PREPOSITIONS: Final = [["in"], ["a"], ["en"], ["sur"], ["i"], ["w"], ["v"], ["de"], ["te"], ["är"]]


def _behind(ad: Advertisement, begin: int, rule: str) -> _Named | None:
    """The words of a place behind a cue, up to the end of the line, the sentence or the next label."""
    match = _LINE.match(ad.text, begin)
    if match is None:
        return None
    words = match[1]
    for pattern in (_CLAUSE_END, _LATER_LABEL):
        stop = pattern.search(words)
        words = words if stop is None else words[: stop.start()]
    words = words.rstrip(" ,.;-–")
    return _Named(words, match.start(1), match.start(1) + len(words), rule) if len(words) > 1 and words[0] not in "),.;" else None


def _between_bars(ad: Advertisement) -> Iterator[_Named]:
    """The parts of a first line such as "Company | Engineer | Berkeley, CA | Onsite"."""
    line_end = ad.text.find("\n")
    line = ad.text[: 300 if line_end < 0 else min(line_end, 300)]
    if line.count("|") < 2:
        return
    for match in list(_PIPES.finditer(line))[1:_TRIES]:
        words = match[0].strip()
        start = match.start() + match[0].index(words)
        if words and len(words) < 60 and "//" not in words:
            yield _Named(words, start, start + len(words), "bars")


def _in_title(title: str) -> Iterator[_Named]:
    for match in _IN_TITLE.finditer(title[:300]):
        yield _Named(match[1], match.start(1), match.end(1), "title", "title")
