"""`labourscope_language`: the language of a text, from the text itself and what the board declares."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from nlp.extensions import LanguageGuess, register_extensions
from nlp.language_identifier import FastIdentifier

EUROPEAN: Final = (
    "bg", "ca", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr", "hu", "is", "it", "lt", "lv", "mt", "nl", "no", "pl",
    "pt", "ro", "ru", "sk", "sl", "sq", "sr", "sv", "tr", "uk",
)  # fmt: skip
OTHERS: Final = ("ar", "fa", "he", "hi", "ja", "ko", "th", "vi", "zh")
_ALIASES: Final = {"nb": "no", "nn": "no", "iw": "he"}
_NOT_PROSE: Final = re.compile(r"https?://\S+|[\d\W_]{4,}")
_NOT_PROSE_OR_MAIL: Final = re.compile(r"https?://\S+|\S+@\S+|[\d\W_]{4,}")  # much slower: it goes to the end of every word
_FOUR_LETTERS: Final = re.compile(r"(?:[\W\d_]*[^\W\d_]){4}")
_TOO_SHORT: Final = 60  # characters: a bare title; its language is told only when it is sure
_SURE: Final = 0.95


class LanguageReader:
    """Sets `Doc._.language`. `sample` characters are looked at (from the middle of long texts too), half as many where
    the board declares a language.

    A declared language wins over the text's unless the text says otherwise with at least `contradicts` probability.
    """

    def __init__(self, name: str, languages: tuple[str, ...], sample: int, contradicts: float) -> None:
        self.name = name
        self.languages = languages
        self.sample = sample
        self.contradicts = contradicts

    def __call__(self, doc: Doc) -> Doc:
        """Read the language of a document."""
        posting = doc._.posting
        text = doc.text if posting is None else posting.description_text
        if posting is not None and len(text) < 80 and posting.title:
            text = f"{posting.title}. {text}"
        doc._.language = self.guess(text, declared=None if posting is None else posting.language)
        return doc

    def guess(self, text: str, *, declared: str | None = None) -> LanguageGuess | None:
        """The language of a text; None when it holds too few letters and nothing is declared."""
        stated = _base_code(declared)
        sample = self._sample_of(text, self.sample if stated is None else self.sample // 2)
        if _FOUR_LETTERS.match(sample, 0, 200) is None:
            return LanguageGuess(stated, 0.5, "declared") if stated else None
        code, score = self._identifier.classify(sample)
        code = _ALIASES.get(code, code)
        score = round(min(max(float(score), 0.0), 1.0), 4)
        if stated is None and len(sample) < _TOO_SHORT and score < _SURE:
            return None
        if stated is None or stated == code:
            return LanguageGuess(code, score, "text" if stated is None else "both")
        if score >= self.contradicts and len(sample) >= 60:
            return LanguageGuess(code, score, "text")
        return LanguageGuess(stated, 0.5, "declared")

    @staticmethod
    def _sample_of(text: str, size: int) -> str:
        """The beginning, of long texts also a part of the middle: many open with a name or an English slogan."""
        if len(text) > 2 * size:
            half = size // 2
            middle = len(text) // 2 if len(text) < 20_000 else 5_000
            text = f"{text[:half]} {text[middle : middle + half]}"
        sample = text[: size + 1]
        return (_NOT_PROSE_OR_MAIL if "@" in sample else _NOT_PROSE).sub(" ", sample)

    @cached_property
    def _identifier(self) -> FastIdentifier:
        return FastIdentifier.of_languages(self.languages)


@lru_cache(maxsize=256)
def _base_code(declared: str | None) -> str | None:
    """The ISO 639-1 part of a declared language ("de-CH", "EN_us"), or None when it is no such code."""
    if not declared:
        return None
    code = re.split(r"[-_]", declared.strip().lower())[0]
    code = _ALIASES.get(code, code)
    return code if code in EUROPEAN or code in OTHERS else None


@Language.factory(
    "labourscope_language",
    assigns=["doc._.language"],
    default_config={"languages": [*EUROPEAN, *OTHERS], "sample": 400, "contradicts": 0.9},
)
def create_language_reader(nlp: Language, name: str, languages: list[str], sample: int, contradicts: float) -> LanguageReader:
    """Make the component."""
    register_extensions()
    return LanguageReader(name, tuple(languages), sample, contradicts)
