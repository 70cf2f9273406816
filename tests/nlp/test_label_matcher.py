from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from ahocorasick_rs import AhoCorasick
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.folding import fold, is_word
from nlp.label_matcher import LabelMatcher
from nlp.label_table import cached_table
from nlp.label_variants import gerund, label_forms
from taxonomies.model import ConceptType
from taxonomies.taxonomy import Taxonomy


@pytest.fixture(scope="module")
def matcher(taxonomy: Taxonomy) -> LabelMatcher:
    return LabelMatcher.build(taxonomy, [ConceptType.SKILL])


@given(st.text(max_size=300))
@settings(max_examples=300)
def test_folding_keeps_length(text: str) -> None:
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize("character", ["İ", "ß", "ﬁ", "ŉ", "ǰ", "ΐ", "\u0345", "Σ", "Ł", "é", "\U0001f600", "\ud800", "ẞ", "…", "\u2028"])
def test_folding_of_awkward_characters_keeps_length(character: str) -> None:
    assert len(fold(f"a{character}b")) == 3


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Chargé d’Études", "charge d'etudes"),
        ("FÖRDERN", "fördern"),
        ("SAP-Kenntnisse", "sap kenntnisse"),
        ("Łódź", "lodz"),
        ("x\ny", "x\ny"),
        ("experience in the area of quality and project\nmanagement", "experience in the area of quality and project management"),
        ("experience in the area of quality and project\nManagement", "experience in the area of quality and project\nmanagement"),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("Experience with Python, Java and C++.", "en", ["Python", "Java", "C++"]),
        ("Javascript and pythonic style", "en", []),
        ("skills: C, C++", "en", ["C", "C++"]),
        ("Vitamin C is healthy. Plan B or R&D, grade C.", "en", []),
        ("statistics in R or SAS programming", "en", ["R"]),
        ("managing budgets and budget management", "en", ["managing budgets", "budget management"]),
        ("Manage budgets", "en", ["Manage budgets"]),
        ("problem solving and Problem-Solving", "en", ["problem solving", "Problem-Solving"]),
        ("TEAM PLAYERS wanted", "en", ["TEAM PLAYERS"]),
        ("We need SAP, not sap from trees", "en", ["SAP"]),
        ("Staplerschein und Grundpflege", "de", ["Staplerschein", "Grundpflege"]),
        ("SAP-Kenntnisse und Python", "de", ["SAP", "Python"]),
        ("Erfahrung im Schweissen", "de", ["Schweissen"]),
        ("teamwork in Berlin", "de", []),
        ("travail en equipe, CACES", "fr", ["travail en equipe", "CACES"]),
        ("event manager for event planning", "en", ["event planning"]),
        ("", "en", []),
        ("Python", "ja", ["Python"]),
        ("Python", None, ["Python"]),
    ],
)
def test_labels_found(matcher: LabelMatcher, text: str, language: str | None, found: list[str]) -> None:
    assert [text[match.start : match.end] for match in matcher.match(text, language)] == found


def test_the_longest_label_wins_over_one_inside_it(matcher: LabelMatcher) -> None:
    assert [match.uri for match in matcher.match("customs clearance and customs")] == ["test:clearance", "test:customs"]


def test_a_longer_label_that_breaks_off_in_a_word_does_not_hide_a_shorter_one(matcher: LabelMatcher) -> None:
    assert [match.uri for match in matcher.match("customs clearancex")] == ["test:customs"]


def test_preferred_labels_score_above_alternatives_and_inflections(matcher: LabelMatcher) -> None:
    scores = {text: matcher.match(text)[0].score for text in ("manage budgets", "budget management", "managing budgets")}
    assert scores["manage budgets"] > scores["managing budgets"]
    assert scores["manage budgets"] > scores["budget management"]


@given(st.text(max_size=80), st.lists(st.sampled_from(["Python", "C++", "SAP", "teamwork", "Java", "C", "R", "Staplerschein"]), max_size=4))
@settings(max_examples=200)
def test_matches_lie_in_the_text_at_word_boundaries_without_overlap(wild_matcher: LabelMatcher, noise: str, labels: list[str]) -> None:
    text = noise.join(["", *labels, ""])
    last = 0
    for match in wild_matcher.match(text, "de"):
        assert last <= match.start < match.end <= len(text)
        assert not (match.start and is_word(text[match.start]) and is_word(text[match.start - 1]))
        assert not (match.end < len(text) and is_word(text[match.end - 1]) and is_word(text[match.end]))
        assert 0 < match.score <= 1
        last = match.end


@pytest.fixture(scope="module")
def wild_matcher(matcher: LabelMatcher) -> LabelMatcher:
    return matcher


