"""Places by name: a table of places and a sorted table of the names they go by."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

import pyarrow as pa

from taxonomies import compiled_form
from taxonomies.label_key import label_key

PLACES: Final = "places.arrow"
PLACE_NAMES: Final = "place_names.arrow"

_SPELT_OUT: Final = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "Å": "Aa", "Ø": "Oe"}
)
_SAINTS: Final = {"st": ("saint", "sankt"), "ste": ("sainte",), "saint": ("st",), "sainte": ("ste",), "sankt": ("st",)}
_COLUMNS: Final = ("name", "country", "nuts", "nearest", "latitude", "longitude", "population", "postal_prefixes")


@dataclass(frozen=True, slots=True)
class Place:
    """A place of a gazetteer: ISO country, NUTS code of level 3 (or None), WGS84 position, and the names it goes by."""

    name: str
    country: str
    nuts: str | None
    latitude: float
    longitude: float
    population: int
    nearest: bool = False  # in no outline: put into the nearest region of its country
    postal_prefixes: tuple[str, ...] = ()
    alternative_names: tuple[str, ...] = ()


class PlaceCandidate(NamedTuple):
    """A place that a name fits. `postal` says whether the postcode asked with fits too (None: not known for this place)."""

    name: str
    country: str
    nuts: str | None
    latitude: float
    longitude: float
    population: int
    nearest: bool = False
    postal: bool | None = None


class NamedPlace(NamedTuple):
    """A place found by name: whether by its first name or an alternative, and the first digits of its postcodes."""

    place: PlaceCandidate
    own_name: bool
    postal_prefixes: tuple[str, ...]


class _Keys:
    """A sorted Arrow column of strings as UTF-8, which sorts as the strings do; much faster to search than Arrow's own values."""

    def __init__(self, column: Any) -> None:
        _, ends, letters = column.buffers() if len(column) else (None, b"", b"")
        self._ends = memoryview(ends).cast("b").cast("i")[column.offset : column.offset + len(column) + 1]
        self._letters = memoryview(letters or b"")
        self._count = len(column)

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, at: int) -> bytes:
        return self._letters[self._ends[at] : self._ends[at + 1]].tobytes()


class PlaceIndex:
    """Places and names as Arrow tables, in memory or mapped."""

    def __init__(self, places: Any, names: Any) -> None:
        self._places = [compiled_form.column(places, name) for name in _COLUMNS]
        self._keys = _Keys(compiled_form.column(names, "key"))
        self._owners = compiled_form.column(names, "place")
        self._own = compiled_form.column(names, "own")

    def __len__(self) -> int:
        return len(self._places[0])

    @classmethod
    def open(cls, folder: Path) -> PlaceIndex:
        """Map the tables that `write_places` wrote."""
        return cls(compiled_form.map_table(folder / PLACES), compiled_form.map_table(folder / PLACE_NAMES))

    @classmethod
    def build(cls, places: Iterable[Place]) -> PlaceIndex:
        """Make the tables in memory."""
        return cls(*_tables(list(places)))

    def named(self, name: str) -> Iterator[NamedPlace]:
        """All places that go by a name, accents, case and punctuation folded."""
        seen: set[int] = set()
        for key in _query_keys(name):
            wanted = key.encode()
            at = bisect_left(self._keys, wanted)
            while at < len(self._keys) and self._keys[at] == wanted:
                owner = self._owners[at].as_py()
                if owner not in seen:
                    seen.add(owner)
                    *fields, prefixes = (column[owner].as_py() for column in self._places)
                    title, country, nuts, nearest, latitude, longitude, population = fields
                    candidate = PlaceCandidate(title, country, nuts, latitude, longitude, population, nearest)
                    yield NamedPlace(candidate, self._own[at].as_py(), tuple(prefixes.split()) if prefixes else ())
                at += 1

    def positions(self) -> Iterator[tuple[float, float, str, str | None]]:
        """Latitude, longitude, country and NUTS code of every place."""
        columns = (self._places[_COLUMNS.index(name)].to_pylist() for name in ("latitude", "longitude", "country", "nuts"))
        return zip(*columns, strict=True)


def write_places(folder: Path, places: Iterable[Place]) -> None:
    """Write the two tables into a build folder, made when absent."""
    folder.mkdir(parents=True, exist_ok=True)
    table, names = _tables(list(places))
    compiled_form.write_table(folder / PLACES, table)
    compiled_form.write_table(folder / PLACE_NAMES, names)


def _tables(places: list[Place]) -> tuple[Any, Any]:
    table = pa.table(
        {
            "name": pa.array([p.name for p in places], pa.string()),
            "country": pa.array([p.country for p in places], pa.string()),
            "nuts": pa.array([p.nuts for p in places], pa.string()),
            "nearest": pa.array([p.nearest for p in places], pa.bool_()),
            "latitude": pa.array([p.latitude for p in places], pa.float64()),
            "longitude": pa.array([p.longitude for p in places], pa.float64()),
            "population": pa.array([p.population for p in places], pa.int64()),
            "postal_prefixes": pa.array([" ".join(p.postal_prefixes) for p in places], pa.string()),
        }
    )
    rows = sorted({(key, at): own for at, place in enumerate(places) for key, own in _place_keys(place)}.items())
    names = pa.table(
        {
            "key": pa.array([key for (key, _), _ in rows], pa.string()),
            "place": pa.array([at for (_, at), _ in rows], pa.int32()),
            "own": pa.array([own for _, own in rows], pa.bool_()),
        }
    )
    return table, names


def _place_keys(place: Place) -> Iterator[tuple[str, bool]]:
    """Alternative names first, so that the place's own name wins where both give one key."""
    for name in place.alternative_names:
        for key in name_keys(name):
            if len(key) > 2:
                yield key, False
    for key in name_keys(place.name):
        yield key, True


def name_keys(name: str) -> set[str]:
    """The forms of a name that are compared: folded, and with its umlauts spelt out ("Köln": koln, koeln)."""
    composed = unicodedata.normalize("NFC", name)
    spelt_out = composed.translate(_SPELT_OUT)
    keys = {label_key(composed)} if spelt_out == composed else {label_key(composed), label_key(spelt_out)}
    return keys - {""}


def _query_keys(name: str) -> list[str]:
    keys = [label_key(name)]
    if not name.isascii():
        keys += sorted(name_keys(name))
    words = keys[0].split()
    for at, word in enumerate(words[:-1]):  # "St. Pölten", "La Chapelle St Luc"
        keys += [" ".join([*words[:at], other, *words[at + 1 :]]) for other in _SAINTS.get(word, ())]
    before_bracket = name.partition("(")[0]
    if before_bracket.strip() and before_bracket != name:
        keys.append(label_key(before_bracket))
    return [key for key in dict.fromkeys(keys) if key]
