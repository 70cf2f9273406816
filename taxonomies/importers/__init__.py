"""Imports official classification files into the store: ESCO, ISCO-08, NUTS, NACE and ISCED."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from taxonomies.code_list import TYPE_OF_SCHEME, read_code_list
from taxonomies.csv_table import CsvTable
from taxonomies.draft import TaxonomyDraft
from taxonomies.error import ImportFailed
from taxonomies.importers import esco, nuts
from taxonomies.importers.archive import Member, Source, open_source
from taxonomies.importers.esco_files import looks_like_esco, recognise
from taxonomies.importers.existing import draft_of
from taxonomies.importers.file_name import SCHEMES, decide_version, language_told, scheme_told, version_told
from taxonomies.importers.report import IgnoredFile, ImportProgress, ImportReport, OnProgress, RecognisedFile
from taxonomies.manifest import SourceFile
from taxonomies.model import ConceptType, TaxonomyRef
from taxonomies.store import TaxonomyStore

__all__ = ["IgnoredFile", "ImportProgress", "ImportReport", "RecognisedFile", "import_files"]


@dataclass
class _Reading:
    """What reading the files of one import gathers."""

    draft: TaxonomyDraft
    on_progress: OnProgress
    recognised: list[RecognisedFile] = field(default_factory=list)
    ignored: list[IgnoredFile] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    beside: Callable[[Path], None] | None = None


def import_files(
    paths: Sequence[Path],
    store: TaxonomyStore,
    *,
    scheme: str | None = None,
    version: str | None = None,
    on_progress: OnProgress | None = None,
) -> ImportReport:
    """Import zips, tar.gz files, folders, CSV or GeoJSON files into one version of one scheme; repeated calls add to it.

    `scheme` and `version` are told by the files where they are None. Nothing is changed when it fails. Raises ImportFailed (naming
    file, column and what mends it), VersionMissing when neither the option nor a name tells the version.
    """
    begun = time.monotonic()
    report_step = on_progress or (lambda _: None)
    if not paths:
        raise ImportFailed("no file to import; name a zip, tar.gz, folder, CSV or GeoJSON file")
    sources = []
    for done, path in enumerate(paths):
        report_step(ImportProgress(f"unpack {path.name}", done, len(paths)))
        sources.append(open_source(path))
    members = [member for source in sources for member in source.members]
    scheme = _decide_scheme(members, scheme)
    ref, warnings = _decide_ref(sources, scheme, version)
    with store.writing():
        reading = _Reading(draft_of(store, ref), report_step, warnings=warnings)
        reading.ignored += [ignored for source in sources for ignored in source.ignored]
        _read_members(reading, members, scheme, store, ref)
        return _compile(reading, store, sources, begun)


def _decide_scheme(members: Sequence[Member], asked: str | None) -> str:
    if asked is not None:
        if asked not in SCHEMES:
            raise ImportFailed(f"scheme {asked!r} is not known; --scheme takes one of {', '.join(SCHEMES)}")
        return asked
    found: dict[str, str] = {}
    for member in members:
        if told := _scheme_of(member):
            found.setdefault(told, member.title)
    if len(found) == 1:
        return next(iter(found))
    if not found:
        titles = ", ".join(member.title for member in members[:5])
        raise ImportFailed(f"{titles}: neither name nor columns tell the scheme; name it with --scheme ({', '.join(SCHEMES)})")
    listed = ", ".join(f"{title} ({name})" for name, title in found.items())
    raise ImportFailed(f"the files are of several schemes: {listed}; import each by itself")


def _scheme_of(member: Member) -> str | None:
    if member.name.lower().endswith(".geojson"):
        return "nuts"
    return "esco" if looks_like_esco(member) else scheme_told(member.name) or scheme_told(member.container)


def _decide_ref(sources: Sequence[Source], scheme: str, asked: str | None) -> tuple[TaxonomyRef, list[str]]:
    names = [source.path.name for source in sources]
    if not any(version_told(name, scheme) for name in names):  # a folder without a version may hold files whose names tell it
        inside = [member.name for source in sources for member in source.members if version_told(member.name, scheme)]
        names = inside or names
    version, warnings = decide_version(names, scheme, asked)
    try:
        return TaxonomyRef.parse(f"{scheme}:{version}"), warnings
    except ValueError as error:
        raise ImportFailed(f"--version {version!r} cannot be a version: use letters, digits, dot, dash, for example 1.1.0") from error


def _read_members(reading: _Reading, members: Sequence[Member], scheme: str, store: TaxonomyStore, ref: TaxonomyRef) -> None:
    if scheme == "esco":
        _read_esco(reading, members)
    elif scheme == "nuts":
        _read_nuts(reading, members, store, ref)
    else:
        _read_code_lists(reading, members, scheme)
    if not reading.recognised:
        listed = "; ".join(f"{ignored.name}: {ignored.reason}" for ignored in reading.ignored[:5])
        raise ImportFailed(f"none of the files is a table of {scheme} ({listed}); take the files as their publisher offers them")


def _read_esco(reading: _Reading, members: Sequence[Member]) -> None:
    files, ignored = recognise(members)
    reading.ignored += ignored
    reader = esco.EscoReader(reading.draft)
    for done, file in enumerate(files):
        reading.on_progress(ImportProgress(f"read {file.title}", done, len(files)))
        rows = reader.read(file)
        reading.recognised.append(RecognisedFile(name=file.title, role=file.role.value, language=file.language, rows=rows))
    reading.warnings += reader.warnings


def _read_nuts(reading: _Reading, members: Sequence[Member], store: TaxonomyStore, ref: TaxonomyRef) -> None:
    files, ignored = nuts.choose(members)
    reading.ignored += ignored
    outlines = nuts.existing_outlines(store, ref)
    for done, member in enumerate(files):
        reading.on_progress(ImportProgress(f"read {member.title}", done, len(files)))
        role, rows = nuts.read_geojson(member, reading.draft, outlines)
        reading.warnings += nuts.coarse_outlines(member)
        reading.recognised.append(RecognisedFile(name=member.title, role=role, rows=rows))
    if any(outline.shape is not None for outline in outlines.values()):
        reading.on_progress(ImportProgress("place the gazetteer's places", len(files), len(files)))
    reading.beside = nuts.compile_regions(outlines, reading.draft, reading.warnings)


def _read_code_lists(reading: _Reading, members: Sequence[Member], scheme: str) -> None:
    for done, member in enumerate(members):
        if not member.name.lower().endswith(".csv"):
            reading.ignored.append(IgnoredFile(name=member.title, reason="not a CSV file"))
            continue
        reading.on_progress(ImportProgress(f"read {member.title}", done, len(members)))
        language = language_told(member.name, member.container)
        rows = read_code_list(CsvTable.parse(member.title, member.data), reading.draft, scheme, language=language)
        role = f"{TYPE_OF_SCHEME[scheme].value} codes"
        reading.recognised.append(RecognisedFile(name=member.title, role=role, language=language, rows=rows))


def _compile(reading: _Reading, store: TaxonomyStore, sources: Sequence[Source], begun: float) -> ImportReport:
    draft = reading.draft
    reading.on_progress(ImportProgress(f"compile {draft.ref}", len(reading.recognised), len(reading.recognised)))
    before = store.manifest(draft.ref)
    finished = draft.finish()
    coverage = _coverage(draft)
    if draft.ref.scheme == "esco":
        reading.warnings += esco.left_out(finished)
    if finished.pending:
        waiting = f"{len(finished.pending):,} relations wait for concepts that no imported file names yet"
        reading.warnings.append(f"{waiting}; they join when those files are imported")
    known = before.sources if before is not None else ()
    info = store.write(finished, _join_sources(known, (file for source in sources for file in source.files)), beside=reading.beside)
    return ImportReport(
        ref=draft.ref,
        recognised=tuple(reading.recognised),
        ignored=tuple(reading.ignored),
        counts=info.counts,
        relations=info.relations,
        pending_relations=info.pending_relations,
        languages=info.languages,
        coverage=coverage,
        missing=tuple(esco.missing_parts(finished, coverage)) if draft.ref.scheme == "esco" else (),
        warnings=tuple(reading.warnings),
        seconds=round(time.monotonic() - begun, 3),
    )


def _coverage(draft: TaxonomyDraft) -> dict[str, dict[str, int]]:
    coverage: dict[str, dict[str, int]] = {language: {type_.value: 0 for type_ in ConceptType} for language in draft.languages()}
    for concept in draft.concepts.values():
        for language in concept.preferred:
            coverage[language][concept.type.value] += 1
    return {language: {type_: n for type_, n in counts.items() if n} for language, counts in coverage.items()}


def _join_sources(known: Iterable[SourceFile], new: Iterable[SourceFile]) -> tuple[SourceFile, ...]:
    return tuple(dict.fromkeys((*known, *new)))
