"""Words that the readers of conditions look for: regular expressions over folded text, kept as YAML in `words/`."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Final

import yaml
from pydantic import TypeAdapter, ValidationError

from nlp.error import LexiconInvalid
from vacancies.yaml_loading import load_own_yaml

WordTables = dict[str, dict[str, tuple[str, ...]]]

_FORM: Final = TypeAdapter(WordTables)


@cache
def load_tables(name: str) -> WordTables:
    """Read `words/<name>.yaml`: tables of alternatives by language or level. Raises LexiconInvalid when it is missing or damaged."""
    path = resources.files("nlp.conditions").joinpath("words", f"{name}.yaml")
    try:
        return _FORM.validate_python(load_own_yaml(path.read_text(encoding="utf-8")))
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise LexiconInvalid(f"nlp/conditions/words/{name}.yaml: {error}; reinstall Labourscope") from error


def any_of(table: dict[str, tuple[str, ...]], keys: tuple[str, ...]) -> str:
    """One pattern for all alternatives under some keys of a table; a key that is absent adds nothing, no alternative matches nothing."""
    alternatives = [pattern for key in keys for pattern in table.get(key, ())]
    return "|".join(dict.fromkeys(alternatives)) or r"(?!)"


def with_english(language: str | None, known: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """A language and English, which advertisements mix in; all languages where it is not one of those known."""
    if language is None or language not in known:
        return tuple(known)
    return tuple(dict.fromkeys((language, "en")))
