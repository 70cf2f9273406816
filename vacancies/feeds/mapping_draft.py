"""Proposing a mapping for a feed, by what its columns are called and what stands in them; a person reads and corrects it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from vacancies.error import FeedInvalid
from vacancies.feeds.column_names import NAMES
from vacancies.feeds.layout import FeedFormat, FeedRecord
from vacancies.feeds.opening import encoding_of, format_of, head_of, refuse_empty
from vacancies.feeds.records import read_records
from vacancies.feeds.tables import delimiter_of
from vacancies.feeds.xml_records import record_name
from vacancies.html_text import looks_like_html
from vacancies.values.dates import read_date

_LOOKED_AT: Final = 500  # records
_LONG_TEXT: Final = 200  # characters, on average, of a column that may be the description
_LONGEST_EXAMPLE: Final = 50
_NO_WORD: Final = re.compile(r"[^a-z0-9]+")
_CAMEL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_DATES: Final = frozenset({"datePosted", "dateModified", "validThrough"})
_LONGEST_DATE: Final = 40  # characters
_CLASSIFICATIONS: Final = frozenset({"isco", "isco08", "kldb", "rome", "romecode", "ssyk", "kzis", "cno", "styrk", "ams"})
_EXPECTED: Final = ("identifier", "url", "title", "description", "hiringOrganization.name", "datePosted")


class Column(NamedTuple):
    """What a column holds in the records looked at."""

    name: str
    filled: int
    examples: tuple[str, ...]
    mean_length: float
    is_html: bool
    undated: int = 0  # values that are no dates


def draft_mapping(path: Path) -> str:
    """Propose a mapping file for a feed, with an example behind every line and the columns left over; raises FeedInvalid."""
    head = head_of(path)
    form = format_of(path, head)
    refuse_empty(path)
    columns = columns_of(read_records(path))
    if not columns:
        raise FeedInvalid(f"{path} holds no record that can be read, so no mapping can be proposed")
    chosen = _chosen(columns)
    lines = [
        f"# Proposed from the first records of {path.name}; read every line, correct it, then look at the whole feed with",
        f"# labourscope ingest {path.name} --mapping <this file> --check",
        *_layout_lines(path, form, head),
        "fields:",
    ]
    for field in NAMES:
        if field in chosen:
            lines.append(f"  {field}: {_quoted(chosen[field].name)}  # {_note(chosen[field])}{_doubt(field, chosen[field])}")
    if "occupationalCategory.codeValue" in chosen and "occupationalCategory.inCodeSet" not in chosen:
        lines.append(_code_set_line(chosen["occupationalCategory.codeValue"]))
    lines += [f"  # {field}: no column was found" for field in _EXPECTED if field not in chosen]
    taken = {column.name for column in chosen.values()}
    left = [column for column in columns if column.name not in taken and column.filled]
    if left:
        lines += [
            "# columns that no field takes:",
            *(f"#   {_quoted(column.name)}  # {_note(column)}{_why_left(column, chosen)}" for column in left),
        ]
    return "\n".join(lines) + "\n"


def _code_set_line(codes: Column) -> str:
    """Name the classification of codes by their column, or leave it to a person where that says nothing of it."""
    name = fold(codes.name)
    if _CLASSIFICATIONS.isdisjoint((*name.split(), name.replace(" ", ""))):
        return "  # occupationalCategory.inCodeSet: {value: ROME}  # name the classification of these codes: ISCO-08, CZ-ISCO, ROME ..."
    return f"  occupationalCategory.inCodeSet: {{value: {_quoted(codes.name)}}}  # name the classification, such as ISCO-08, CZ-ISCO, ROME"


def columns_of(records: Iterable[FeedRecord]) -> list[Column]:
    """Look at the first records of a feed: its columns, JSON's objects by their dotted ways."""
    seen: dict[str, list[str]] = {}
    for number, record in enumerate(records):
        if number >= _LOOKED_AT:
            break
        for name, value in _flat(record.fields):
            if name.endswith("[]"):
                continue
            texts = seen.setdefault(name, [])
            text = str(value).strip() if value is not None else ""
            if text:
                texts.append(text)
    return [_column(name, texts) for name, texts in seen.items()]


def _flat(fields: Mapping[str, object], before: str = "") -> Iterator[tuple[str, object]]:
    for name, value in fields.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{before}{name}.")
        elif isinstance(value, list):
            objects = [member for member in value if isinstance(member, Mapping)]
            if objects and not name.endswith("[]"):
                yield from _flat(objects[0], f"{before}{name}.")
            elif not objects:
                yield f"{before}{name}", "; ".join(map(str, value))
        else:
            yield f"{before}{name}", value


