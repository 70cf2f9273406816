"""The taxonomies that ship with the project: the starter (skills, occupations), NACE sections and divisions, ISCED levels."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Final

from taxonomies.code_list import code_uri, read_code_list
from taxonomies.csv_table import CsvTable
from taxonomies.draft import DraftConcept, TaxonomyDraft
from taxonomies.error import ImportFailed
from taxonomies.manifest import SourceFile
from taxonomies.model import ConceptType, RelationType, SkillKind, TaxonomyRef

FOLDER: Final = Path(__file__).parent / "starter"
LANGUAGES: Final = ("en", "de", "fr", "es", "nl")

_STARTER: Final = TaxonomyRef("starter", "1")
_NACE: Final = TaxonomyRef("nace", "2-starter")
_ISCED: Final = TaxonomyRef("isced", "2011")


def sources(ref: TaxonomyRef) -> tuple[SourceFile, ...]:
    """The bundled files of a taxonomy with their sha256, by name."""
    return tuple(SourceFile(name=path.name, sha256=hashlib.sha256(path.read_bytes()).hexdigest()) for path in _files(ref))


def read_starter() -> TaxonomyDraft:
    """Read the starter's skills, occupations and ISCO groups. Raises ImportFailed where a file names an id that none defines."""
    draft = TaxonomyDraft(_STARTER)
    links: list[tuple[str, str, RelationType, str]] = []
    for path in _files(_STARTER):
        table = CsvTable.parse(path.name, path.read_bytes())
        if path.name == "isco_groups.csv":
            _read_groups(table, draft)
        elif path.name == "occupations.csv":
            links += _read_occupations(table, draft)
        else:
            links += _read_skills(table, draft)
    for name, source, relation, target in links:
        if target not in draft.concepts:
            raise ImportFailed(f"{name}: {source} names {target}, which no file of the starter defines; add it or correct the id")
        draft.relate(source, relation, target)
    return draft


def _read_nace() -> TaxonomyDraft:
    return _read_bundled_list(_NACE, "nace")


def _read_isced() -> TaxonomyDraft:
    return _read_bundled_list(_ISCED, "isced")


BUNDLED: Final[dict[TaxonomyRef, Callable[[], TaxonomyDraft]]] = {_STARTER: read_starter, _NACE: _read_nace, _ISCED: _read_isced}


def _files(ref: TaxonomyRef) -> list[Path]:
    if ref == _STARTER:
        return sorted([*FOLDER.glob("skills_*.csv"), *FOLDER.glob("occupations.csv"), *FOLDER.glob("isco_groups.csv")])
    return [FOLDER / f"{ref.scheme}.csv"]


def _read_bundled_list(ref: TaxonomyRef, scheme: str) -> TaxonomyDraft:
    draft = TaxonomyDraft(ref)
    path = FOLDER / f"{scheme}.csv"
    read_code_list(CsvTable.parse(path.name, path.read_bytes()), draft, scheme)
    return draft


def _skill_uri(identifier: str) -> str:
    return f"urn:labourscope:skill:{identifier}"


def _label_columns() -> list[str]:
    return [column for language in LANGUAGES for column in (language, f"{language}_alt")]


def _set_labels(concept: DraftConcept, fields: list[str]) -> None:
    """Take `fields` as preferred and alternative labels, language by language, then an English description."""
    for at, language in enumerate(LANGUAGES):
        concept.set_preferred(language, fields[2 * at])
        concept.add_alternatives(language, fields[2 * at + 1].split("|"))
    if len(fields) > 2 * len(LANGUAGES) and fields[-1].strip():
        concept.descriptions["en"] = fields[-1].strip()


def _read_skills(table: CsvTable, draft: TaxonomyDraft) -> list[tuple[str, str, RelationType, str]]:
    table.require(("id", "type", "kind", "broader", *LANGUAGES))
    links = []
    for identifier, type_, kind, broader, *fields in table.rows("id", "type", "kind", "broader", *_label_columns(), "description"):
        uri = _skill_uri(identifier)
        if uri in draft.concepts:
            raise ImportFailed(f"{table.name}: id {identifier} stands twice in the starter; remove one")
        is_group = type_ == "group"
        concept = draft.concept(uri, ConceptType.SKILL_GROUP if is_group else ConceptType.SKILL)
        concept.kind = None if is_group else SkillKind(kind)
        _set_labels(concept, fields)
        if broader:
            links.append((table.name, uri, RelationType.BROADER, _skill_uri(broader)))
    return links


def _read_groups(table: CsvTable, draft: TaxonomyDraft) -> None:
    table.require(("code", *LANGUAGES))
    for code, *fields in table.rows("code", *_label_columns()):
        concept = draft.concept(code_uri("isco-08", code), ConceptType.OCCUPATION_GROUP)
        concept.code = concept.isco = code
        _set_labels(concept, fields)


def _read_occupations(table: CsvTable, draft: TaxonomyDraft) -> list[tuple[str, str, RelationType, str]]:
    table.require(("id", "isco", "essential", "optional", *LANGUAGES))
    links = []
    for identifier, isco, essential, optional, *fields in table.rows(
        "id", "isco", "essential", "optional", *_label_columns(), "description"
    ):
        uri = f"urn:labourscope:occupation:{identifier}"
        concept = draft.concept(uri, ConceptType.OCCUPATION)
        concept.isco = isco
        _set_labels(concept, fields)
        for relation, names in ((RelationType.ESSENTIAL, essential), (RelationType.OPTIONAL, optional)):
            links += [(table.name, uri, relation, _skill_uri(name)) for name in names.split()]
    return links
