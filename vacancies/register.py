"""The source register: one row per board, validated as a whole when it is loaded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from vacancies.error import RegisterInvalid, UnknownSource
from vacancies.source import Source
from vacancies.yaml_loading import load_yaml, yaml_problem


class SourceRegister:
    """The boards that may be collected, in the order of the file; made by `load_register`."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self._sources: dict[str, Source] = {}
        for number, source in enumerate(sources, start=1):
            if source.board in self._sources:
                raise RegisterInvalid(f"row {number}, field board: {source.board!r} is there already; one board has one row")
            self._sources[source.board] = source

    def get(self, board: str) -> Source:
        """Give a board's row; raises UnknownSource, which lists the boards that there are."""
        try:
            return self._sources[board]
        except KeyError:
            known = ", ".join(self._sources) or "none"
            raise UnknownSource(
                f"board {board!r} has no row in the source register (rows: {known}); add one, or correct the name"
            ) from None

    def filled(self, **values: str) -> SourceRegister:
        """Give a copy whose addresses have `{name}` replaced by the value given for name (`sample="http://127.0.0.1:8800"`)."""
        rows = []
        for source in self:
            address = source.address
            for name, value in values.items():
                address = address.replace(f"{{{name}}}", value)
            rows.append(source.model_copy(update={"address": address}))
        return SourceRegister(rows)

    @property
    def boards(self) -> tuple[str, ...]:
        """The boards' names, in the order of the register."""
        return tuple(self._sources)

    def __iter__(self) -> Iterator[Source]:
        return iter(self._sources.values())

    def __len__(self) -> int:
        return len(self._sources)

    def __contains__(self, board: object) -> bool:
        return board in self._sources


def load_register(path: Path) -> SourceRegister:
    """Load the register from a YAML list of rows (fields: see `vacancies.source.Source`).

    Raises RegisterInvalid, whose text lists every wrong row with its field and value, for a file that is missing, not YAML, or not valid.
    """
    try:
        rows = load_yaml(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise RegisterInvalid(f"the source register {path} cannot be read: {error}") from error
    except yaml.YAMLError as error:
        raise RegisterInvalid(f"the source register {path} {yaml_problem(error)}") from error
    if not isinstance(rows, list):
        raise RegisterInvalid(f"the source register {path} must be a YAML list of rows, one per board, not {type(rows).__name__}")
    sources: list[Source] = []
    problems: list[str] = []
    for number, row in enumerate(rows, start=1):
        try:
            sources.append(with_own_mapping(Source.model_validate(row), path.parent))
        except ValidationError as error:
            problems += problems_of_row(number, row, error)
    if problems:
        raise RegisterInvalid(f"the source register {path} is not valid:\n" + "\n".join(f"  {problem}" for problem in problems))
    try:
        return SourceRegister(sources)
    except RegisterInvalid as error:
        raise RegisterInvalid(f"the source register {path} is not valid:\n  {error}") from None


def with_own_mapping(source: Source, folder: Path) -> Source:
    """Find a mapping file beside the register; names of mappings that come with us have no ending."""
    if source.mapping is None or not source.mapping.endswith((".yaml", ".yml")):
        return source
    return source.model_copy(update={"mapping": str(folder / source.mapping)})


def problems_of_row(number: int, row: object, error: ValidationError) -> list[str]:
    """Say what is wrong with a row: its field, the value, and what was expected."""
    name = f" ({row['board']})" if isinstance(row, dict) and row.get("board") else ""
    problems = []
    for detail in error.errors(include_url=False):
        field = ".".join(map(str, detail["loc"])) or "whole row"
        shown = "" if detail["type"] == "missing" or not detail["loc"] else f", value {str(detail['input'])[:120]!r}"
        problems.append(f"row {number}{name}, field {field}{shown}: {_expected(detail)}")
    return problems


def _expected(detail: ErrorDetails) -> str:
    """Say what a field should hold: in the words of its description where pydantic would quote a pattern."""
    kind, message = detail["type"], detail["msg"]
    field = Source.model_fields.get(str(detail["loc"][0])) if detail["loc"] else None
    described = field.description if field else None
    if kind == "string_pattern_mismatch" and described:
        return f"not of the form that is expected. {described}"
    if kind == "missing" and described:
        return f"needed. {described}"
    if kind.startswith("date"):
        return "no date; write it as 2026-03-01"
    return message.removeprefix("Value error, ")
