"""The folded forms under which a label is sought: the label itself, without its bracketed remark, and simple inflections."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from nlp.folding import fold

_REMARK: Final = re.compile(r"\s*\([^()]*\)\s*$")
_SPACES: Final = re.compile(r"\s+")
_VOWELS: Final = "aeiou"
_LONGEST: Final = 90
_NO_VERB_ENDINGS: Final = (
    "ing", "tion", "ment", "ness", "ity", "ics", "ence", "ance", "ship", "al", "ive", "ous", "ic", "ed", "ly", "er", "or",
)  # fmt: skip
_GERMAN_ENDINGS: Final = ("n", "en", "s", "e", "es")
_DUTCH_ENDINGS: Final = ("s", "en")
_SWEDISH_ENDINGS: Final = ("en", "et", "er", "ar", "n")

# Endings of nouns that skills are named by, without accents -> what cases make of them; others change their stems too often.
_POLISH_NOUNS: Final = {
    "nie": ("nia", "niu", "niem"), "cie": ("cia", "ciu", "ciem"), "osc": ("osci", "oscia"), "cja": ("cji", "cje"),
    "two": ("twa", "twie", "twem"),
    "tyka": ("tyki", "tyce", "tyke"), "fia": ("fii", "fie"), "gia": ("gii", "gie"),
}  # fmt: skip
_CZECH_NOUNS: Final = {
    "ni": ("nim",), "ost": ("osti",), "ace": ("aci",), "tvi": ("tvim",), "tika": ("tiky", "tice", "tiku", "tikou"), "gie": ("gii",),
}  # fmt: skip
_SLAVIC_NOUNS: Final = {"pl": _POLISH_NOUNS, "cs": _CZECH_NOUNS}


class Form(NamedTuple):
    """A folded form of a label and how much it is worth against the label itself (1)."""

    text: str
    worth: float


def label_forms(label: str, language: str, *, is_activity: bool) -> Iterator[Form]:
    """All forms of a label, best first; the same text may come twice. Activities (verb first, in English) also get their -ing form."""
    whole = _SPACES.sub(" ", fold(label)).strip()
    if not whole or len(whole) > _LONGEST:
        return
    yield Form(whole, 1.0)
    base = whole
    if "(" in label and (shorter := _SPACES.sub(" ", fold(_REMARK.sub("", label))).strip()) and shorter != whole:
        yield Form(shorter, 0.95)
        base = shorter
    yield from (Form(text, 0.92) for text in _inflections(base, language))
    if language == "en" and is_activity and (gerund := _gerund_form(base)):
        yield Form(gerund, 0.95)


def _inflections(base: str, language: str) -> Iterator[str]:
    if len(base) < 4 or not base[-1].isalpha():
        return
    if language in ("en", "fr", "es"):
        yield from _romance_or_english(base, language)
    elif language == "de":
        yield from (base + ending for ending in _GERMAN_ENDINGS)
        if "ß" in base:
            yield base.replace("ß", "ss")
    elif language == "nl":
        yield from (base + ending for ending in _DUTCH_ENDINGS)
    elif language == "sv":
        yield from (base + ending for ending in _SWEDISH_ENDINGS)
    elif language in _SLAVIC_NOUNS:
        yield from _slavic(base, _SLAVIC_NOUNS[language])


def _slavic(base: str, endings: dict[str, tuple[str, ...]]) -> Iterator[str]:
    """The first noun of a label in its cases; the words that it governs stay: "zarzadzania projektami"."""
    word, space, rest = base.partition(" ")
    for ending, cases in endings.items():
        if word.endswith(ending) and len(word) > len(ending) + 2:
            yield from (word[: -len(ending)] + case + space + rest for case in cases)


def _romance_or_english(base: str, language: str) -> Iterator[str]:
    last = base.rsplit(" ", 1)[-1]
    if base.endswith("ies") and language == "en":
        if last != base:
            yield base[:-3] + "y"
    elif base.endswith("s") and not base.endswith(("ss", "us", "is", "ics")) and len(last) > 4:
        if last != base:  # the singular of a lone word often means something else (securities, goods, premises)
            yield base[:-1]
    elif language == "en" and base.endswith("y") and base[-2] not in _VOWELS:
        yield base[:-1] + "ies"
    elif not base.endswith(("s", "x", "z", "ing")):
        yield base + ("es" if language == "es" and base[-1] not in _VOWELS else "s")


def _gerund_form(base: str) -> str | None:
    verb, space, rest = base.partition(" ")
    if not space or len(verb) < 2 or not verb.isalpha() or verb.endswith(_NO_VERB_ENDINGS):
        return None
    return f"{gerund(verb)} {rest}"


def gerund(verb: str) -> str:
    """The -ing form of an English verb: manage -> managing, plan -> planning, tie -> tying."""
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        return verb[:-1] + "ing"
    if len(verb) == 3 and verb[-1] not in "wxyaeiou" and verb[-2] in _VOWELS and verb[-3] not in _VOWELS:
        return verb + verb[-1] + "ing"
    if verb in ("plan", "ship", "trim", "drill", "scan", "submit", "control", "program", "spin", "step"):
        return verb + ("" if verb.endswith("ll") else verb[-1]) + "ing"
    return verb + "ing"
