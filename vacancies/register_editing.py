"""Adding a row to a source register file: what a person wrote there, comments and order included, stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import yaml
from filelock import FileLock
from pydantic import ValidationError

from vacancies.error import RegisterInvalid
from vacancies.register import load_register, problems_of_row
from vacancies.source import Source
from vacancies.yaml_loading import load_yaml, yaml_problem

_HEADER: Final = "# Source register: one row per board; `labourscope sources check` looks at it.\n"


def make_row(values: Mapping[str, object]) -> Source:
    """Make a row of what a person gave; raises RegisterInvalid that names every field that is missing or wrong."""
    try:
        return Source.model_validate(dict(values))
    except ValidationError as error:
        problems = "\n".join(problem.replace("row 1", "  row") for problem in problems_of_row(1, dict(values), error))
        raise RegisterInvalid(f"the new row is not valid:\n{problems}") from None


def read_draft(path: Path) -> dict[str, object]:
    """Read a drafted row, a mapping or a list of one; raises RegisterInvalid."""
    try:
        found = load_yaml(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise RegisterInvalid(f"the draft {path} cannot be read: {error}") from error
    except yaml.YAMLError as error:
        raise RegisterInvalid(f"the draft {path} {yaml_problem(error)}") from error
    if isinstance(found, list) and len(found) == 1:
        found = found[0]
    if not isinstance(found, dict):
        raise RegisterInvalid(f"the draft {path} must hold one row (board: ..., name: ..., ...), not {type(found).__name__}")
    return {str(key): value for key, value in found.items()}


def add_row(path: Path, source: Source) -> str:
    """Add a row at the end of a register file, which is made when there is none; gives the row's YAML.

    Raises RegisterInvalid for a board that has a row, or one of the same platform and address, and leaves the file as it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(path.with_name(f".{path.name}.lock"), timeout=30):
        before = path.read_text("utf-8") if path.exists() else _HEADER
        if path.exists():
            _refuse_second(path, source)
        text = row_text(source, indent=_indent(path, before))
        after = before + ("" if before.endswith("\n") or not before else "\n") + text
        beside = path.with_name(f"{path.name}.new")
        beside.write_text(after, "utf-8")
        try:
            load_register(beside)
        except RegisterInvalid:
            beside.unlink()
            raise
        beside.replace(path)
    return text


def row_text(source: Source, *, indent: int = 0) -> str:
    """Write a row as YAML: fields in the order of the reference, those at their defaults left out."""
    stated = source.model_dump(exclude_defaults=True)
    lines = []
    for name in Source.model_fields:
        if name in stated:
            lines.append(field_line(name, stated[name]))
    mark = " " * indent
    return "".join(f"{mark}{'- ' if number == 0 else '  '}{line}\n" for number, line in enumerate(lines))


def field_line(name: str, value: object) -> str:
    """Write a field of a row as one line of YAML."""
    return f"{name}: {_scalar(value)}"


def _refuse_second(path: Path, source: Source) -> None:
    for other in load_register(path) if _has_rows(path) else ():
        if other.board == source.board:
            raise RegisterInvalid(f"board {source.board!r} has a row in {path} already; change that row, or give another name")
        if (other.platform, other.address) == (source.platform, source.address):
            raise RegisterInvalid(
                f"{path} has this address already, as board {other.board!r} ({other.platform}, {other.address}); one board has one row"
            )


def _has_rows(path: Path) -> bool:
    """Tell whether a file holds more than comments."""
    return any(line.strip() and not line.lstrip().startswith("#") for line in path.read_text("utf-8").splitlines())


def _indent(path: Path, text: str) -> int:
    """Tell how far the rows of a file stand in; raises RegisterInvalid for a list in brackets, to which no row can be added below."""
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise RegisterInvalid(f"the source register {path} {yaml_problem(error)}") from error
    if node is None:
        return 0
    if not isinstance(node, yaml.SequenceNode) or node.flow_style:
        raise RegisterInvalid(f"the source register {path} is not a list with a row under each dash; write it so, then add rows")
    return int(node.start_mark.column)


def _scalar(value: object) -> str:
    """Write a value as YAML in one line; words that YAML would take for something else are quoted."""
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_scalar(member) for member in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_scalar(member)}" for key, member in value.items()) + "}"
    if (
        isinstance(value, str)
        and value.isalpha()
        and value.isascii()
        and value.lower() not in {"true", "false", "null", "yes", "no", "on", "off"}
    ):
        return value
    written = yaml.safe_dump(value, allow_unicode=True, default_flow_style=True, width=10_000).strip()
    return written.removesuffix("...").strip()