def _column(name: str, texts: list[str]) -> Column:
    examples = tuple(dict.fromkeys(texts[:20]))[:2]
    mean = sum(map(len, texts)) / len(texts) if texts else 0.0
    undated = sum(len(text) > _LONGEST_DATE or read_date(text) is None for text in texts)
    return Column(name, len(texts), examples, mean, any(looks_like_html(text) for text in texts[:20]), undated)


def _chosen(columns: list[Column]) -> dict[str, Column]:
    """Give each field its best column, each column to one field: the best name first.

    Where none is called a description, a long text is, else the duties.
    """
    ranked = sorted(
        (rank, position, field, column)
        for column in columns
        if column.filled
        for position, field in enumerate(NAMES)
        if (rank := _rank(column.name, field)) is not None and not _is_no_date(field, column)
    )
    fields: dict[str, Column] = {}
    names: set[str] = set()
    for _, _, field, column in ranked:
        if field not in fields and column.name not in names:
            fields[field] = column
            names.add(column.name)
    texts = [column for column in columns if column.name not in names and (column.mean_length >= _LONG_TEXT or column.is_html)]
    if "description" not in fields and texts:
        fields["description"] = max(texts, key=lambda column: column.mean_length)
    elif "description" not in fields and "responsibilities" in fields:
        fields["description"] = fields.pop("responsibilities")
    return fields


def _is_no_date(field: str, column: Column) -> bool:
    """Tell whether a column is called a date, but most of its values are none."""
    return field in _DATES and 2 * column.undated >= column.filled


def _doubt(field: str, column: Column) -> str:
    return f"; values are no dates in {column.undated} of {column.filled} records" if field in _DATES and column.undated else ""


def _why_left(column: Column, chosen: Mapping[str, Column]) -> str:
    """Say why no field takes a column whose name fits one."""
    fitting = min(((rank, field) for field in NAMES if (rank := _rank(column.name, field)) is not None), default=None)
    if fitting is None:
        return ""
    field = fitting[1]
    if _is_no_date(field, column):
        return f"; {field} by its name, but values are no dates in {column.undated} of {column.filled} records"
    return f"; {field} by its name, which {_quoted(chosen[field].name)} is" if field in chosen else ""


def _rank(name: str, field: str) -> int | None:
    """Tell how well a column's name fits a field: the place in the field's list, worse where only the path's last part fits."""
    words = NAMES[field].split("|")
    last = re.split(r"[./@]", name)[-1] if re.search(r"[./@]", name) else name
    for penalty, text in enumerate((name, last)):
        folded = fold(text)
        for place, word in enumerate(words):
            if folded.replace(" ", "") == word.replace(" ", ""):
                return penalty * 100 + place
    owner = fold(name)
    if fold(last) in {"name", "nazev", "navn", "naam", "nom"}:
        for place, word in enumerate(words):
            if f" {word} " in f" {owner} ":
                return 200 + place
    return None


def fold(name: str) -> str:
    """Fold a column's name: words apart, lower case, no accents."""
    plain = unicodedata.normalize("NFKD", _CAMEL.sub(" ", name).replace("ł", "l").replace("Ł", "L")).casefold()
    return _NO_WORD.sub(" ", "".join(letter for letter in plain if not unicodedata.combining(letter))).strip()


def _layout_lines(path: Path, form: FeedFormat, head: bytes) -> Iterator[str]:
    yield f"format: {form.value}"
    if form is FeedFormat.CSV:
        encoding = encoding_of(head)
        yield f"encoding: {encoding}"
        yield f"delimiter: {_quoted(delimiter_of(head.decode(encoding, 'replace')))}"
    if form is FeedFormat.XML:
        with path.open("rb") as stream:
            if head[:1] == b"<" or head[:3] == b"\xef\xbb\xbf":
                yield f"record: {record_name(stream)}"


def _note(column: Column) -> str:
    shown = " | ".join(" ".join(text.split())[:_LONGEST_EXAMPLE] for text in column.examples)
    return shown or "always empty"


def _quoted(name: str) -> str:
    escaped = name.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t")
    return name if re.fullmatch(r"[A-Za-z_][\w/.-]*", name) and name.lower() not in {"null", "true", "false"} else f'"{escaped}"'
