"""`evaluate`: accuracy on labelled files."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from pydantic import BaseModel
from rich.progress import Progress

from labourscope.commands.options import Json, TaxonomyName
from labourscope.console import err, out, print_json, print_rows
from labourscope.error import CommandError
from labourscope.installation import sentence_model_of, taxonomy_store
from labourscope.settings import Settings
from nlp.evaluation.readers import ReaderName
from vacancies.lake import Lake
from vacancies.snapshots import read_snapshots, replay

if TYPE_CHECKING:
    from collections.abc import Callable

    from nlp.evaluation.measuring import Readers

Data = Annotated[Path, typer.Option("--data", help="Labelled file, JSON Lines (gzip too).")]
OwnData = Annotated[Path | None, typer.Option("--data", help="Labelled file, JSON Lines (gzip too); without it the set that is shipped.")]
Files = Annotated[list[Path], typer.Option("--data", help="Labelled file, JSON Lines (gzip too); several count as one.")]
Linker = Annotated[
    ReaderName,
    typer.Option(
        "--reader",
        help="linker: learnt from the taxonomy; vectors: its vectors alone; sentences: LABOURSCOPE_SENTENCE_MODEL beside the linker; "
        "labels: label search; char-tfidf: letters in common.",
    ),
]
Against = Annotated[
    ReaderName | None,
    typer.Option("--against", help="Another reader to compare with, text by text: differences with their intervals are added."),
]
OccupationRanker = Annotated[
    ReaderName | None,
    typer.Option(
        "--reader",
        help="ranker: what reading uses (it has learnt from what its model card names; the default without folds); "
        "taught: learns the taxonomy, then the other folds (the default with folds); labels: names in titles; char-tfidf: a baseline.",
    ),
]
Folds = Annotated[
    int,
    typer.Option("--folds", min=0, help="Parts of the file; a reader that can learn does so from the other parts (0: no learning)."),
]


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    evaluate = typer.Typer(help="Measure accuracy on labelled files.", no_args_is_help=True)
    for command in (merging, lives, reading, contacts, spans, linking, names, occupations):
        evaluate.command()(command)
    evaluate.command("all")(everything)
    app.add_typer(evaluate, name="evaluate")


def lives(
    data: Annotated[
        list[Path], typer.Option("--data", help="Changes by snapshot (JSON Lines), or several whole listings (JSON); gzip too.")
    ],
    missing: Annotated[int, typer.Option(min=1, help="Complete listings in a row without a posting until it counts as gone.")] = 1,
    json: Json = False,
) -> None:
    """Replay recorded snapshots of a board into a new lake: are what came, changed, went and came back counted as they were?"""
    steps = []
    with tempfile.TemporaryDirectory() as folder, Progress(console=err, transient=True) as progress:
        task = progress.add_task("snapshots", total=None)
        for step in replay(read_snapshots(data), Lake.open(Path(folder) / "lake"), missing_before_gone=missing):
            steps.append(step)
            progress.advance(task)
    counted = (
        "new",
        "gone",
        "changed",
        "reappeared",
        "missing",
        "expected_new",
        "expected_gone",
        "expected_changed",
        "expected_reappeared",
    )
    figures: dict[str, float] = {"snapshots": len(steps), "exact": sum(step.is_exact for step in steps)}
    figures |= {name: sum(getattr(step, name) for step in steps) for name in counted}
    figures |= {"false_removals_avoided": figures["expected_gone"] - figures["gone"] if missing > 1 else 0}
    figures |= {"slowest_seconds": max((step.seconds for step in steps), default=0.0)}
    if json:
        print_json(figures | {"steps": [step._asdict() for step in steps]})
    else:
        print_rows([{"figure": name, "value": value} for name, value in figures.items()])


def merging(
    data: Annotated[Path, typer.Option("--data", help="Labelled pairs, JSON Lines (gzip too): a, b, label.")], json: Json = False
) -> None:
    """Measure merging: of pairs labelled as the same vacancy, how many are linked, and how many links are wrong."""
    from vacancies.merging.evaluation import evaluate_pairs

    result = evaluate_pairs(data)
    if json:
        print_json(result.model_dump(mode="json"))
        return
    print_rows([{"n": result.n, "precision": result.precision, "recall": result.recall, "f1": result.f1, "left out": result.left_out}])
    print_rows([{"label": label, "pairs": row.n, "linked": row.linked} for label, row in result.by_label.items()])


def reading(data: Data, taxonomy: TaxonomyName = None, json: Json = False) -> None:
    """Measure reading of whole advertisements: skills and their status, zones, conditions, occupation; or skills named freely."""
    from nlp.evaluation.advertisements import evaluate_reading
    from nlp.evaluation.free_names import evaluate_free_names, is_free_names

    result: BaseModel
    readers = _readers(data, taxonomy)
    if is_free_names(data):
        result = evaluate_free_names(data, readers.pipeline, readers.taxonomy)
    else:
        result = evaluate_reading(data, readers.pipeline)
    _show(result, as_json=json)


def contacts(data: OwnData = None, taxonomy: TaxonomyName = None, json: Json = False) -> None:
    """Measure how much of people's contact data is found."""
    from nlp.evaluation.contacts import evaluate_contacts
    from nlp.evaluation.measuring import SHIPPED

    data = data or SHIPPED / "contacts.jsonl"
    readers = _readers(data, taxonomy)
    result = evaluate_contacts(data, readers.pipeline)
    _show(result, as_json=json)