def test_tables_are_kept_beside_the_taxonomy(taxonomy: Taxonomy, matcher: LabelMatcher) -> None:
    kept = sorted(path.name for path in (taxonomy.folder / "matcher").iterdir())
    assert [name.split("-")[1] for name in kept] == sorted(taxonomy.languages)
    again = LabelMatcher.build(taxonomy, [ConceptType.SKILL])
    fresh = LabelMatcher.build_uncached(taxonomy, [ConceptType.SKILL])
    text = "managing budgets with Python, Java; C, R and welding"
    assert again.match(text) == fresh.match(text) == matcher.match(text)


@pytest.mark.parametrize(("language", "made"), [("en", {"en"}), (None, {"en"}), ("de", {"de", "en"}), ("fi", {"en"})])
def test_automata_are_made_for_the_languages_that_are_met(
    taxonomy: Taxonomy, matcher: LabelMatcher, monkeypatch: pytest.MonkeyPatch, language: str | None, made: set[str]
) -> None:
    languages: list[str] = []
    tables = {language: cached_table(taxonomy, [ConceptType.SKILL], language) for language in taxonomy.languages}

    def counted(texts: list[str], **options: bool) -> AhoCorasick:
        languages.extend(language for language, table in tables.items() if table.texts == texts)
        return AhoCorasick(texts, **options)

    monkeypatch.setattr("ahocorasick_rs.AhoCorasick", counted)
    fresh = LabelMatcher(tables.values())
    assert languages == []
    text = "Teamfähigkeit, Budgets verwalten und Python"
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda _: fresh.match(text, language), range(8)))
    assert set(languages) == made
    assert all(labels == matcher.match(text, language) for labels in found)


def test_matcher_is_saved_and_loaded(matcher: LabelMatcher, tmp_path: Path) -> None:
    matcher.to_disk(tmp_path / "labels")
    loaded = LabelMatcher.from_disk(tmp_path / "labels")
    assert loaded.match("Teamfähigkeit und Python", "de") == matcher.match("Teamfähigkeit und Python", "de")


@pytest.mark.parametrize(
    ("verb", "form"),
    [("manage", "managing"), ("plan", "planning"), ("tie", "tying"), ("see", "seeing"), ("cut", "cutting"), ("work", "working")],
)
def test_gerund(verb: str, form: str) -> None:
    assert gerund(verb) == form


def test_forms_of_a_label_with_a_remark() -> None:
    forms = [form.text for form in label_forms("Python (computer programming)", "en", is_activity=False)]
    assert forms[:2] == ["python (computer programming)", "python"]


@pytest.mark.parametrize(
    ("label", "language", "form"),
    [
        ("zarządzanie projektami", "pl", "zarządzania projektami"), ("zarządzanie projektami", "pl", "zarządzaniem projektami"),
        ("planowanie", "pl", "planowaniu"), ("komunikacja", "pl", "komunikacji"), ("komunikacja", "pl", "komunikację"),
        ("kreatywność", "pl", "kreatywności"), ("kreatywność", "pl", "kreatywnością"), ("budownictwo", "pl", "budownictwa"),
        ("informatyka", "pl", "informatyki"), ("matematyka", "pl", "matematykę"), ("fotografia", "pl", "fotografii"),
        ("plánování", "cs", "plánováním"), ("řízení projektů", "cs", "řízením projektů"), ("samostatnost", "cs", "samostatnosti"),
        ("komunikace", "cs", "komunikaci"), ("komunikace", "cs", "komunikací"), ("účetnictví", "cs", "účetnictvím"),
        ("matematika", "cs", "matematiky"), ("matematika", "cs", "matematikou"), ("technologie svařování", "cs", "technologií svařování"),
    ],
)  # fmt: skip
def test_nouns_in_other_cases(label: str, language: str, form: str) -> None:
    assert fold(form) in [found.text for found in label_forms(label, language, is_activity=True)]


@pytest.mark.parametrize(
    ("label", "language", "form"),
    [("kot", "pl", "kotnia"), ("zarządzanie", "cs", "zarządzania"), ("pani", "cs", "panim"), ("SAP", "pl", "SAPu")],
)
def test_no_case_is_made_where_the_ending_does_not_tell(label: str, language: str, form: str) -> None:
    assert fold(form) not in [found.text for found in label_forms(label, language, is_activity=True)]


@pytest.mark.parametrize("text", ["Obsługa – „Sprzedaż”", "ΣΟΦΙΑ", "日本語 İstanbul", "naïve\u2212Ångström \U0001f600", "C++/C# `x`"])
def test_short_and_long_texts_fold_alike(text: str) -> None:
    long = f"{text} " * 20
    assert fold(long) == f"{fold(text)} " * 20
