"""`bench`: speed and memory, measured on this machine with this data."""

from __future__ import annotations

import resource
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Literal

import typer

from labourscope.commands.options import Json, TaxonomyName
from labourscope.console import err, print_json, print_rows
from labourscope.error import CommandError
from labourscope.installation import engine_of, home_of, sentence_model_of, taxonomy_store
from labourscope.settings import Settings
from vacancies.lake import Lake
from vacancies.posting import Posting

app = typer.Typer(help="Measure speed and memory; results depend on the machine.", no_args_is_help=True)

Data = Annotated[
    Path, typer.Option("--data", help="Folder of advertisements as JSON Lines (.jsonl.gz), as `ingest` takes them with --mapping.")
]
Mapping = Annotated[Path | None, typer.Option(help="Mapping file of these advertisements.")]


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _peak_mib(*, children: bool = False) -> int:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN if children else resource.RUSAGE_SELF)
    return int(usage.ru_maxrss / 1024)


@app.command("taxonomy")
def taxonomy_bench(
    files: Annotated[list[Path], typer.Argument(help="ESCO files to import.")],
    version: Annotated[str | None, typer.Option(help="Version, where the file names do not tell it.")] = None,
    json: Json = False,
) -> None:
    """Time the import of ESCO into an empty folder, and loading the compiled form."""
    from taxonomies.importers import import_files
    from taxonomies.model import ConceptType
    from taxonomies.store import TaxonomyStore

    with tempfile.TemporaryDirectory() as folder:
        imported = _timed(lambda: import_files(files, TaxonomyStore(Path(folder)), version=version))
        loaded = _timed(lambda: len(list(TaxonomyStore(Path(folder)).open().iter_labels((ConceptType.SKILL,), None))))
        searched = TaxonomyStore(Path(folder)).open()
        first, again = _timed(lambda: searched.search("manage")), _timed(lambda: searched.search("weld"))
    rows = [
        {"what": "import", "seconds": imported},
        {"what": "load and read every skill label", "seconds": loaded},
        {"what": "first type-ahead", "seconds": first},
        {"what": "next type-ahead", "seconds": again},
        {"what": "peak memory MiB", "seconds": float(_peak_mib())},
    ]
    print_rows(rows, as_json=json)


@app.command("crawl")
def crawl_bench(
    postings: Annotated[int, typer.Option(min=1, help="How many advertisements the generated board has.")] = 10_000,
    kind: Annotated[
        Literal["json", "html", "feed"],
        typer.Option(help="A JSON interface with 250 a page, one HTML page with JSON-LD each, or one feed of JSON Lines."),
    ] = "json",
    gigabytes: Annotated[
        float | None, typer.Option(min=0.001, help="With --kind feed: how large the feed is, in place of --postings.")
    ] = None,
    json: Json = False,
) -> None:
    """Time the crawl of a generated board on this machine, politeness off: postings per second, CPU time and memory of the crawl."""
    from crawlers.bench import bench_crawl
    from crawlers.sample_boards.generated import advertisements_of

    if gigabytes is not None:
        if kind != "feed":
            raise typer.BadParameter("only with --kind feed: other boards are measured by --postings", param_hint="--gigabytes")
        postings = advertisements_of(gigabytes)
    with tempfile.TemporaryDirectory(prefix="labourscope-bench-") as folder, err.status("crawling"):
        result = bench_crawl(Path(folder), postings=postings, kind=kind)
    if json:
        print_json(result.model_dump(mode="json"))
    else:
        print_rows([{"figure": name, "value": value} for name, value in result.model_dump().items()])
    if result.postings != postings:
        raise CommandError(f"{result.postings} of {postings} postings were read (status {result.status})")


@app.command()
def labels(data: Data, mapping: Mapping = None, taxonomy: TaxonomyName = None, json: Json = False) -> None:
    """Time the label matcher alone: plain text in, (concept, start, end) out, on one core."""
    from nlp.bench import bench_labels

    texts = [(posting.description_text, posting.language) for posting in _postings(data, mapping) if posting.description_text]
    result = bench_labels(taxonomy_store(Settings()).open(taxonomy), texts)
    print_rows([result.model_dump()], as_json=json)


