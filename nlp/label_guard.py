"""Conditions on labels that are also everyday words or single letters (C, Go, Word, access)."""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache
from importlib import resources
from typing import Final

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from nlp.error import LexiconInvalid
from nlp.folding import fold, is_word
from vacancies.yaml_loading import load_own_yaml

_NAME: Final = "guarded_labels.yaml"
_LIST_MARKS: Final = ",/;|(•·"
_CONTEXT_WIDTH: Final = 60


class Guard(IntEnum):
    """What the text must show for a label to count, besides its letters."""

    NONE = 0
    CAPITAL = 1  # the first letter is a capital and it is not just the beginning of a sentence
    EXACT = 2  # written exactly as in the taxonomy
    LISTED = 3  # exactly as in the taxonomy and in a list or beside a word that tells
    NEVER = 9


class GuardedLabels(BaseModel):
    """The bundled list: labels (folded for comparison) under the condition they need.

    `context` words let a LISTED label count when they stand within 60 characters. `doubtful` labels name an everyday thing with a capital
    as well: only a list or related words make them a skill, however sure a tagger is.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    never: frozenset[str]
    capital: frozenset[str]
    exact: frozenset[str]
    listed: frozenset[str]
    context: frozenset[str]
    doubtful: frozenset[str]

    def guard_of(self, label: str, folded: str) -> Guard:
        """The condition of a label written `label`; single letters and short capitals are guarded without being listed."""
        if folded in self.never:
            return Guard.NEVER
        if folded in self.listed or len(folded) == 1:
            return Guard.LISTED
        if folded in self.exact or (len(folded) <= 3 and label.isupper() and label.isalpha()):
            return Guard.EXACT
        return Guard.CAPITAL if folded in self.capital else Guard.NONE


@lru_cache(maxsize=1)
def guarded_labels() -> GuardedLabels:
    """Read the bundled list. Raises LexiconInvalid when it is damaged."""
    text = resources.files("nlp.lexicon").joinpath(_NAME).read_text(encoding="utf-8")
    try:
        raw = load_own_yaml(text)
        return GuardedLabels.model_validate({name: [fold(str(word)) for word in words] for name, words in raw.items()})
    except (yaml.YAMLError, ValidationError, AttributeError, TypeError) as error:
        raise LexiconInvalid(f"nlp/lexicon/{_NAME}: {error}") from error


def passes(guard: int, written: str, text: str, folded: str, *, start: int, end: int, context: frozenset[str]) -> bool:
    """Tell whether the words at [start, end) meet their label's guard; `written` is the label as the taxonomy has it."""
    if guard == Guard.NONE:
        return True
    if guard == Guard.CAPITAL:
        is_shouted = text[start:end].isupper() and len(written) > 5
        return text[start].isupper() and not is_shouted and not _begins_sentence(text, start, end)
    if guard == Guard.EXACT:
        return text[start:end] == written
    if text[start:end] != written or _is_joined(text, start, end):
        return False
    return _in_list(text, start, end) or _near(folded, start, end, context)


def _begins_sentence(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 4) : start].rstrip(" *•-–\t")
    opens = not before or before[-1] in ".!?\n:"
    return opens and not (end < len(text) and text[end] in ",/)|;\n")


def _is_joined(text: str, start: int, end: int) -> bool:
    after = text[end : end + 1]
    before = text[start - 1 : start] if start else ""
    return after in ("&", "'", "’", ".", "-", "+", "#") or before in ("&", "'", "’", "-", ".") or (bool(after) and is_word(after))


def _in_list(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 3) : start].strip()
    after = text[end : end + 3].strip()
    return (bool(before) and before[-1] in _LIST_MARKS) or (bool(after) and after[0] in ",/;|")


def _near(folded: str, start: int, end: int, context: frozenset[str]) -> bool:
    window = f"{folded[max(0, start - _CONTEXT_WIDTH) : start]} {folded[end : end + _CONTEXT_WIDTH]}"
    return any(word in context for word in window.replace(",", " ").replace("/", " ").replace(".", " ").split())
