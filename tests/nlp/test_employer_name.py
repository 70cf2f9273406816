"""The employer's name is no skill: written cases."""

from __future__ import annotations

import pytest

from nlp.employer_name import without_employer
from vacancies.enriched import SkillMention, SkillStatus, Zone


def mention(text: str, words: str, *, kind: str = "skill", uri: str | None = "skill:x") -> SkillMention:
    start = text.rindex(words)
    return SkillMention(
        uri=uri, start=start, end=start + len(words), text=words, score=0.9, status=SkillStatus.MENTIONED, kind=kind,
        zone=Zone.OTHER, rule="test", field="description_text",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "words", "employer", "language", "kind", "stays"),
    [
        ("Join PwC Assurance today.", "Assurance", "PwC", "en", "skill", False),
        ("We at PwC offer assurance.", "assurance", "PwC", "en", "skill", True),
        ("Acme Logistics is a carrier.", "Logistics", "Acme Logistics Ltd", "en", "knowledge", False),
        ("You know Logistics well.", "Logistics", "Acme Logistics Ltd", "en", "knowledge", True),
        ("Our client, Bright Cleaning Ltd, hires.", "Cleaning", None, "en", "skill", False),
        ("You know SAP.", "SAP", "SAP SE", "en", "tool", True),
        ("You know SAP.", "SAP", "SAP", "en", "tool", True),
        ("Sopra Steria recrute", "Sopra Steria", "Sopra Steria", "fr", "skill", False),
        ("Die Muster Schweißtechnik GmbH sucht", "Schweißtechnik", None, "de", "knowledge", False),
        ("Bei Siemens Projektmanagement lernen", "Projektmanagement", "Siemens", "de", "skill", True),
        ("Kenntnisse in Schweißtechnik", "Schweißtechnik", "Muster Schweißtechnik GmbH", "de", "knowledge", True),
        ("Chez Nettoyage Plus SARL, vous", "Nettoyage", None, "fr", "skill", False),
        ("Bij Schoon Onderhoud B.V. werk je", "Onderhoud", None, "nl", "skill", False),
        ("Limpiezas Sol S.L. busca", "Limpiezas", None, "es", "skill", False),
        ("Nordisk Redovisning AB söker", "Redovisning", None, "sv", "skill", False),
        ("Transport Nowak Sp. z o.o. szuka", "Transport", None, "pl", "skill", False),
        ("Účetnictví Novák s.r.o. hledá", "Účetnictví", None, "cs", "skill", False),
        ("Účetnictví a daně", "Účetnictví", None, "cs", "skill", True),
    ],
)  # fmt: skip
def test_a_part_of_the_employers_name_is_no_skill(
    text: str, words: str, employer: str | None, language: str, kind: str, stays: bool
) -> None:
    found = without_employer([mention(text, words, kind=kind)], text, employer, language, field="description_text")
    assert bool(found) is stays


def test_mentions_of_other_fields_stay() -> None:
    text = "PwC Assurance"
    assert without_employer([mention(text, "Assurance")], text, "PwC", "en", field="title")