@app.command()
def read(
    data: Data,
    mapping: Mapping = None,
    taxonomy: TaxonomyName = None,
    limit: int = 2000,
    rules_only: Annotated[bool, typer.Option("--rules-only", help="Leave out tagger and linkers: labels and rules alone.")] = False,
    json: Json = False,
) -> None:
    """Time reading on one core, every n-th advertisement of the folder: advertisements per second, memory, time of each component."""
    from nlp.bench import bench_read
    from nlp.pipeline import build_pipeline
    from taxonomies.regions import Regions

    store = taxonomy_store(Settings())
    postings = list(_postings(data, mapping))
    chosen = postings[:: max(len(postings) // limit, 1)][:limit]
    model = None if rules_only else sentence_model_of(Settings())
    result = bench_read(build_pipeline(store.open(taxonomy), Regions.open(store), rules_only=rules_only, sentence_model=model), chosen)
    if json:
        print_json(result.model_dump(mode="json"))
        return
    print_rows([result.model_dump(exclude={"components", "places"})])
    print_rows([{"place known": depth, "postings": number} for depth, number in result.places.items()])
    print_rows([component.model_dump() for component in result.components])


@app.command("index")
def index_bench(
    documents: Annotated[int, typer.Option(min=1000, help="How many to index, made by repetition under new ids.")] = 200_000,
    taxonomy: TaxonomyName = None,
    json: Json = False,
) -> None:
    """Time indexing of the vacancies of this installation's lake with the real mapping, and typical queries."""
    from nlp.pipeline import pipeline_version
    from search_api.bench import bench_index
    from search_api.documents import documents_from_lake
    from taxonomies.regions import Regions

    settings, store = Settings(), taxonomy_store(Settings())
    lake = Lake.open(home_of(settings).lake)
    prepared = list(
        documents_from_lake(lake, store.open(taxonomy), Regions.open(store), pipeline=pipeline_version(sentence_model_of(settings)))
    )
    if not prepared:
        raise CommandError("the lake has no vacancies to index; run the demo, or `labourscope bench way --keep FOLDER`, first")
    with tempfile.TemporaryDirectory() as folder:
        own = settings.model_copy(update={"home": Path(folder), "elasticsearch_index": "labourscope-bench"})
        result = bench_index(engine_of(own), prepared, documents)
    if json:
        print_json(result.model_dump(mode="json"))
        return
    print_rows([result.model_dump(exclude={"queries"})])
    print_rows([query.model_dump() for query in result.queries])


@app.command()
def way(
    data: Data,
    mapping: Mapping = None,
    register: Annotated[Path | None, typer.Option(help="Source register with these advertisements' boards.")] = None,
    taxonomy: TaxonomyName = None,
    keep: Annotated[Path | None, typer.Option(help="Keep the result in this home folder.")] = None,
    json: Json = False,
) -> None:
    """Time the whole way on a folder of feeds: ingest, read, merge, index, figures, release; nothing may be lost."""
    from labourscope.way_bench import bench_way

    files = _files(data)
    if keep and (keep / "lake").exists():
        raise CommandError(f"{keep} holds a lake already, and what it holds would not be read again; name an empty folder")
    with tempfile.TemporaryDirectory(prefix="labourscope-bench-") as folder:
        home = keep or Path(folder)
        result = bench_way(Settings(), files, home=home, mapping=mapping, register=register, taxonomy=taxonomy)
    print_rows(result.rows(), as_json=json)
    if result.lost:
        raise CommandError(f"{result.lost} records were lost: ingested is not read + quarantined")


def _files(data: Path) -> list[Path]:
    files = sorted(path for path in data.glob("*.jsonl.gz") if not path.name.endswith(".changes.jsonl.gz")) if data.is_dir() else [data]
    if not files or not all(file.is_file() for file in files):
        raise CommandError(f"{data} holds no .jsonl.gz file")
    return files


def _postings(data: Path, mapping: Path | None) -> Iterator[Posting]:
    from labourscope.way_bench import read_all

    left_out: Counter[str] = Counter()
    with err.status("reading files"):
        yield from read_all(_files(data), mapping, left_out)
    if left_out:
        reasons = ", ".join(f"{reason} {number:,}" for reason, number in left_out.most_common())
        advice = "" if mapping else "; give the --mapping they are ingested with"
        err.print(f"[yellow]left out of the files: {reasons}{advice}[/yellow]")
