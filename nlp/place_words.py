"""Words of a place as boards and texts write them: country, state, postcode and the names to look up, the likeliest first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from vacancies.posting import JobLocation
from vacancies.values.countries import read_country

_PARTS: Final = re.compile(r"\s+[-–—|/&]\s*|[-–—|/&]\s+|(?<=[.)])[-–—]|[,;|/()\[\]\n•]|\s{3,}|\s(?:or|oder|ou|lub|nebo|eller)\s")
_LABEL: Final = re.compile(
    r"^\W*(?:(?:job |work |office )?locations?|standort|arbeitsort|einsatzort|ort|raum|großraum|region|regio|lieu|ville|plaats|locatie"
    r"|ubicación|localidad|provincia(?: de)?"
    r"|ort|placering|miejsce pracy|lokalizacja|woj(?:ewództwo)?|powiat|gmina|okres|okr|kraj|pracoviště|provozovna|provoz|prodejna"
    r"|pobočka|depo|město|obec|m\.č"
    r"|centrala|near|nearby|in|bei|bij|près de|okolice|okolí|k/|greater|hybrid|onsite|on-site|remote|hybride|ul|teren|teren powiatu"
    r"|area of|the)\b[\s.:]*",
    re.IGNORECASE,
)
_NO_PLACE: Final = re.compile(
    r"\b(?:remote|hybrid|onsite|on-site|home ?office|full-?time|area|and surroundings|preferred|only|gmbh|s\.\s?r\.\s?o|a\.\s?s"
    r"|sp\. z o\.?\s?o|spol|ltd|limited|inc)\b\.?",
    re.IGNORECASE,
)
_NUMBERS: Final = re.compile(r"\b\w*\d\w*\b")
_POSTCODE: Final = re.compile(
    r"\b(?:(?P<pl>\d{2}-\d{3})|(?P<cz>\d{3} \d{2})(?! ?(?:kč|€|zł|eur))|(?P<nl>\d{4} ?[A-Z]{2})|(?:[A-Z]{1,2}-)?(?P<five>\d{5})"
    r"|(?:[A-Z]{1,2}-)(?P<four>\d{4}))\b[ ,]+",
    re.IGNORECASE,
)
_MOST_WORDS: Final = 4
_SOFT: Final = str.maketrans("", "", "\u00ad\u200b\u2060")

US_STATES: Final = {
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California", "CO": "Colorado", "CT": "Connecticut",
    "DE": "Delaware", "DC": "District of Columbia", "FL": "Florida", "GA": "Georgia", "HI": "Hawaii", "ID": "Idaho", "IL": "Illinois",
    "IN": "Indiana", "IA": "Iowa", "KS": "Kansas", "KY": "Kentucky", "LA": "Louisiana", "ME": "Maine", "MD": "Maryland",
    "MA": "Massachusetts", "MI": "Michigan", "MN": "Minnesota", "MS": "Mississippi", "MO": "Missouri", "MT": "Montana",
    "NE": "Nebraska", "NV": "Nevada", "NH": "New Hampshire", "NJ": "New Jersey", "NM": "New Mexico", "NY": "New York",
    "NC": "North Carolina", "ND": "North Dakota", "OH": "Ohio", "OK": "Oklahoma", "OR": "Oregon", "PA": "Pennsylvania",
    "RI": "Rhode Island", "SC": "South Carolina", "SD": "South Dakota", "TN": "Tennessee", "TX": "Texas", "UT": "Utah", "VT": "Vermont",
    "VA": "Virginia", "WA": "Washington", "WV": "West Virginia", "WI": "Wisconsin", "WY": "Wyoming",
}  # fmt: skip
_STATE_NAMES: Final = {name.casefold() for name in US_STATES.values()} - {"georgia"}
_WORDS_TOO: Final = {
    "NO",
    "IT",
    "AI",
    "HR",
    "PR",
    "QA",
    "TV",
    "SR",
    "ML",
    "PM",
    "AM",
    "SO",
    "TO",
    "IS",
    "BE",
    "LA",
}  # codes that are words as well
_THREE_LETTERS: Final = {"USA", "GBR", "DEU", "FRA", "ESP", "NLD", "BEL", "AUT", "CHE", "POL", "CZE", "SWE"}  # others are words: GTM
_CANADIAN: Final = {"ON", "BC", "QC", "AB", "MB", "NS", "NB", "SK"}
_CANADIAN_NAMES: Final = {
    "ontario": "ON", "british columbia": "BC", "quebec": "QC", "québec": "QC", "alberta": "AB", "manitoba": "MB", "nova scotia": "NS",
}  # fmt: skip
_STATE_CODES: Final = {name.casefold(): code for code, name in US_STATES.items()} | _CANADIAN_NAMES
# Words before a name that say that one comes: "biuro w Krakowie", "im Raum Köln", "te Utrecht".
_LEADS: Final = frozenset((
    "in", "im", "am", "i", "w", "we", "z", "ze", "v", "ve", "te", "à", "a", "en", "de", "bei", "near", "sur", "vid", "nahe", "rond", "koło",
    "obok",
))  # fmt: skip
_ARTICLES: Final = frozenset(("au", "aux", "du"))  # they hold a part of the name: "au Havre"
_ELISION: Final = re.compile(r"^[dl]['’](?=\w)")
_MOST_BEFORE: Final = 4  # words in lower case
# Codes that are a state of the US and a country alike, and mean the country in Europe behind a town, as in `vacancies.job_place`.
_EUROPEAN: Final = {"AL", "DE", "MD", "ME", "MT"}


class PlaceWords(NamedTuple):
    """What the words of a place say; `names` may name it, longest first and in the order of the words."""

    country: str | None
    postcode: str | None
    names: tuple[str, ...]
    parts: tuple[str, ...]  # the words between commas, slashes and brackets
    state: str | None  # letters of the state of the US or the province of Canada behind a town


@lru_cache(maxsize=20_000)
def place_words(text: str) -> PlaceWords:
    """Take the words of a place apart: "Location: 04109 Leipzig, Germany", "Kassel Deutschland", "Austin, TX", "Germany/Remote"."""
    text = " ".join(text.translate(_SOFT).split(" ")).strip()
    postcode = _POSTCODE.search(text)
    parts = tuple(part for raw in _PARTS.split(text) if (part := _clean(raw)))
    country = next((named for at, part in enumerate(parts) if (named := _country_of(part, at))), None)
    after = _names_from(_clean(text[postcode.end() :].partition(",")[0])) if postcode else ()
    names = [*after, *(name for part in parts if _country_of(part, 1) is None for name in _names_from(part))]
    code = postcode[postcode.lastgroup] if postcode is not None and postcode.lastgroup else None
    state = next((named for part in parts[1:] if (named := state_code(part))), None)
    return PlaceWords(country or _country_at_end(parts), code, tuple(dict.fromkeys(names)), parts, state)


def state_code(words: str) -> str | None:
    """The letters of the state of the US or the province of Canada that words name, by letters in capitals or by name."""
    if words in US_STATES or words in _CANADIAN:
        return words
    return _STATE_CODES.get(words.casefold())


def location_names(location: JobLocation) -> Iterator[str]:
    """The names under which a location may be looked up, the likeliest first, each once."""
    found: list[str] = []
    if location.locality:
        found += [location.locality.strip(), *place_words(location.locality).names]
    if location.text:
        found += [location.text.strip(), *place_words(location.text).names]
    yield from dict.fromkeys(found)


def _clean(part: str) -> str:
    """A part without labels, numbers and words that name no place."""
    part = _NO_PLACE.sub(" ", part.strip())
    for _ in range(3):
        shorter = _LABEL.sub("", part)
        if shorter == part:
            break
        part = shorter
    return " ".join(_NUMBERS.sub(" ", part).split()).strip(" .-–:*")


def _country_of(part: str, at: int) -> str | None:
    """The country that a part names by itself, or by a state of the US or a province of Canada behind a town."""
    upper = part.upper()
    if at > 0 and part == upper and upper in US_STATES:
        return upper if upper in _EUROPEAN else "US"
    if at > 0 and (part.casefold() in _STATE_NAMES):
        return "US"
    if at > 0 and ((part == upper and upper in _CANADIAN) or part.casefold() in _CANADIAN_NAMES):
        return "CA"
    is_word = upper in _WORDS_TOO or (part != upper and len(part) < 4) or (len(part) == 3 and upper not in _THREE_LETTERS)
    return None if is_word else read_country(part)


def _country_at_end(parts: tuple[str, ...]) -> str | None:
    """The country of "Kassel Deutschland" or "Berkeley CA"."""
    for part in parts:
        words = part.split()
        if len(words) > 1 and (named := _country_of(words[-1], 1)) is not None and words[-1][:1].isupper():
            return named
    return None


def _names_from(part: str) -> Iterator[str]:
    """The words of a part from its first on, all of them, then fewer: "Warszawa Nr ref" -> ..., "Warszawa Nr", "Warszawa"."""
    part = _without_lead(part)
    words = part.split()[:_MOST_WORDS]
    if part and len(part.split()) > _MOST_WORDS:
        yield part
    for count in range(len(words), 0, -1):
        name = " ".join(words[:count])
        if (len(name) > 1 and (words[0][:1].isupper() or (words[0] in _ARTICLES and count > 1))) or (count == 1 and len(name) > 3):
            yield name


def _without_lead(part: str) -> str:
    """A part from the name on that stands behind a few words in lower case and a preposition: "biuro w Krakowie" -> "Krakowie"."""
    words = part.split()
    bare = [_ELISION.sub("", word) for word in words[: _MOST_BEFORE + 1]]
    at = next((at for at, word in enumerate(bare) if word[:1].isupper()), None)
    if at is None:
        return part
    if bare[at] != words[at]:
        return " ".join([bare[at], *words[at + 1 :]])
    if at and words[at - 1] in _ARTICLES:
        return " ".join(words[at - 1 :])
    return " ".join(words[at:]) if at and words[at - 1] in _LEADS else part
