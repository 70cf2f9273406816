"""`doctor`: what is installed, imported, running, how full, what is wrong and how to mend it."""

from __future__ import annotations

import platform
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import version

import typer
from pydantic import ValidationError

from labourscope.commands.options import Json
from labourscope.console import out, print_json
from labourscope.error import ExitCode
from labourscope.installation import engine_of, home_of, register_of, register_path, sentence_model_of, taxonomy_store
from labourscope.settings import Settings
from nlp.error import NlpError
from observatory.cube import live_cube_folder, read_info
from observatory.error import ObservatoryError
from observatory.release import latest_release
from search_api.error import SearchError
from taxonomies.error import TaxonomyError
from vacancies.error import VacanciesError
from vacancies.lake import Lake
from vacancies.run import Run, RunStatus

_LIBRARIES = ("pydantic", "deltalake", "duckdb", "scrapy", "spacy", "prefect", "tantivy", "elasticsearch", "fastapi")
_MANY = 0.05  # of all readings
_LEAST_FREE = 2 * 1024**3  # bytes
_MENDS = {
    "taxonomies": "remove its folder under LABOURSCOPE_HOME/taxonomies and import it again",
    "index": "labourscope index --force",
    "figures": "remove LABOURSCOPE_HOME/cube, then labourscope index",
    "releases": "restore the release from a backup, or remove its folder and run labourscope release",
}
_RUN_MENDS = {
    RunStatus.FAILED: "see the message, then run the step again",
    RunStatus.HELD: "see the message, then run the step again, with --force if it is right",
    RunStatus.RUNNING: "it is still running, or was killed: then run the step again",
}


@dataclass(frozen=True)
class Finding:
    """One thing looked at: how it is, and if it is not well, how to mend it."""

    area: str
    well: bool
    state: str
    mend: str | None = None


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command()(doctor)


def doctor(json: Json = False) -> None:
    """Look at the whole installation; ends with an error code when something needs mending."""
    findings = list(examine(Settings()))
    if json:
        print_json([asdict(finding) for finding in findings])
    else:
        for finding in findings:
            mark = "[green]well [/]" if finding.well else "[red]mend [/]"
            out.print(f"{mark} [bold]{finding.area:<12}[/] {finding.state}", highlight=False, soft_wrap=True)
            if finding.mend:
                out.print(f"      {'':<12} → {finding.mend}", highlight=False, soft_wrap=True)
    if not all(finding.well for finding in findings):
        raise typer.Exit(ExitCode.FAILED)


def examine(settings: Settings) -> Iterator[Finding]:
    """Look at each part in turn; a part that cannot be looked at is a finding of its own."""
    yield _software()
    yield _disk(settings)
    for area, look in (
        ("register", _register),
        ("taxonomies", _taxonomies),
        ("linker", _linker),
        ("lake", _lake),
        ("runs", _runs),
        ("index", _index),
        ("figures", _figures),
        ("releases", _releases),
    ):
        yield from _looked_at(area, look, settings)


def _looked_at(area: str, look: Callable[[Settings], Iterator[Finding]], settings: Settings) -> Iterator[Finding]:
    try:
        yield from look(settings)
    except (VacanciesError, TaxonomyError, NlpError, SearchError, ObservatoryError) as error:
        yield Finding(area, well=False, state=type(error).__name__, mend=str(error))
    except (OSError, ValidationError) as error:
        yield Finding(area, well=False, state=f"cannot be read: {error}", mend=_MENDS.get(area, "restore it from a backup"))


def _software() -> Finding:
    versions = ", ".join(f"{name} {version(name)}" for name in _LIBRARIES)
    return Finding("software", well=True, state=f"labourscope {version('labourscope')}, Python {platform.python_version()}, {versions}")


def _disk(settings: Settings) -> Finding:
    home = home_of(settings).root
    free = shutil.disk_usage(home).free
    used = sum(file.stat().st_size for file in home.rglob("*") if file.is_file() and not file.is_symlink())
    state = f"{home}: {used / 1024**2:,.0f} MiB used, {free / 1024**3:,.1f} GiB free"
    return Finding(
        "disk", well=free > _LEAST_FREE, state=state, mend=None if free > _LEAST_FREE else "free space, or move LABOURSCOPE_HOME"
    )


def _register(settings: Settings) -> Iterator[Finding]:
    rows = tuple(register_of(settings))
    yield Finding("register", well=True, state=f"{len(rows)} boards in {register_path(settings)}")


def _taxonomies(settings: Settings) -> Iterator[Finding]:
    infos = taxonomy_store(settings).list()
    names = ", ".join(str(info.ref) for info in infos)
    has_esco = any(info.ref.scheme == "esco" for info in infos)
    yield Finding("taxonomies", well=True, state=names + ("" if has_esco else " (only the starter: import ESCO for real use)"))


