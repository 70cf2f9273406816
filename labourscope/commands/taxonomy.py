"""`taxonomy`: importing, listing, showing, searching and comparing classifications."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from labourscope.commands.options import Json
from labourscope.console import err, out, print_json, print_rows
from labourscope.error import CommandError
from labourscope.installation import sentence_model_of, taxonomy_store
from labourscope.settings import Settings
from taxonomies.diff import diff as compare
from taxonomies.importers import import_files
from taxonomies.model import Concept, ConceptType
from taxonomies.taxonomy import Taxonomy

app = typer.Typer(help="Classifications: ESCO, ISCO-08, NUTS, NACE, ISCED, and the bundled starter.", no_args_is_help=True)

_SHOWN = 20
Name = Annotated[
    str | None, typer.Option("--taxonomy", help="Taxonomy as scheme:version (default: the newest ESCO imported, else the starter).")
]


@app.command("import")
def import_(
    files: Annotated[list[Path], typer.Argument(help="Zip, tar.gz, folder, CSV or GeoJSON.")],
    scheme: Annotated[str | None, typer.Option(help="esco, isco, nuts, nace or isced; told from the files where they show it.")] = None,
    version: Annotated[str | None, typer.Option(help="Version, where the file name does not tell it.")] = None,
    no_train: Annotated[bool, typer.Option("--no-train", help="Do not prepare reading (label matcher, linker) for it now.")] = False,
    json: Json = False,
) -> None:
    """Import files into one version of a classification; calls for the same version add to it."""
    store = taxonomy_store(Settings())
    prepared: dict[str, float] = {}
    with err.status("reading files") as status:
        report = import_files(
            files, store, scheme=scheme, version=version, on_progress=lambda p: status.update(f"{p.step} ({p.done}/{p.total})")
        )
        if not no_train and report.ref.scheme == "esco" and report.counts.get(ConceptType.SKILL, 0) > 1:
            prepared = _prepare(store.open(str(report.ref)), status.update)
    if json:
        print_json(report.model_dump(mode="json") | {"prepared": prepared})
        return
    seconds = "".join(f", {part} {taken:.1f} s" for part, taken in prepared.items())
    out.print(f"[bold]{report.ref}[/]: import {report.seconds:.1f} s{seconds}; languages: {', '.join(report.languages)}")
    print_rows([{"concepts": name, "number": number} for name, number in report.counts.items()])
    print_rows([{"relations": name, "number": number} for name, number in report.relations.items()], empty="no relations")
    print_rows([{"file": f.name, "read as": f.role, "language": f.language, "rows": f.rows} for f in report.recognised])
    for ignored in report.ignored:
        out.print(f"[dim]not read:[/] {ignored.name}: {ignored.reason}")
    for note in (*report.missing, *report.warnings):
        out.print(f"[yellow]note:[/] {note}", highlight=False)


@app.command()
def crosswalk(
    files: Annotated[list[Path], typer.Argument(help="ESCO's mapping tables to other classifications of occupations, CSV or CSV.gz.")],
    taxonomy: Name = None,
) -> None:
    """Keep crosswalks with a taxonomy: codes and names that boards state in ROME, SSYK, O*NET ... then count in reading occupations."""
    from nlp.occupations.crosswalk import keep_crosswalk

    missing = next((path for path in files if not path.is_file()), None)
    if missing is not None:
        raise CommandError(f"{missing} does not exist or is no file")
    opened = taxonomy_store(Settings()).open(taxonomy or Settings().taxonomy)
    print_rows([{"crosswalk": path.name, "mappings": keep_crosswalk(path, opened), "kept with": str(opened.ref)} for path in files])


def _prepare(taxonomy: Taxonomy, show: Callable[[str], None]) -> dict[str, float]:
    """Prepare reading with a taxonomy: what is kept beside it; gives the seconds that each part took."""
    from nlp.label_matcher import LabelMatcher
    from nlp.linker.linker import kept_linker
    from nlp.occupations.occupation_index import OccupationIndex
    from nlp.senses.shared_labels import SharedLabels

    begun = time.monotonic()
    show("preparing the label matcher")
    LabelMatcher.build(taxonomy, [ConceptType.SKILL])
    SharedLabels.kept(taxonomy)
    OccupationIndex.kept(taxonomy)
    matched = time.monotonic()
    kept_linker(taxonomy, on_progress=lambda what, done, total: show(f"training the linker: {what} ({done}/{total})"))
    seconds = {"label matcher": round(matched - begun, 1), "linker": round(time.monotonic() - matched, 1)}
    model = sentence_model_of(Settings())
    if model is not None:
        from nlp.sentence_linker.sentence_linker import SentenceLinker

        linked = time.monotonic()
        show("embedding the labels with the sentence model")
        SentenceLinker.load(taxonomy, model)
        seconds["sentence model"] = round(time.monotonic() - linked, 1)
    return seconds


@app.command("list")
def list_taxonomies(json: Json = False) -> None:
    """List what is imported."""
    rows = [
        {
            "taxonomy": str(info.ref),
            "imported": info.imported_at.isoformat(timespec="seconds"),
            "languages": " ".join(info.languages),
            "concepts": sum(info.counts.values()),
            "relations": sum(info.relations.values()),
            "from": ", ".join(source.name for source in info.sources),
        }
        for info in taxonomy_store(Settings()).list()
    ]
    print_rows(rows, as_json=json)


@app.command()
def show(
    concept: Annotated[str, typer.Argument(help="URI, code or label of a concept.")], taxonomy: Name = None, json: Json = False
) -> None:
    """Show one concept: labels, description, and what it is related to."""
    opened = taxonomy_store(Settings()).open(taxonomy or Settings().taxonomy)
    found = opened.concept(_find(opened, concept))
    if json:
        print_json(found.model_dump(mode="json") | {"taxonomy": str(opened.ref), "relations": _relations(opened, found)})
        return
    out.print(f"[bold]{opened.label(found.uri)}[/] ({found.type}{', ' + found.kind if found.kind else ''}) {found.uri}")
    print_rows(
        [
            {"language": lang, "label": label, "also": ", ".join(found.alternative_labels.get(lang, ()))}
            for lang, label in found.labels.items()
        ]
    )
    for text in found.descriptions.values():
        out.print(text, highlight=False)
    for name, uris in _relations(opened, found).items():
        if uris:
            more = f" and {len(uris) - _SHOWN} more" if len(uris) > _SHOWN else ""
            out.print(f"[bold]{name}:[/] {', '.join(opened.label(uri) for uri in uris[:_SHOWN])}{more}", highlight=False)


@app.command()
def search(
    text: Annotated[str, typer.Argument(help="The beginning of a label, in any language imported.")],
    lang: Annotated[str | None, typer.Option(help="Only labels of this language.")] = None,
    kind: Annotated[ConceptType | None, typer.Option("--type", help="Only concepts of this type.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=100)] = 10,
    taxonomy: Name = None,
    json: Json = False,
) -> None:
    """Find concepts by label, as the API's type-ahead does."""
    opened = taxonomy_store(Settings()).open(taxonomy or Settings().taxonomy)
    hits = opened.search(text, language=lang, types=(kind,) if kind else None, limit=limit)
    rows = [
        {"label": hit.label, "matched": hit.matched, "language": hit.language, "type": hit.type.value, "score": hit.score, "uri": hit.uri}
        for hit in hits
    ]
    print_rows(rows, title=f"{opened.ref}", as_json=json, empty=f"no label in {opened.ref} is like {text!r}")


