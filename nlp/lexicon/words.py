"""The lexicon of one language: heading words per zone, cue words per status, words for conditions and places."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from typing import Final

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from nlp.error import LexiconInvalid
from vacancies.enriched import Zone
from vacancies.yaml_loading import load_own_yaml

LANGUAGES: Final = ("cs", "de", "en", "es", "fr", "nl", "pl", "sv")

Phrases = tuple[str, ...]


class Lexicon(BaseModel):
    """All phrases of one language, as written in its YAML file; a trailing `*` lets the last word go on.

    `item_starts` are first words of list items and sentences that hint at a zone ("experience", "ensure"), weaker than `sentence_cues`.
    `preferred_before` stands in front of what it softens ("idealerweise"), `preferred_after` behind it ("von Vorteil"),
    `preferred_either` on either side. `negation_open` ... `negation_close` encloses what is not needed ("no ... required").
    The value `none` of `contract`, `working_time` and `remote` holds words that only look like a statement ("temporary accommodation").
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    language: str
    headings: dict[Zone, Phrases]
    soft_headings: Phrases
    sentence_cues: dict[Zone, Phrases]
    item_starts: dict[Zone, Phrases]
    required_cues: Phrases
    preferred_before: Phrases
    preferred_after: Phrases
    preferred_either: Phrases
    negated_before: Phrases
    negated_after: Phrases
    negation_open: Phrases
    negation_close: Phrases
    contract: dict[str, Phrases]
    working_time: dict[str, Phrases]
    remote: dict[str, Phrases]
    place_leads: Phrases
    title_noise: Phrases


@lru_cache(maxsize=64)
def load_lexicon(language: str) -> Lexicon:
    """Read the bundled lexicon of a language. Raises LexiconInvalid when there is none or it is damaged."""
    name = f"{language}.yaml"
    if language not in LANGUAGES:
        raise LexiconInvalid(f"there is no lexicon {name}; there are {', '.join(LANGUAGES)}; add a file nlp/lexicon/{name}")
    text = resources.files("nlp.lexicon").joinpath(name).read_text(encoding="utf-8")
    try:
        return Lexicon.model_validate(load_own_yaml(text))
    except (yaml.YAMLError, ValidationError) as error:
        raise LexiconInvalid(f"nlp/lexicon/{name}: {error}") from error
