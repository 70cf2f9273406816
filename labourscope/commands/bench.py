"""`bench`: speed and memory, measured on this machine with this data."""

from __future__ import annotations

import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from labourscope.commands.options import Json, TaxonomyName
from labourscope.console import err, print_rows
from labourscope.error import CommandError
from labourscope.installation import engine_of, taxonomy_store
from labourscope.settings import Settings

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


@app.command()
def labels(data: Data, mapping: Mapping = None, taxonomy: TaxonomyName = None, json: Json = False) -> None:
    """Time the label matcher alone: plain text in, (concept, start, end) out, on one core."""
    from nlp.bench import bench_labels

    result = bench_labels(taxonomy_store(Settings()).open(taxonomy), list(_texts(data, mapping)))
    print_rows([result.model_dump()], as_json=json)


@app.command()
def read(data: Data, mapping: Mapping = None, taxonomy: TaxonomyName = None, limit: int = 2000, json: Json = False) -> None:
    """Time reading on one core: advertisements per second, memory, and the time of each component."""
    from nlp.bench import bench_read

    from taxonomies.regions import Regions

    store = taxonomy_store(Settings())
    postings = [posting for posting, _ in zip(_postings(data, mapping), range(limit), strict=False)]
    result = bench_read(store.open(taxonomy), Regions.open(store), postings)
    print_rows([{k: v for k, v in result.model_dump().items() if not isinstance(v, dict)}], as_json=json)
    if not json:
        print_rows([{"component": name, "seconds": seconds} for name, seconds in result.seconds_by_component.items()])


@app.command("index")
def index_bench(documents: Annotated[int, typer.Option(min=1000)] = 200_000, json: Json = False) -> None:
    """Time indexing of prepared documents (made by repetition under new ids) with the real mapping, and typical queries."""
    from search_api.bench import bench_documents, bench_index

    settings = Settings()
    with tempfile.TemporaryDirectory() as folder:
        own = settings.model_copy(update={"home": Path(folder), "elasticsearch_index": "labourscope-bench"})
        result = bench_index(engine_of(own), bench_documents(documents), documents)
    print_rows([{"engine": settings.engine.value} | result.model_dump()], as_json=json)


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
    home = keep or Path(tempfile.mkdtemp(prefix="labourscope-bench-"))
    result = bench_way(Settings(), files, home=home, mapping=mapping, register=register, taxonomy=taxonomy)
    print_rows(result.rows(), as_json=json)
    if result.lost:
        raise CommandError(f"{result.lost} records were lost: ingested is not read + quarantined")


def _files(data: Path) -> list[Path]:
    files = sorted(path for path in data.glob("*.jsonl.gz") if not path.name.endswith(".changes.jsonl.gz")) if data.is_dir() else [data]
    if not files or not all(file.is_file() for file in files):
        raise CommandError(f"{data} holds no .jsonl.gz file")
    return files


def _postings(data: Path, mapping: Path | None) -> Iterator[object]:
    from labourscope.way_bench import read_all

    with err.status("reading files"):
        yield from read_all(_files(data), mapping)


def _texts(data: Path, mapping: Path | None) -> Iterator[str]:
    for posting in _postings(data, mapping):
        text = getattr(posting, "description_text", "")
        if text:
            yield text
