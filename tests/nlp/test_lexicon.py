from __future__ import annotations

import pytest

from nlp.error import LexiconInvalid
from nlp.folding import fold
from nlp.lexicon.cue_finder import CueKind, cue_finder
from nlp.lexicon.words import LANGUAGES, load_lexicon
from vacancies.enriched import Zone


def cues(text: str, language: str) -> list[tuple[str, str, str]]:
    return [(cue.kind.value, cue.value, text[cue.start : cue.end]) for cue in cue_finder(language).find(text, fold(text))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_lexicon_is_complete(language: str) -> None:
    lexicon = load_lexicon(language)
    assert lexicon.language == language
    assert set(lexicon.headings) == set(Zone)
    assert set(lexicon.sentence_cues) == set(Zone)
    assert set(lexicon.item_starts) == set(Zone)
    assert set(lexicon.contract) == {"permanent", "temporary", "internship", "apprenticeship", "self_employed", "none"}
    assert set(lexicon.working_time) == {"full_time", "part_time", "full_or_part_time", "none"}
    assert set(lexicon.remote) == {"remote", "hybrid", "onsite", "none"}
    assert all(phrase == phrase.strip() and phrase for phrase in (*lexicon.soft_headings, *lexicon.preferred_after))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_phrase_heads_two_zones(language: str) -> None:
    zones: dict[str, set[Zone]] = {}
    for zone, phrases in load_lexicon(language).headings.items():
        for phrase in phrases:
            zones.setdefault(fold(phrase), set()).add(zone)
    assert {phrase: found for phrase, found in zones.items() if len(found) > 1} == {}


def test_a_language_without_lexicon_names_those_that_have_one() -> None:
    with pytest.raises(LexiconInvalid, match=r"xx\.yaml.*cs, de, en"):
        load_lexicon("xx")


def test_the_longest_phrase_of_a_group_wins() -> None:
    found = cues("Kenntnisse sind nicht erforderlich", "de")
    assert ("negated_after", "", "nicht erforderlich") in found
    assert not any(kind == "required" for kind, _, _ in found)


def test_open_ended_phrases_take_the_whole_word() -> None:
    assert ("preferred_after", "", "wünschenswerte") in cues("wünschenswerte Kenntnisse", "de")


def test_phrases_glued_to_the_next_word_are_found() -> None:
    kinds = [(kind, words) for kind, _, words in cues("Responsabilidades principalesDiseñar", "es")]
    assert (CueKind.HEADING.value, "Responsabilidades principales") in kinds
