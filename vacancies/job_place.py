"""Places of work: schema.org Place, PostalAddress and GeoCoordinates, or words."""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterable, Mapping
from typing import Final

from vacancies.posting import JobLocation
from vacancies.values.countries import read_country
from vacancies.values.words import each, number, word
from vacancies.values.workplaces import read_workplace

_STATES: Final = re.compile(
    r"A[LKZR]|C[AOT]|D[CE]|FL|GA|HI|I[DLNA]|K[SY]|LA|M[EDAINSOT]|N[EVHJMYCD]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[TA]|W[AVIY]", re.IGNORECASE
)
_SITE_PARTS: Final = re.compile(r"\s+[-–|/]\s+|[,()]")
_SHORT_NAMES: Final = frozenset({"US", "USA", "UK"})  # elsewhere two or three letters may be a state or an airport
_EUROPEAN: Final = frozenset({"AL", "DE", "MD", "ME", "MT"})  # of the two-letter words that are both a state and a country


def read_places(value: object, *, countries: Collection[str] = ()) -> tuple[JobLocation, ...]:
    """Read schema.org jobLocation: a Place, an address, words, or a list of them; places said twice are given once.

    `countries` as in `place_from_words`.
    """
    places = [place for member in each(value) if (place := _place(member, countries)) is not None]
    return tuple(dict.fromkeys(places))


def place_from_words(text: str | None, *, country: str | None = None, countries: Collection[str] = ()) -> JobLocation | None:
    """Make a place of a board's free words ("Berlin, Germany"); the last part is read as country where it is one.

    `country` (two letters) stands in where the words name none. `countries` are those the board covers: they settle what may be a country
    or a state of the USA ("Wilmington, DE"); without them a country of Europe is meant. None for empty words without a country.
    """
    words = " ".join((text or "").split()).strip(" ,;")
    if not words:
        return JobLocation(country=country) if country else None
    parts = [part.strip() for part in words.split(",") if part.strip()]
    named = _country_in_words(parts[-1], countries) if parts else None
    if named and len(parts) == 1:
        return JobLocation(text=words, country=named)
    locality = parts[0] if len(parts) > 1 and not read_workplace(parts[0]) else None  # "Remote, United Kingdom"
    return JobLocation(text=words, locality=locality, country=named or country)


def place_of_site(name: str | None, *, country: str | None = None) -> JobLocation | None:
    """Make a place of the name that an employer gives to a site ("Australia - Sydney", "US, CA, Santa Clara", "Munich office").

    Nothing but a country is read out of it, where the first or last part is the name of one; `country` (code or name) goes before.
    """
    text = " ".join((name or "").split()) or None
    parts = [part.strip() for part in _SITE_PARTS.split(text or "") if part.strip()]
    named = (read_country(part) for part in (*parts[:1], *parts[-1:]) if part in _SHORT_NAMES or (len(part) > 3 and part != "Georgia"))
    return make_place(text=text, country=read_country(country) or next(filter(None, named), None))


def places_from_list(names: Iterable[str]) -> tuple[JobLocation, ...]:
    """Make places of a list of countries and regions of the world ("Poland", "North America"), as boards of remote work state them."""
    words = (" ".join(name.split()) for name in names)
    return tuple(dict.fromkeys(JobLocation(text=name, country=read_country(name)) for name in words if name))


def make_place(
    *,
    text: str | None = None,
    locality: str | None = None,
    region: str | None = None,
    postal_code: str | None = None,
    country: str | None = None,
    latitude: float | None = None,
    longitude: float | None = None,
) -> JobLocation | None:
    """Make a place of the parts a board gives as fields; an unknown country goes to the text, impossible coordinates are left out."""
    code = read_country(country)
    if country and not code:
        text = ", ".join(filter(None, (text, country)))
    is_on_earth = latitude is not None and longitude is not None and abs(latitude) <= 90 and abs(longitude) <= 180
    if not is_on_earth or (latitude == 0 and longitude == 0):
        latitude = longitude = None
    stated = (text, locality, region, postal_code, code, latitude)
    if not any(part is not None and part != "" for part in stated):
        return None
    return JobLocation(
        text=text or None,
        locality=locality,
        region=region,
        postal_code=postal_code,
        country=code,
        latitude=latitude,
        longitude=longitude,
    )


def _country_in_words(part: str, countries: Collection[str]) -> str | None:
    """Read a country behind a comma, where two letters, and Georgia, may be a state of the USA too ("Atlanta, GA")."""
    named = read_country(part)
    if named in countries or not (_STATES.fullmatch(part) or part.casefold() == "georgia"):
        return named
    if "US" in countries:
        return "US"
    return named if named in _EUROPEAN else None


def _place(value: object, countries: Collection[str]) -> JobLocation | None:
    if isinstance(value, str):
        return place_from_words(html.unescape(value), countries=countries)
    if not isinstance(value, Mapping):
        return None
    if value.get("@type") == "Country":
        return place_from_words(_plain(value.get("name")), countries=countries)
    geo = next((point for point in each(value.get("geo")) if isinstance(point, Mapping)), {})
    latitude = number(geo.get("latitude", value.get("latitude")))
    longitude = number(geo.get("longitude", value.get("longitude")))
    address = next(each(value.get("address")), None)
    if isinstance(address, str):
        words = place_from_words(html.unescape(address), countries=countries)
        return words.model_copy(update=_coordinates(latitude, longitude)) if words else None
    parts = address if isinstance(address, Mapping) else value
    return make_place(
        text=_plain(value.get("name")) if parts is not value or "addressLocality" not in value else None,
        locality=_plain(parts.get("addressLocality")),
        region=_plain(parts.get("addressRegion")),
        postal_code=_plain(parts.get("postalCode")),
        country=_plain(parts.get("addressCountry")),
        latitude=latitude,
        longitude=longitude,
    )


def _coordinates(latitude: float | None, longitude: float | None) -> dict[str, float]:
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        return {}
    return {"latitude": latitude, "longitude": longitude}


def _plain(value: object) -> str | None:
    text = word(value)
    return html.unescape(text) if text else None
