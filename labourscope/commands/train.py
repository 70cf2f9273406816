"""`train`: learns the small models that read advertisements; needs the extra `labourscope[train]`."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from labourscope.commands.options import Json, TaxonomyName
from labourscope.console import err, print_rows
from labourscope.error import CommandError
from labourscope.installation import home_of, taxonomy_store
from labourscope.settings import Settings

app = typer.Typer(help="Learn the small models of the reading from labelled advertisements.", no_args_is_help=True)

_LICENCES = (
    "Labels of advertisements: made for Labourscope. Texts of advertisements: only hashed units and weights learnt from them are kept.",
    "SkillSpan (Zhang et al. 2022): CC BY 4.0.",
)


@app.command()
def spans(
    data: Annotated[Path, typer.Option("--data", help="Labelled advertisements, JSON Lines (.gz) as `evaluate reading` takes them.")],
    out: Annotated[Path, typer.Option(help="Folder for the model.")],
    sentences: Annotated[Path | None, typer.Option(help="Sentences with BIO tags, as `evaluate spans` takes them.")] = None,
    unlabelled: Annotated[Path | None, typer.Option(help="Folder of further advertisements (.jsonl, .jsonl.gz) without labels.")] = None,
    leave_out: Annotated[list[Path] | None, typer.Option(help="Labelled file whose advertisements must not be learnt from.")] = None,
    without: Annotated[list[str] | None, typer.Option(help="Corpus whose advertisements must not be learnt from.")] = None,
    work: Annotated[Path | None, typer.Option(help="Folder that keeps finished stages.  [default: HOME/training/spans]")] = None,
    taxonomy: TaxonomyName = None,
    seed: int = 1,
    json: Json = False,
) -> None:
    """Learn the tagger of skills, statuses and zones: about two hours on two cores; stages that are done are kept."""
    _need_libraries()
    from nlp.label_matcher import LabelMatcher
    from nlp.tagger.learning.course import learn
    from nlp.tagger.learning.material import MaterialFiles, concept_texts, gather
    from nlp.tagger.learning.recipe import Recipe
    from taxonomies.model import ConceptType

    settings = Settings()
    if unlabelled is not None and not unlabelled.is_dir():
        raise CommandError(f"--unlabelled {unlabelled} is no folder; name one with files of advertisements (.jsonl, .jsonl.gz)")
    more = [] if unlabelled is None else sorted(path for path in unlabelled.iterdir() if path.name.endswith((".jsonl", ".jsonl.gz")))
    files = MaterialFiles(
        advertisements=data,
        sentences=sentences,
        unlabelled=[path for path in more if ".changes." not in path.name],
        left_out=leave_out or [],
        without=without or [],
    )
    err.print("gathering texts")
    opened = taxonomy_store(settings).open(taxonomy)
    material = gather(files, LabelMatcher.build(opened, [ConceptType.SKILL]), concept_texts(opened))
    card = learn(
        material,
        files,
        recipe=Recipe(seed=seed),
        work=work or home_of(settings).root / "training" / "spans",
        out=out,
        licences=_LICENCES,
        report=_report,
    )
    print_rows([{"figure": name, "value": value} for name, value in (*card.figures.items(), *card.reading.items())], as_json=json)


def _need_libraries() -> None:
    missing = [name for name in ("jax", "optax") if find_spec(name) is None]
    if missing:
        raise CommandError(f"training needs {' and '.join(missing)}; install them with `pip install labourscope[train]`")


def _report(stage: str, done: int, steps: int, loss: float) -> None:
    err.print(f"{stage}: step {done:,} of {steps:,}, loss {loss:.3f}")