@app.command()
def diff(
    old: Annotated[str, typer.Argument(help="scheme:version")],
    new: Annotated[str, typer.Argument(help="scheme:version")],
    json: Json = False,
) -> None:
    """Compare two versions: concepts added, removed, relabelled and moved."""
    store = taxonomy_store(Settings())
    result = compare(store.open(old), store.open(new))
    if json:
        print_json(result.model_dump(mode="json"))
        return
    print_rows(
        [{"change": name, "concepts": len(getattr(result, name))} for name in ("added", "removed", "relabelled", "moved")],
        title=f"{old} → {new}",
    )
    for name in ("added", "removed", "relabelled", "moved"):
        for change in getattr(result, name)[:_SHOWN]:
            out.print(f"[bold]{name}[/] {change}", highlight=False)


@app.command()
def match(
    file: Annotated[Path, typer.Argument(help="Names of skills, one a line, UTF-8; - reads them from standard input.")],
    count: Annotated[int, typer.Option(min=1, max=50, help="Suggestions for each name.")] = 3,
    lang: Annotated[str, typer.Option(help="Language in which labels are shown.")] = "en",
    taxonomy: Name = None,
    json: Json = False,
) -> None:
    """Suggest concepts for the skills of a list of your own, likeliest first; a person then confirms them. --json gives their URIs."""
    from nlp.linker.linker import kept_linker
    from nlp.linker.name_matching import match_names
    from nlp.linker.name_ranking import NameRanking

    opened = taxonomy_store(Settings()).open(taxonomy or Settings().taxonomy)
    names = _lines(file)
    with err.status("reading labels") as status:
        linker = kept_linker(opened, on_progress=lambda what, done, total: status.update(f"training the linker: {what} ({done}/{total})"))
        found = list(match_names(opened, NameRanking(opened, linker), names, count=count, language=lang))
    if json:
        print_json([each._asdict() for each in found])
        return
    rows = [
        {"name": each.name if each.rank == 1 else "", "rank": each.rank, "skill": each.label, "is a label": each.is_label} for each in found
    ]
    print_rows(rows, title=f"{opened.ref}", empty="no name has a word that the taxonomy knows")
    unknown = sorted(set(names) - {each.name for each in found})
    if unknown:
        more = " ..." if len(unknown) > _SHOWN else ""
        err.print(f"{len(unknown)} of {len(names)} names have no suggestion: {', '.join(unknown[:_SHOWN])}{more}", highlight=False)


def _lines(file: Path) -> list[str]:
    """The lines of a file or of standard input that are not empty, each once."""
    try:
        text = sys.stdin.read() if str(file) == "-" else file.read_text("utf-8-sig")
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{file} is not UTF-8 (byte {error.start}); save it as UTF-8, one name a line") from error
    names = list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
    if not names:
        raise CommandError(f"{file} holds no names; write one a line")
    return names


def _find(taxonomy: Taxonomy, wanted: str) -> str:
    if wanted in taxonomy:
        return wanted
    by_code = taxonomy.by_code(wanted)
    if by_code is not None:
        return by_code
    hits = taxonomy.search(wanted, limit=5)
    if hits and hits[0].score >= 1.0:
        return hits[0].uri
    near = ", ".join(f"{hit.label} ({hit.uri})" for hit in hits) or "none"
    raise CommandError(f"{taxonomy.ref} has no concept {wanted!r}; near: {near}")


def _relations(taxonomy: Taxonomy, concept: Concept) -> dict[str, list[str]]:
    relations = {"broader": list(taxonomy.broader(concept.uri)), "narrower": list(taxonomy.narrower(concept.uri))}
    if concept.type is ConceptType.OCCUPATION:
        skills = taxonomy.skills_of(concept.uri)
        relations |= {"essential skills": list(skills.essential), "optional skills": list(skills.optional)}
    if concept.type is ConceptType.SKILL:
        relations["asked of occupations"] = list(taxonomy.occupations_of(concept.uri))
    return relations
