"""The table behind a label matcher: every folded form of one language's labels with its concept, score and guard."""

from __future__ import annotations

import hashlib
import logging
import os
import tempfile
from collections.abc import Collection
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Final, NamedTuple

import pyarrow as pa

from nlp.folding import fold
from nlp.label_guard import Guard, guarded_labels
from nlp.label_variants import label_forms
from nlp.name_key import label_key
from nlp.short_form_letters import bracketed_short_form
from taxonomies.model import ConceptType, LabelRow, SkillKind
from taxonomies.taxonomy import Taxonomy

_log = logging.getLogger(__name__)

FORMAT_VERSION: Final = 4  # raise when forms, scores or guards change: kept tables of older versions are then built anew
_REUSE_ORDER: Final = {"transversal": 0, "cross-sector": 1, "cross-sectoral": 1, "sector-specific": 2, "occupation-specific": 3}
_PREFERRED_SCORE: Final = 0.95
_ALTERNATIVE_SCORE: Final = 0.88
_AMBIGUOUS_WORTH: Final = 0.8
_SHORT_WORTH: Final = 0.9  # of a short form that a label explains: Customer Relationship Management (CRM)
_STEM: Final = 5


@dataclass(frozen=True)
class LabelTable:
    """Columns by form: `owners` points into `concepts`; `written` is the label as the taxonomy writes it (for guards).

    `international` forms are names (tools, products, standards) that texts in other languages use as well; `names` are the keys of forms
    (see `nlp.name_key`), 0 of guarded ones.
    """

    language: str
    concepts: list[str]
    kinds: list[str]  # of the concepts; "" where the taxonomy tells none
    texts: list[str]
    owners: list[int]
    scores: list[float]
    guards: list[int]
    written: list[str]
    international: list[bool]
    names: list[int]


class _Claim(NamedTuple):
    """A concept's claim to a form; the smallest wins: own label before inflection, preferred before alternative."""

    derived: bool
    alternative: bool
    uri: str
    score: float
    written: str
    international: bool


def build_table(taxonomy: Taxonomy, types: Collection[ConceptType], language: str) -> LabelTable:
    """Make the table from the taxonomy's labels; alternative labels that are an occupation's name are no skills and left out."""
    claims: dict[str, list[_Claim]] = {}
    taken = _occupation_names(taxonomy, language) if ConceptType.OCCUPATION not in types else frozenset()
    is_esco = taxonomy.ref.scheme == "esco"
    preferred: dict[str, str] = {}
    for row in taxonomy.iter_labels(types, [language]):
        if row.preferred:
            preferred[row.uri] = row.text
        elif fold(row.text) in taken or (is_esco and _is_too_wide(row.text, preferred.get(row.uri, ""))):
            continue
        for form, claim in _claims_of(row, taxonomy.kind_of(row.uri)):
            claims.setdefault(form, []).append(claim)
    return _to_table(language, claims, taxonomy)


def _occupation_names(taxonomy: Taxonomy, language: str) -> frozenset[str]:
    return frozenset(fold(row.text) for row in taxonomy.iter_labels([ConceptType.OCCUPATION], [language]))


def _is_too_wide(label: str, preferred: str) -> bool:
    """ESCO gives single everyday words as alternatives ("care" for attending to detail): they count only when they share a stem."""
    word = fold(label)
    if " " in word or any(c.isupper() or c.isdigit() for c in label):
        return False
    return not any(other[:_STEM] == word[:_STEM] for other in fold(preferred).split())


def _claims_of(row: LabelRow, kind: SkillKind | None) -> list[tuple[str, _Claim]]:
    score = _PREFERRED_SCORE if row.preferred else _ALTERNATIVE_SCORE
    is_name = kind is SkillKind.TOOL or (row.language == "en" and any(c.isupper() for c in row.text))
    is_activity = kind in (SkillKind.SKILL, None)
    claims = [
        (form.text, _Claim(form.worth < 1.0, not row.preferred, row.uri, score * form.worth, row.text.split(" (")[0], is_name))
        for form in label_forms(row.text, row.language, is_activity=is_activity)
    ]
    if (short := bracketed_short_form(row.text)) is not None:
        claims.append((fold(short), _Claim(True, not row.preferred, row.uri, score * _SHORT_WORTH, short, is_name)))
    return claims


def _choose(claims: list[_Claim], taxonomy: Taxonomy) -> tuple[_Claim, bool]:
    """The claim that wins and whether other concepts have as good a one; among equals the concept of widest reuse, then by URI."""
    if len(claims) == 1:
        return claims[0], False
    best = min(claims)
    rivals = {claim.uri: claim for claim in claims if claim[:2] == best[:2]}
    if len(rivals) == 1:
        return best, False
    return min(rivals.values(), key=lambda claim: (_reuse_order(taxonomy, claim.uri), claim.uri)), True


