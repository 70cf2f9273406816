from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.advertisement import Advertisement
from nlp.zone_rules import rule_zones
from vacancies.enriched import Zone
from vacancies.html_text import text_from_html, text_from_plain

GERMAN = """<p>Das Seniorenzentrum am Lindenhof ist ein Haus mit 80 Plätzen.</p>
<h3>Ihre Aufgaben</h3><ul><li>Grundpflege</li><li>Dokumentation</li></ul>
<h3>Ihr Profil</h3><ul><li>Examen</li></ul><h3>Das wäre toll:</h3><ul><li>Führerschein</li></ul>
<h3>Wir bieten</h3><ul><li>30 Tage Urlaub</li></ul><h3>Kontakt</h3><p>Rufen Sie uns an.</p>"""
ENGLISH = """Acme Ltd is a leading maker of pumps.

RESPONSIBILITIES:
- Build pumps
- Test pumps

REQUIREMENTS:
- Welding
Nice to have:
- French

We offer:
- Free parking

How to apply:
Send your CV."""
FRENCH = """Notre client recrute. Vos missions : préparer les commandes. Votre profil : vous êtes autonome.
Nous offrons : tickets restaurant."""
POLISH = "Twój zakres obowiązków przyjmowanie dostaw obsługa wózka Nasze wymagania znajomość Excela To oferujemy umowę o pracę"


def zone_of(text: str, blocks: tuple[object, ...], language: str, words: str) -> Zone:
    zones = rule_zones(Advertisement(text, blocks, language)).zones  # type: ignore[arg-type]
    at = text.index(words)
    return next(zone.zone for zone in zones if zone.start <= at < zone.end)


@pytest.mark.parametrize(
    ("words", "zone"),
    [
        ("Seniorenzentrum", Zone.EMPLOYER),
        ("Grundpflege", Zone.DUTIES),
        ("Examen", Zone.REQUIREMENTS),
        ("Führerschein", Zone.REQUIREMENTS),
        ("Urlaub", Zone.OFFER),
        ("Rufen", Zone.APPLICATION),
    ],
)
def test_html_headings_in_german(words: str, zone: Zone) -> None:
    text, blocks = text_from_html(GERMAN)
    assert zone_of(text, blocks, "de", words) is zone


@pytest.mark.parametrize(
    ("words", "zone"),
    [
        ("Acme", Zone.EMPLOYER),
        ("Test pumps", Zone.DUTIES),
        ("Welding", Zone.REQUIREMENTS),
        ("French", Zone.REQUIREMENTS),
        ("parking", Zone.OFFER),
        ("Send", Zone.APPLICATION),
    ],
)
def test_plain_text_headings_in_english(words: str, zone: Zone) -> None:
    assert zone_of(*text_from_plain(ENGLISH), "en", words) is zone


@pytest.mark.parametrize(
    ("text", "language", "words", "zone"),
    [
        (FRENCH, "fr", "préparer", Zone.DUTIES),
        (FRENCH, "fr", "autonome", Zone.REQUIREMENTS),
        (FRENCH, "fr", "tickets", Zone.OFFER),
        (POLISH, "pl", "obsługa", Zone.DUTIES),
        (POLISH, "pl", "Excela", Zone.REQUIREMENTS),
        (POLISH, "pl", "umowę", Zone.OFFER),
        ("Taken\n- orders picken\nFunctie-eisen\n- MBO diploma\nWat bieden wij\n- reiskosten", "nl", "MBO", Zone.REQUIREMENTS),
        ("Arbetsuppgifter\nDu packar varor.\n\nKvalifikationer\nB-körkort.\n\nVi erbjuder\nKaffe.", "sv", "B-körkort", Zone.REQUIREMENTS),
        ("Náplň práce:\n- rozvoz zboží\nPožadujeme:\n- řidičský průkaz sk. B\nNabízíme:\n- stravenky", "cs", "řidičský", Zone.REQUIREMENTS),
        ("Funciones:\n- Atender clientes\nRequisitos:\n- Inglés\nSe ofrece:\n- Contrato indefinido", "es", "Inglés", Zone.REQUIREMENTS),
    ],
)
def test_headings_in_running_text_and_lists(text: str, language: str, words: str, zone: Zone) -> None:
    assert zone_of(*text_from_plain(text), language, words) is zone


def test_without_headings_cue_words_decide() -> None:
    sentences = ("We are a family business.", "You will be responsible for deliveries.", "You must have a driving licence.")
    text = " ".join((*sentences, "We offer a competitive salary."))
    zones = rule_zones(Advertisement(text, (), "en")).zones
    assert [zone.zone for zone in zones] == [Zone.EMPLOYER, Zone.DUTIES, Zone.REQUIREMENTS, Zone.OFFER]


def test_softening_headings_are_told() -> None:
    text, blocks = text_from_plain(ENGLISH)
    soft = rule_zones(Advertisement(text, blocks, "en")).soft
    at = text.index("French")
    assert any(start <= at < end for start, end in soft)
    assert not any(start <= text.index("Welding") < end for start, end in soft)


@pytest.mark.parametrize("text", ["", " \n ", "x", "职位要求：熟悉Python", "مطلوب مهندس", "🎉" * 50, "a" * 5000, "\n" * 300 + "x"])
def test_awkward_texts(text: str) -> None:
    zones = rule_zones(Advertisement(text, (), None)).zones
    assert (zones == ()) is (not text.strip())


@given(st.text(alphabet=st.sampled_from("aB :.\n•-Requirements Aufgaben Wir bieten,;ü"), max_size=400))
@settings(max_examples=120)
def test_zones_cover_the_text_without_overlap(text: str) -> None:
    zones, soft, _ = rule_zones(Advertisement(text, (), "de"))
    if text.strip():
        assert zones[0].start == 0
        assert zones[-1].end == len(text)
        assert all(before.end == after.start for before, after in pairwise(zones))
    assert all(0 <= start < end <= len(text) for start, end in soft)


@pytest.mark.parametrize(
    ("text", "has_none"),
    [("x" * 60, False), ("x" * 61, True), ("X" + "x" * 199, False), ("X" + "x" * 200, True), ("x" * 390 + "XX" + "x" * 9, True)],
    ids=["too short to tell", "none at all", "one in two hundred", "fewer", "two in four hundred and one"],
)
def test_a_text_without_capitals_is_known_by_its_beginning(text: str, has_none: bool) -> None:
    assert Advertisement(text, (), "en").has_no_capitals is has_none
