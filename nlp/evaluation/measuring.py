"""Measures everything that a folder of labelled files allows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Final, NamedTuple

from pydantic import BaseModel

from nlp.evaluation.advertisements import evaluate_reading
from nlp.evaluation.contacts import evaluate_contacts
from nlp.evaluation.error import GoldInvalid
from nlp.evaluation.free_names import evaluate_free_names
from nlp.evaluation.linking import evaluate_linking, evaluate_names
from nlp.evaluation.occupations import evaluate_occupations
from nlp.evaluation.reader_choice import linker_of, occupation_reader_of, pipeline_of, span_reader_of
from nlp.evaluation.readers import Linker, OccupationReader, ReaderName, SpanReader
from nlp.evaluation.spans import evaluate_spans
from nlp.sentence_linker.model_folder import SentenceModel
from taxonomies.regions import Regions
from taxonomies.taxonomy import Taxonomy
from vacancies.enriched import EnrichedPosting
from vacancies.merging.evaluation import evaluate_pairs
from vacancies.posting import Posting

SHIPPED: Final = Path(__file__).parent / "sets"  # written for this project, with invented people and firms
# A file's task by the beginning of its name; files to learn from (`_train`) are not measured on.
TASKS: Final = {
    "reading_": "reading",
    "skills_freetext": "named skills",
    "contacts": "contacts",
    "skillspan": "spans",
    "esco_": "linking",
    "skillnorm_": "names",
    "occ_": "occupations",
    "pairs_": "merging",
}


class Measurement(NamedTuple):
    """One reader measured on one file; `folds` (0: nothing was learnt) is how often the file was divided to learn from its rest."""

    task: str
    data: str
    reader: str
    folds: int
    quality: BaseModel


class Readers:
    """Readers of one taxonomy, each made when first asked for."""

    def __init__(self, taxonomy: Taxonomy, regions: Regions, sentence_model: SentenceModel | None = None) -> None:
        self.taxonomy = taxonomy
        self.regions = regions
        self.sentence_model = sentence_model
        self._linkers: dict[ReaderName, Linker] = {}
        self._occupations: dict[ReaderName, OccupationReader] = {}

    def linker(self, name: ReaderName) -> Linker:
        """The linker of a name."""
        return self._linkers.setdefault(name, self._linkers.get(name) or linker_of(name, self.taxonomy, self.sentence_model))

    def occupations(self, name: ReaderName) -> OccupationReader:
        """The occupation reader of a name."""
        return self._occupations.setdefault(name, self._occupations.get(name) or occupation_reader_of(name, self.taxonomy))

    def spans(self, name: ReaderName) -> SpanReader:
        """The span reader of a name."""
        return span_reader_of(name, self.taxonomy)

    @cached_property
    def pipeline(self) -> Callable[[Iterable[Posting]], Iterator[EnrichedPosting]]:
        """The whole pipeline."""
        return pipeline_of(self.taxonomy, self.regions, self.sentence_model)


def labelled_files(folder: Path) -> list[tuple[str, Path]]:
    """The tasks and files of a folder that can be measured on, in the order of the tasks. Raises GoldInvalid when there are none."""
    files = [path for pattern in ("*.jsonl", "*.jsonl.gz") for path in folder.glob(pattern) if "_train" not in path.name]
    found = [(task, path) for start, task in TASKS.items() for path in sorted(files) if path.name.startswith(start)]
    if not found:
        names = ", ".join(f"{start}*.jsonl[.gz]" for start in TASKS)
        raise GoldInvalid(f"{folder} holds no labelled file; file names tell the task: {names}")
    return found


def measure_all(folder: Path, readers: Readers, *, folds: int, on_begin: Callable[[str], None]) -> list[Measurement]:
    """Measure every reader on every file of a folder and on the sets shipped with the project; `on_begin` hears the name of each file.

    Raises GoldInvalid.
    """
    done: list[Measurement] = []
    for task, path in labelled_files(folder):
        on_begin(path.name)
        done += _measured(task, path, readers, folds)
    for task, path in labelled_files(SHIPPED):
        on_begin(path.name)
        done += (each._replace(data=f"{each.data} (shipped)") for each in _measured(task, path, readers, folds))
    return done


def _measured(task: str, path: Path, readers: Readers, folds: int) -> Iterator[Measurement]:
    name = path.name.split(".")[0]
    if task == "reading":
        yield Measurement(task, name, "pipeline", 0, evaluate_reading(path, readers.pipeline))
    elif task == "named skills":
        yield Measurement(task, name, "pipeline", 0, evaluate_free_names(path, readers.pipeline, readers.taxonomy))
    elif task == "contacts":
        yield Measurement(task, name, "pipeline", 0, evaluate_contacts(path, readers.pipeline))
    elif task == "spans":
        for reader in (ReaderName.TAGGER, ReaderName.LABELS):
            yield Measurement(task, name, reader, 0, evaluate_spans(path, readers.spans(reader), reader=reader))
    elif task == "merging":
        yield Measurement(task, name, "merging", 0, evaluate_pairs(path))
    else:
        for reader, own_folds in _ways(task, folds):
            yield Measurement(task, name, reader, own_folds, _ranked(task, path, readers, reader, own_folds))


def _ways(task: str, folds: int) -> list[tuple[ReaderName, int]]:
    """Readers and folds; only files of occupations may be learnt from, the others are for reporting."""
    ways = [(ReaderName.LABELS, 0), (ReaderName.CHAR_TFIDF, 0)]
    if task in ("linking", "names"):
        return [(ReaderName.LINKER, 0), (ReaderName.VECTORS, 0), *ways]
    learning = [(ReaderName.CHAR_TFIDF, folds), (ReaderName.TAUGHT, folds)] if folds > 1 else []
    return [*ways, (ReaderName.TAUGHT, 0), *learning]


def _ranked(task: str, path: Path, readers: Readers, name: ReaderName, folds: int) -> BaseModel:
    taxonomy = readers.taxonomy
    if task == "occupations":
        return evaluate_occupations(path, readers.occupations(name), taxonomy, reader=name, folds=folds)
    measure = evaluate_linking if task == "linking" else evaluate_names
    return measure(path, readers.linker(name), taxonomy, reader=name, folds=folds)
