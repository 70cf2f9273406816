"""The whole course: gathers, learns, writes the network with its card."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Final

from nlp.people.learning.examples import taught_example
from nlp.people.learning.fitting import PeopleRecipe, Report, fitted
from nlp.people.learning.material import PeopleFiles, advertisements, labelled_lines, word_sets
from nlp.people.storage import FORMAT_VERSION, PeopleCard, write_people
from nlp.tagger.storage import read_network
from nlp.tagger.tagger import SHIPPED as TAGGER

_TAUGHT: Final = 6000  # advertisements that the rules label
_LONGEST: Final = 1500  # characters of one


def learn_people(
    files: PeopleFiles,
    concept_texts: Iterable[str],
    *,
    recipe: PeopleRecipe,
    out: Path,
    licences: Sequence[str],
    report: Report,
) -> PeopleCard:
    """Learn a network and write it into a folder. Raises GoldInvalid for a file of another form."""
    fresh, older = labelled_lines(files.fresh), labelled_lines(files.older)
    texts = advertisements(files)
    sets = word_sets([text for _, text in texts], concept_texts)
    chance = random.Random(recipe.seed)  # noqa: S311 (no secret)
    chosen = chance.sample(texts, min(_TAUGHT, len(texts)))
    taught = [taught_example(_part(text, chance), language, sets, recipe.taught_weight) for language, text in chosen]
    tagger = read_network(TAGGER)[0].weights  # its vectors have read many more advertisements
    weights = fitted(fresh, older, taught, sets, units=(tagger["emb"], tagger["shape"]), recipe=recipe, report=report)
    card = PeopleCard(
        format_version=FORMAT_VERSION,
        trained_on=tuple(path.name for path in (*files.fresh, *files.older)),
        unlabelled=tuple(path.name for path in files.advertisements if path.name.split(".")[0] not in files.without),
        left_out=(*(path.name for path in files.left_out), *files.without),
        licences=tuple(licences),
        settings={name: float(value) for name, value in asdict(recipe).items()},
        counts={
            "lines": len(fresh) + len(older),
            "people": sum(len(own.people) for own in (*fresh, *older)),
            "advertisements": len(chosen),
        },
    )
    write_people(out, weights, sets, card)
    return card


def _part(text: str, chance: random.Random) -> str:
    """As much of a text as is learnt from, beginning with a word."""
    start = chance.randint(0, max(0, len(text) - _LONGEST))
    while start and not text[start - 1].isspace():
        start -= 1
    return text[start : start + _LONGEST]
