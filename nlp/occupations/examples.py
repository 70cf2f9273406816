"""Examples to learn occupations from: names in a taxonomy, our own table of job titles, crosswalks and labelled advertisements."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from importlib import resources
from typing import Final, NamedTuple

from taxonomies.model import ConceptType
from taxonomies.taxonomy import Taxonomy

TITLE_LANGUAGES: Final = ("de", "pl", "cs", "nl", "sv", "es", "fr")
_PREFERRED: Final = 2.0
_TABLE: Final = 2.0


class Example(NamedTuple):
    """A title, a text or both, with an ISCO-08 unit group and, where it is known, an occupation. Weights are relative, 1 is normal."""

    title: str | None
    text: str | None
    isco: str
    uri: str | None = None
    weight: float = 1.0


def job_titles() -> Iterator[tuple[str, str, str]]:
    """Give the bundled everyday job titles as (ISCO-08 unit group, language, title)."""
    table = resources.files("nlp.occupations").joinpath("job_titles.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(table.splitlines(), delimiter=";"):
        for language in TITLE_LANGUAGES:
            for title in row[language].split("|"):
                yield row["isco"], language, title


def bundled_examples() -> list[Example]:
    """The bundled job titles as examples."""
    return [Example(title, None, isco, weight=_TABLE) for isco, _, title in job_titles()]


def taxonomy_examples(taxonomy: Taxonomy) -> list[Example]:
    """Names and descriptions of a taxonomy's occupations and unit groups, in every language it has."""
    found = [*_occupation_names(taxonomy), *_group_names(taxonomy), *_descriptions(taxonomy)]
    return list(dict.fromkeys(found))


def _occupation_names(taxonomy: Taxonomy) -> Iterator[Example]:
    for row in taxonomy.iter_labels([ConceptType.OCCUPATION]):
        isco = taxonomy.isco_of(row.uri)
        if isco is not None:
            forms = {row.text, *(part.strip() for part in row.text.split("/"))}  # "conductor/conductora" is two names
            for text in sorted(forms):
                yield Example(text, None, isco, row.uri, _PREFERRED if row.preferred else 1.0)


def _group_names(taxonomy: Taxonomy) -> Iterator[Example]:
    for row in taxonomy.iter_labels([ConceptType.OCCUPATION_GROUP]):
        code = taxonomy.code_of(row.uri)
        if code is not None and len(code) == 4:
            yield Example(row.text, None, code)


def _descriptions(taxonomy: Taxonomy) -> Iterator[Example]:
    for uri, _, text in taxonomy.iter_descriptions():
        kind = taxonomy.type_of(uri)
        if kind is ConceptType.OCCUPATION and (isco := taxonomy.isco_of(uri)) is not None:
            yield Example(None, text, isco, uri)
        elif kind is ConceptType.OCCUPATION_GROUP and (code := taxonomy.code_of(uri)) is not None and len(code) == 4:
            yield Example(None, text, code)
