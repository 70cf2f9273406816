"""One pass for many patterns finds what each finds alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import chain

import pytest

from nlp.conditions import agency, deadline, duration, education, experience_words, licences, openings, seniority, shifts, start
from nlp.folding import fold
from nlp.pattern_starts import as_bytes, pattern_starts
from nlp.shared_scan import SharedScan, digits_of, matches_at, within
from nlp.stems import Stems

TEXT = fold(
    "Wir suchen ab sofort zwei Fahrer (m/w/d) mit Führerschein Kl. B, C1 oder CE. Bewerbungsschluss: 31.05.2026! Berufserfahrung von "
    "mindestens 2 Jahren ist Voraussetzung, Nachtschicht und Wochenendarbeit möglich. Start: as soon as possible; apply by 3 June. "
    "Senior or junior, driving licence required. Laufzeit: 12.05.2026. Żadne doświadczenie nie jest wymagane • ЖКХ ridicsky prukaz sk. B"
)
PATTERNS = {
    "licences": licences._LEAD,
    "deadline names": deadline._words("de").names,
    "deadline applying": deadline._words(None).applying,
    "start names": start._words("de").names,
    "start at once": start._words(None).at_once,
    "seniority": seniority._text_pattern(),
    "nights": shifts._patterns("night", "de").sure,
    "weekends": shifts._patterns("weekend", None).sure,
    "no experience": experience_words.NO_NEED,
    "period": duration._PERIOD,
    "not led": re.compile(r"\w+schein|\d{4}"),
    "signs": re.compile(r"[(;•] ?\w"),
}
STEMS = {
    "openings": openings._STEMS,
    "experience": experience_words.STEMS,
    "education": education._finder("de").stems,
    "agencies": agency._finders().phrases,
    "inside, whole": Stems(["*schein", "ce$", "start", "*ahr"]),
    "begin with signs": Stems(["*(m/w", " by", "• "]),
}


def scans(folded: str, owners: Mapping[str, re.Pattern[str] | Stems], language: str) -> SharedScan:
    """A scan that has been asked before, so that its automaton is made."""
    for _ in range(3):
        before = SharedScan(folded, language)
        for owner in owners.values():
            before.numbered(owner) if isinstance(owner, Stems) else list(before.finditer(owner))
    return SharedScan(folded, language)


@pytest.mark.parametrize("name", PATTERNS)
@pytest.mark.parametrize("folded", [TEXT, TEXT[::-1], " ".join(reversed(TEXT.split())), TEXT[:60]], ids=["text", "back", "turned", "short"])
def test_a_pattern_matches_where_it_matches_alone(name: str, folded: str) -> None:
    scan = scans(folded, PATTERNS, "patterns")
    assert [match.span() for match in scan.finditer(PATTERNS[name])] == [match.span() for match in PATTERNS[name].finditer(folded)]


@pytest.mark.parametrize("name", STEMS)
@pytest.mark.parametrize("folded", [TEXT, TEXT.replace(" ", "_"), TEXT[:60]], ids=["text", "underscores", "short"])
def test_stems_stand_where_they_stand_alone(name: str, folded: str) -> None:
    assert scans(folded, STEMS, "stems").numbered(STEMS[name]) == STEMS[name].numbered(folded)


@pytest.mark.parametrize(
    ("pattern", "starts"),
    [
        (r"(?<!\w)(?:pay|paid)\b", {b" pay", b" paid"}),
        (r"se[nm]ior\w*", {b"senior", b"semior"}),
        (r"ab ?sofort", {b"ab sof", b"absofo"}),
        (r"\d{2} days", {b"00 day"}),
        (r"colou?r", {b"colour", b"color"}),
        (r"no(?:\.|\W) of|no", {b"no"}),
        (r"n\W? de", {b"n de", b"n  de"}),
        (r"(?<!\w) ?cdl", {b" cdl"}),
        (r"a+b", set()),
        (r"\w+ licence", set()),
        (r"(?i:pay)", set()),
    ],
)
def test_starts_of_a_pattern(pattern: str, starts: set[bytes]) -> None:
    assert {start.letters for start in pattern_starts(re.compile(pattern))} == starts


def test_most_patterns_of_words_are_led() -> None:
    led = {name for name, pattern in PATTERNS.items() if pattern_starts(pattern)}
    assert led == set(PATTERNS) - {"not led", "signs"}


def test_every_character_is_one_byte() -> None:
    text = "".join(map(chr, chain(range(0x20, 0x500), (0x4E00, 0x1F600))))
    assert len(as_bytes(text)) == len(text)


@pytest.mark.parametrize(("begin", "stop"), [(0, 400), (20, 90), (21, 22), (95, 130)])
@pytest.mark.parametrize("name", PATTERNS)
def test_a_part_of_the_text_is_searched_as_alone(name: str, begin: int, stop: int) -> None:
    scan = scans(TEXT, PATTERNS, "parts")
    expected = [match.span() for match in PATTERNS[name].finditer(TEXT, begin, stop)]
    assert [match.span() for match in scan.finditer(PATTERNS[name], begin, stop)] == expected
    first = scan.search(PATTERNS[name], begin, stop)
    assert (first.span() if first else None) == (expected[0] if expected else None)


@pytest.mark.parametrize("text", ["3 or 40", "m² 5", "٣ lat, 4 lata", "3\u00ad4 → 5", "none"])
def test_digits_stand_where_the_pattern_for_them_finds_them(text: str) -> None:
    expected = [match.start() for match in re.finditer(r"\d", text)]
    assert SharedScan(text, None).digits == digits_of(text) == expected


def test_matches_at_places_are_those_of_the_whole_text() -> None:
    text, pattern = "12 hours, 123 days, 4 or 5 weeks", re.compile(r"\d{1,2} (?:or \d )?\w+")
    places = digits_of(text)
    assert [match[0] for match in matches_at(pattern, text, places)] == ["12 hours", "23 days", "4 or 5 weeks"]
    assert [match[0] for match in matches_at(pattern, text, places, 1, 14)] == ["2 hours"]
    assert list(within(places, 1, 12)) == [1, 10, 11]
