"""YAML as people of all countries write it: `NO` (Norway) and `no` (Norwegian) are words, and a key given twice is an error."""

from __future__ import annotations

import re
from typing import Any, Final

import yaml


class _NoTraps:
    """What closes these two traps in a safe loader."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[object, object]:
        """Make a dict; raises a ConstructorError for a key that is there twice."""
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"the key {key.value!r} is there twice", key.start_mark)
            seen.add(key.value)
        made: dict[object, object] = super().construct_mapping(node, deep=deep)  # type: ignore[misc]
        return made


class _Loader(_NoTraps, yaml.SafeLoader):
    pass


class _FastLoader(_NoTraps, getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    pass


_BOOL: Final = "tag:yaml.org,2002:bool"
for _loader in (_Loader, _FastLoader):
    _loader.yaml_implicit_resolvers = {
        letter: [(tag, pattern) for tag, pattern in resolvers if tag != _BOOL]
        for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    _loader.add_implicit_resolver(_BOOL, re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF"))


def yaml_problem(error: yaml.YAMLError) -> str:
    """Say in one line where a YAML text is wrong, by line and column counted from 1, what is wrong, and what to do."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    what = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error).partition("\n")[0]
    where = f" in line {mark.line + 1}, column {mark.column + 1}" if mark is not None else ""
    mend = "look there and in the line before: indent with spaces, close quotes and brackets, put texts with ': ' or ' #' in quotes"
    return f"is not valid YAML{where}: {what}; {mend}"


def load_yaml(text: str) -> Any:
    """What a YAML text holds. Raises yaml.YAMLError."""
    return yaml.load(text, Loader=_Loader)  # noqa: S506 (a subclass of the safe loader)


def load_own_yaml(text: str) -> Any:
    """What a YAML text that comes with the package holds, in a tenth of the time where PyYAML was built with libyaml, as its wheels are.

    Not for files of users: libyaml lets more pass and says less of what is wrong. Raises yaml.YAMLError.
    """
    return yaml.load(text, Loader=_FastLoader)  # noqa: S506 (a subclass of the safe loader)
