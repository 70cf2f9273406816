from __future__ import annotations

import pytest
import spacy
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from nlp.components.language import EUROPEAN, OTHERS, LanguageReader
from nlp.language_identifier import FastIdentifier
from nlp.pipeline import register_components

TEXTS = {
    "en": "We are looking for a friendly nurse who likes to work in a small team and enjoys talking to people.",
    "de": "Wir suchen eine freundliche Pflegekraft, die gern in einem kleinen Team arbeitet und sich auf neue Aufgaben freut.",
    "fr": "Nous recherchons une infirmière motivée pour rejoindre une petite équipe et accompagner nos résidents au quotidien.",
    "nl": "Wij zoeken een enthousiaste verpleegkundige die graag in een klein team werkt en van afwisseling houdt.",
    "es": "Buscamos una enfermera con experiencia para trabajar en un equipo pequeño y atender a nuestros pacientes.",
    "sv": "Vi söker en sjuksköterska som trivs i en liten grupp och som tycker om att arbeta med människor varje dag.",
    "pl": "Poszukujemy pielęgniarki do małego zespołu, która lubi pracę z ludźmi i jest otwarta na nowe zadania.",
    "cs": "Hledáme zdravotní sestru do malého týmu, která ráda pracuje s lidmi a nebojí se nových úkolů.",
    "it": "Cerchiamo un infermiere per un piccolo gruppo di lavoro che ami il contatto con le persone ogni giorno.",
}


@pytest.fixture(scope="module")
def reader() -> LanguageReader:
    return LanguageReader("language", (*EUROPEAN, *OTHERS), 400, 0.9)


@pytest.mark.parametrize("language", TEXTS)
def test_language_of_a_text(reader: LanguageReader, language: str) -> None:
    guess = reader.guess(TEXTS[language])
    assert guess is not None
    assert guess.code == language
    assert guess.score > 0.5


def test_a_declared_language_holds_when_the_text_is_too_short(reader: LanguageReader) -> None:
    guess = reader.guess("Koch", declared="de-CH")
    assert guess is not None
    assert guess.code == "de"


def test_a_clear_text_overrules_the_declared_language(reader: LanguageReader) -> None:
    guess = reader.guess(TEXTS["fr"], declared="en")
    assert guess is not None
    assert (guess.code, guess.rule) == ("fr", "text")


@pytest.mark.parametrize(("text", "declared"), [("", None), ("12 345 €", None), ("", "klingon")])
def test_no_letters_no_language(reader: LanguageReader, text: str, declared: str | None) -> None:
    assert reader.guess(text, declared=declared) is None


def test_component_alone_in_a_blank_pipeline() -> None:
    register_components()
    nlp = spacy.blank("de")
    nlp.add_pipe("labourscope_language")
    assert nlp(TEXTS["de"])._.language.code == "de"


@pytest.mark.long
def test_scores_are_those_of_the_plain_identifier() -> None:
    plain = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    plain.set_languages(["cs", "de", "en", "fr", "pl"])
    quick = FastIdentifier.of_languages(["cs", "de", "en", "fr", "pl", "no such language"])
    for text in ("", "a", "Wir suchen", "Hledáme řidiče na Prahu", "We are looking for drivers in Paris", "日本語", "Łódź 2026 " * 30):
        (expected, sure), (code, score) = plain.classify(text), quick.classify(text)
        assert (code, score) == (expected, pytest.approx(sure, abs=1e-5)), text