def spans(
    data: Data,
    reader: Annotated[ReaderName, typer.Option("--reader", help="tagger: the trained tagger of spans; labels: labels in the text.")] = (
        ReaderName.TAGGER
    ),
    taxonomy: TaxonomyName = None,
    json: Json = False,
) -> None:
    """Measure spans that name skills and knowledge, on tokens with BIO tags."""
    from nlp.evaluation.spans import evaluate_spans

    readers = _readers(data, taxonomy)
    result = evaluate_spans(data, readers.spans(reader), reader=reader)
    _show(result, as_json=json)


def linking(
    data: Files,
    reader: Linker = ReaderName.LINKER,
    against: Against = None,
    folds: Folds = 0,
    taxonomy: TaxonomyName = None,
    json: Json = False,
) -> None:
    """Measure linking of sentences to the taxonomy's skills."""
    from nlp.evaluation.gold import LinkingRecord
    from nlp.evaluation.linking import evaluate_linking

    readers = _readers(data, taxonomy, LinkingRecord)
    _show(_ranked(evaluate_linking, readers, data, reader, against, folds=folds), readers, as_json=json)


def names(
    data: Files,
    reader: Linker = ReaderName.LINKER,
    against: Against = None,
    folds: Folds = 0,
    taxonomy: TaxonomyName = None,
    json: Json = False,
) -> None:
    """Measure how well names of skills, in any language, are found in the taxonomy."""
    from nlp.evaluation.gold import NameRecord
    from nlp.evaluation.linking import evaluate_names

    readers = _readers(data, taxonomy, NameRecord)
    _show(_ranked(evaluate_names, readers, data, reader, against, folds=folds), readers, as_json=json)


def occupations(data: Data, reader: OccupationRanker = None, folds: Folds = 0, taxonomy: TaxonomyName = None, json: Json = False) -> None:
    """Measure occupations read from titles and texts: ISCO-08 code and concept."""
    from nlp.evaluation.gold import OccupationRecord
    from nlp.evaluation.occupations import evaluate_occupations

    readers = _readers(data, taxonomy, OccupationRecord)
    chosen = reader or (ReaderName.TAUGHT if folds > 1 else ReaderName.RANKER)
    result = evaluate_occupations(data, readers.occupations(chosen), readers.taxonomy, reader=chosen, folds=folds)
    _show(result, readers, as_json=json)


def everything(
    data: Annotated[Path, typer.Option("--data", help="Folder of labelled files; their names tell the tasks (reading_*, esco_* ...).")],
    page: Annotated[Path, typer.Option("--out", help="Where the page goes.")] = Path("docs/quality.md"),
    folds: Folds = 5,
    taxonomy: TaxonomyName = None,
    json: Json = False,
) -> None:
    """Measure everything that a folder of labelled files allows and write the page of measured quality."""
    from nlp.evaluation.measuring import measure_all
    from nlp.evaluation.quality_page import quality_page

    readers = _readers(data, taxonomy)
    with err.status("measuring") as status:
        done = measure_all(data, readers, folds=folds, on_begin=lambda name: status.update(f"measuring on {name}"))
        text = quality_page(done, taxonomy=readers.taxonomy, nuts_version=readers.regions.version)
    strange = next((measured.quality for measured in done if _is_of_another_taxonomy(measured.quality)), None)
    if strange is not None:
        _warn_of_another_taxonomy(strange, readers)
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(text, encoding="utf-8")
    if json:
        print_json([m._asdict() | {"quality": m.quality.model_dump(mode="json")} for m in done])
    else:
        out.print(f"written {page}: {len(done)} measurements")


def _readers(data: Path | list[Path], taxonomy: str | None, form: type[BaseModel] | None = None) -> Readers:
    """The readers of a taxonomy; refuses a file that is not there, or whose first record has another form, before anything is built."""
    from nlp.evaluation.gold import read_records
    from nlp.evaluation.measuring import Readers
    from taxonomies.regions import Regions

    files = [data] if isinstance(data, Path) else data
    missing = next((path for path in files if not path.exists()), None)
    if missing is not None:
        raise CommandError(f"{missing} does not exist; --data takes a labelled file, and for `evaluate all` a folder of them")
    if form is not None:
        for path in files:
            read_records(path, form, most=1)
    store = taxonomy_store(Settings())
    return Readers(store.open(taxonomy or Settings().taxonomy), Regions.open(store), sentence_model_of(Settings()))


def _ranked(
    evaluate: Callable[..., BaseModel], readers: Readers, data: list[Path], reader: ReaderName, against: ReaderName | None, *, folds: int
) -> BaseModel:
    """What a measure of linkers gives for one of them, beside another where one is named."""
    from nlp.evaluation.linking import Rival

    rival = None if against is None else Rival(against, readers.linker(against))
    return evaluate(data, readers.linker(reader), readers.taxonomy, reader=reader, folds=folds, against=rival)


def _is_of_another_taxonomy(quality: BaseModel) -> bool:
    """Whether so many right answers are unknown to the taxonomy that the figures say little."""
    return getattr(quality, "unknown_gold", 0) >= max(1, getattr(quality, "n", 0) / 2)


def _warn_of_another_taxonomy(quality: BaseModel, readers: Readers) -> None:
    unknown = getattr(quality, "unknown_gold", 0)
    err.print(
        f"{unknown} right answers of the file are unknown to {readers.taxonomy.ref}, so these figures say little; "
        "name the taxonomy they are from with --taxonomy (`labourscope taxonomy list` shows what is imported)"
    )


def _show(quality: BaseModel, readers: Readers | None = None, *, as_json: bool) -> None:
    """Print figures; with `readers` a word of warning where the file's answers are of another taxonomy."""
    from nlp.evaluation.tables import tables_of

    if readers is not None and _is_of_another_taxonomy(quality):
        _warn_of_another_taxonomy(quality, readers)
    if as_json:
        print_json(quality.model_dump(mode="json"))
        return
    for table in tables_of(quality):
        print_rows(table.rows, title=table.title or None)