def _linker(settings: Settings) -> Iterator[Finding]:
    """Try the sentence model, where one is set."""
    from nlp.sentence_linker.embedder import Embedder
    from nlp.sentence_linker.label_vectors import are_kept

    model = sentence_model_of(settings)
    if model is None:
        return
    embedder = Embedder.load(model)
    taxonomy = taxonomy_store(settings).open(settings.taxonomy)
    is_ready = are_kept(taxonomy, embedder.content_hash, taxonomy.languages)
    state = f"sentence model {model.folder} ({embedder.content_hash[:12]}), {embedder.dimensions} dimensions, labels of {taxonomy.ref} "
    yield Finding(
        "linker", well=True, state=state + ("embedded" if is_ready else "not embedded yet: the first reading does so, which takes minutes")
    )


def _lake(settings: Settings) -> Iterator[Finding]:
    folder = home_of(settings).lake
    if not folder.exists():
        yield Finding("lake", well=False, state="nothing has been collected yet", mend="labourscope run, or labourscope ingest FILE")
        return
    lake = Lake.open(folder)
    counts = {table: lake.row_count(table) for table in ("captures", "postings", "enriched", "vacancies", "quarantine")}
    yield Finding("lake", well=True, state=", ".join(f"{name} {count:,}" for name, count in counts.items()))
    yield from _unspoken(settings, lake)
    last_read = next((run.finished for run in lake.runs(step="enrich") if run.finished), None)
    read_with = {taxonomy for _, taxonomy, _ in lake.readings()}
    for info in taxonomy_store(settings).list():
        grew = str(info.ref) in read_with or info.ref.scheme == "nuts"
        if last_read is not None and grew and info.imported_at > last_read:
            state = f"{info.ref} was imported after the last reading; what was read before does not know its labels or regions"
            yield Finding("lake", well=False, state=state, mend="labourscope enrich --again, then merge and index")


def _unspoken(settings: Settings, lake: Lake) -> Iterator[Finding]:
    """Find languages in which many advertisements are written and the taxonomy in use has no labels."""
    taxonomy = taxonomy_store(settings).open(settings.taxonomy)
    counted = Counter(lake.dataset("enriched").to_table(columns=["language"])["language"].to_pylist())
    missing = {code: n for code, n in counted.items() if code and code not in taxonomy.languages and n > _MANY * counted.total()}
    if missing:
        names = ", ".join(f"{code} ({n:,})" for code, n in sorted(missing.items()))
        state = f"{taxonomy.ref} has no labels in languages of many advertisements, whose skills are hardly read: {names}"
        yield Finding(
            "languages", well=False, state=state, mend="labourscope taxonomy import with the labels of these languages, then enrich --again"
        )


def _runs(settings: Settings) -> Iterator[Finding]:
    folder = home_of(settings).lake
    if not folder.exists():
        return
    newest: dict[tuple[str, str | None], Run] = {}
    for run in Lake.open(folder).runs():
        newest.setdefault((run.step, run.board), run)
    for run in newest.values():
        if run.status is not RunStatus.DONE:
            what = " ".join(part for part in (run.step, run.board, run.run_id) if part)
            mend = _RUN_MENDS.get(run.status)  # none where a board is paused: its next crawl goes on
            yield Finding("runs", well=mend is None, state=f"{what}: {run.status} {run.message or ''}".strip(), mend=mend)
    if all(run.status is RunStatus.DONE for run in newest.values()) and newest:
        last = max(run.started for run in newest.values())
        yield Finding("runs", well=True, state=f"the last run of every step is done, the newest began {last:%Y-%m-%d %H:%M}")


def _index(settings: Settings) -> Iterator[Finding]:
    info = engine_of(settings).info()
    folder = home_of(settings).lake
    behind = folder.exists() and Lake.open(folder).content_version() != info.lake_version
    state = f"{settings.engine}: {info.documents:,} vacancies, {info.taxonomy}, built {info.built_at:%Y-%m-%d %H:%M}"
    yield Finding(
        "index", well=not behind, state=state + (", older than the lake" if behind else ""), mend="labourscope index" if behind else None
    )


def _figures(settings: Settings) -> Iterator[Finding]:
    info = read_info(live_cube_folder(home_of(settings).cube))
    yield Finding("figures", well=True, state=f"{info.vacancies:,} vacancies, {info.month_from} to {info.month_to}, {info.taxonomy}")


def _releases(settings: Settings) -> Iterator[Finding]:
    latest = latest_release(home_of(settings).releases)
    yield Finding("releases", well=True, state=f"latest {latest.version}" if latest else "none published yet")
