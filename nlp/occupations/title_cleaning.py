"""Job titles without gender marks, seniority, place, employer and slogans, as phrases to look up."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from nlp.folding import fold
from nlp.lexicon.words import LANGUAGES, load_lexicon

_MARKS: Final = (
    r"(?:all\s+genders?|gn|[mwfdhxvikž](?:\s?[/|,\\*.-]\s?[mwfdhxvikž]|\s?[+&]\s?[mwfdh]){1,3}"
    r"|k/m|muž/žena|žena/muž|homme/femme|femme/homme)"
)
_BRACKETED_MARK: Final = re.compile(rf"[(\[{{]\s*{_MARKS}\s*[)\]}}]", re.IGNORECASE)
_BARE_MARK: Final = re.compile(rf"(?<!\w){_MARKS}(?!\w)", re.IGNORECASE)
_FEMININE: Final = re.compile(
    r"(?<=\w)(?:[*:_/]-?innen|[*:_]-?in|/-?in|\(-?in(?:nen)?\)|/-?r\b|\(-?[rn]\)|/-?frau|\(-?frau\)|\(-?e\)|\(-?ne\)|\(-?se\)|\(-?trice\)|\(-?euse\)|\(-?ère\)|\(-?a\)"
    r"|\(-?ka\)|/-?a\b|/-?o\b|/-?ka\b|/-?ne\b|/-?euse\b|/-?trice\b|/-?ère\b|/-?se\b|·\w{1,5})",
    re.IGNORECASE,
)
_BRACKETS: Final = re.compile(r"[(\[{][^()\[\]{}]*[)\]}]")
_SPLIT: Final = re.compile(
    r"\s+[-–—|•·:]+\s+|\s*[|•·,;:]\s*|\s+/\s+"
    r"|\s+(?:@|at|bei|chez|bij|in|im|à|en|w|v|i|ved|hos|for|für|pour|för|dla|pro)\s+(?=[A-ZÀ-ÖØ-Þ])"
)
_NOT_WORD: Final = re.compile(r"[^\w+#./ ]+")
_KNOWN_TITLES: Final = 256  # one title is cleaned for the ranker and for names right after each other
_NUMBERS: Final = re.compile(r"\b\d[\d.,:%-]*\s*(?:%|h|std|k|€|eur|uur|tim|hod)?(?!\w)|[#№]\w+")


@lru_cache(maxsize=_KNOWN_TITLES)
def clean_title(title: str) -> str:
    """The title without gender marks and codes, brackets still there: "Kaufmann/-frau (m/w/d)" -> "Kaufmann"."""
    text = _BRACKETED_MARK.sub(" ", title)
    text = _FEMININE.sub("", text)
    text = _BARE_MARK.sub(" ", text)
    return " ".join(text.split())


def title_phrases(title: str, *, employer: str | None = None, places: tuple[str, ...] = ()) -> list[str]:
    """Folded phrases that may name the occupation, the likeliest first: whole title without brackets, then its parts."""
    cleaned = clean_title(title)
    plain = _BRACKETS.sub(" ", cleaned)
    drop = [fold(name) for name in (employer, *places) if name and len(name) > 2]
    phrases: dict[str, None] = {}
    for part in (plain, *_SPLIT.split(plain), *(inner[1:-1] for inner in _BRACKETS.findall(cleaned)), *plain.split("/")):
        phrase = _without_noise(fold(part), drop)
        if len(phrase) > 2:
            phrases.setdefault(phrase)
    return list(phrases)


def _without_noise(phrase: str, drop: list[str]) -> str:
    for name in drop:
        phrase = phrase.replace(name, " ")
    phrase = _NUMBERS.sub(" ", phrase)
    phrase = " ".join(_NOT_WORD.sub(" ", phrase).split()).strip("./ ")
    return " ".join(_noise_pattern().sub(" ", phrase).split())


@lru_cache(maxsize=1)
def _noise_pattern() -> re.Pattern[str]:
    words = {fold(word) for language in LANGUAGES for word in load_lexicon(language).title_noise}
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(word) for word in ordered) + r")(?!\w)")
