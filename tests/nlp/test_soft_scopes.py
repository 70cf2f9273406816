"""How far "Nice to have:" reaches."""

from __future__ import annotations

from itertools import pairwise

import pytest

from nlp.advertisement import Advertisement
from nlp.soft_scopes import soft_scopes
from vacancies.enriched import Zone, ZoneSpan


def softened(text: str, language: str, words: str) -> list[str]:
    """Those of some words, parted by blanks, that stand in a softened range."""
    zones = [ZoneSpan(start=0, end=len(text), zone=Zone.REQUIREMENTS, score=1.0, rule="test")]
    ranges = soft_scopes(Advertisement(text, (), language), zones)
    assert all(0 <= start < end <= len(text) for start, end in ranges)
    assert all(before[1] <= after[0] for before, after in pairwise(ranges))
    return [word for word in words.split() if any(start <= text.index(word) < end for start, end in ranges)]


CASES = {
    "heading": ("Profile\n- Java\n\nNice to have\n- Kotlin\n- Scala\n\nWe use Oracle daily.", "en", "Kotlin Scala"),
    "recommended": ("You have\n• Java\n\nRecommended Skills & Experience\n• Kotlin\n• Scala", "en", "Kotlin Scala"),
    "lines": ("Profile:\nJava\nPreferred skills:\nKotlin\nScala\n\nWe work with Oracle.", "en", "Kotlin Scala"),
    "next-bare-line": ("Plus (nice-to-have)\nYou know Kotlin.\nYou know Scala.\nSkills and more\nJava", "en", "Kotlin Scala"),
    "in-a-line": ("- Java\n- Nice to have: Kotlin and Scala\n- Oracle", "en", "Kotlin Scala"),
    "in-brackets": ("A degree (preferred: Kotlin, Scala), Java and Oracle", "en", "Kotlin Scala"),
    "lead-in": ("Krav:\n- Java\n\nVi ser gärna att du har:\n- Kotlin\n- Scala", "sv", "Kotlin Scala"),
    "glued": ("Buena base en Java.Otras habilidades deseables (no obligatorio)Experiencia con Kotlin y Scala", "es", "Kotlin Scala"),
    "dash-behind": ("Requisitos: Java. Se valorará especialmente - Kotlin - Scala", "es", "Kotlin Scala"),
    "end-of-a-sentence": ("je hebt kennis van Java, Kotlin is een pré je bent leergierig en kent Scala en Oracle", "nl", ""),
    "wrapped-line": ("Java ist wichtig, Kenntnisse in Kotlin\nsind von Vorteil\n- Scala\n- Oracle", "de", ""),
    "one-item": ("Ihr Profil\n- Idealerweise Kenntnisse in Kotlin\n- Scala", "de", ""),
    "requiring-heading": ("Requirements:\n- Kotlin\n- Scala", "en", ""),
    "nothing": ("", "en", ""),
}


@pytest.mark.parametrize(("text", "language", "soft"), CASES.values(), ids=CASES)
def test_softening_reaches_over_its_own_list_or_line(text: str, language: str, soft: str) -> None:
    words = " ".join(word for word in ("Java", "Kotlin", "Scala", "Oracle") if word in text)
    assert softened(text, language, words) == soft.split()


def test_softening_ends_with_its_zone() -> None:
    text = "Nice to have:\nKotlin\nWe offer Scala"
    at = text.index("We")
    zones = [
        ZoneSpan(start=0, end=at, zone=Zone.REQUIREMENTS, score=1.0, rule="test"),
        ZoneSpan(start=at, end=len(text), zone=Zone.OFFER, score=1.0, rule="test"),
    ]
    assert soft_scopes(Advertisement(text, (), "en"), zones) == ((13, at),)