def _reuse_order(taxonomy: Taxonomy, uri: str) -> int:
    return _REUSE_ORDER.get(taxonomy.concept(uri).reuse_level or "", 2)


def _to_table(language: str, claims: dict[str, list[_Claim]], taxonomy: Taxonomy) -> LabelTable:
    listed = guarded_labels()
    index: dict[str, int] = {}
    table = LabelTable(language, [], [], [], [], [], [], [], [], [])
    for form in sorted(claims):
        best, is_ambiguous = _choose(claims[form], taxonomy)
        guard = listed.guard_of(best.written, form)
        if guard is Guard.NEVER:
            continue
        table.texts.append(form)
        table.owners.append(index.setdefault(best.uri, len(index)))
        table.scores.append(round(best.score * (_AMBIGUOUS_WORTH if is_ambiguous else 1.0), 4))
        table.guards.append(int(guard))
        table.written.append(best.written if guard is not Guard.NONE else "")
        table.international.append(best.international)
        table.names.append(0 if listed.guard_of(best.written, fold(best.written)) or guard else label_key(form, language))
    table.concepts.extend(index)
    table.kinds.extend(kind.value if (kind := taxonomy.kind_of(uri)) is not None else "" for uri in index)
    return table


def cached_table(taxonomy: Taxonomy, types: Collection[ConceptType], language: str) -> LabelTable:
    """The table kept beside the compiled taxonomy, else build it and keep it; a folder that cannot be written only costs time."""
    path = taxonomy.folder / "matcher" / f"labels-{language}-{_key(types)}.arrow"
    if path.is_file():
        return read_table(path)
    table = build_table(taxonomy, types, language)
    try:
        path.parent.mkdir(exist_ok=True)
        write_table(table, path)
    except OSError as error:
        _log.warning("label table of %s (%s) cannot be kept (%s); it is built anew each time", taxonomy.ref, language, error)
    return table


def _key(types: Collection[ConceptType]) -> str:
    guards = resources.files("nlp.lexicon").joinpath("guarded_labels.yaml").read_bytes()
    parts = [str(FORMAT_VERSION).encode(), *(type_.value.encode() for type_ in sorted(types)), guards]
    return hashlib.sha256(b"\x1f".join(parts)).hexdigest()[:12]


def write_table(table: LabelTable, path: Path) -> None:
    """Write a table as an Arrow file, in one step (readers see the old one or the new one)."""
    columns = pa.table(
        {
            "text": pa.array(table.texts, pa.string()),
            "uri": pa.DictionaryArray.from_arrays(pa.array(table.owners, pa.int32()), pa.array(table.concepts, pa.string())),
            "score": pa.array(table.scores, pa.float64()),
            "guard": pa.array(table.guards, pa.int8()),
            "written": pa.array(table.written, pa.string()),
            "international": pa.array(table.international, pa.bool_()),
            "name": pa.array(table.names, pa.int64()),
        },
        metadata={"language": table.language, "kinds": " ".join(kind or "-" for kind in table.kinds)},
    )
    handle, name = tempfile.mkstemp(prefix=".labels-", dir=path.parent)
    os.close(handle)
    building = Path(name)
    try:
        with pa.OSFile(name, "wb") as sink, pa.ipc.new_file(sink, columns.schema) as writer:
            writer.write_table(columns)
        building.chmod(0o644)
        building.replace(path)
    except BaseException:
        building.unlink(missing_ok=True)
        raise


def read_table(path: Path) -> LabelTable:
    """Read a table written by `write_table`."""
    with pa.memory_map(str(path)) as source:
        columns = pa.ipc.open_file(source).read_all().combine_chunks()
        language = columns.schema.metadata[b"language"].decode()
        kinds = ["" if kind == "-" else kind for kind in columns.schema.metadata[b"kinds"].decode().split()]
        coded = columns.column("uri").combine_chunks()
        if isinstance(coded, pa.ChunkedArray):
            coded = coded.chunk(0)
        return LabelTable(
            language,
            coded.dictionary.to_pylist(),
            kinds,
            columns.column("text").to_pylist(),
            coded.indices.to_pylist(),
            columns.column("score").to_pylist(),
            columns.column("guard").to_pylist(),
            columns.column("written").to_pylist(),
            columns.column("international").to_pylist(),
            columns.column("name").to_pylist(),
        )
