"""Long texts take time in proportion to their length, whatever they repeat: reading by rules, component by component."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

import pytest
from spacy.language import Language

from nlp.pipeline import build_pipeline
from nlp.reading import read_postings
from taxonomies.regions import Regions
from taxonomies.store import TaxonomyStore
from vacancies.posting import Posting

Make = Callable[..., Posting]

SHORT = 20_000  # characters; the long text has four times as many
TEXTS = {
    "letters": "a b ",
    "one word": "x",
    "line ends": "\n",
    "empty items": "- x\n",
    "initials": "A. B. ",
    "names": "Max Muster ",
    "names in a list": "Anna Weber, ",
    "given names in a list": "Anna, Anna, ",
    "initials and names": "A. Weber, ",
    "posts and names": "manager T. Weber ",
    "personal pages": "Jana Weber github.com/weber ",
    "numbers": "12 34.5 ",
    "brackets": "((",
    "mail and numbers": "a@b.de +49 170 1234567 ",
    "skills": "teamwork, Python, SQL, ",
    "cues": "no need of experience, Python a plus ",
    "advertisement": "We require 5 years of experience in sales. Python is a plus, not required; you plan projects (e.g. events).\n",
    "German, no sentence ends": "Erfahrung mit SAP von Vorteil, Führerschein Kl. B, 40 Stunden pro Woche, 3000 € brutto ",
}


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Language:
    store = TaxonomyStore(tmp_path_factory.mktemp("starter"))
    return build_pipeline(store.open(str(store.ensure_starter())), Regions.open(store), rules_only=True)


@pytest.mark.long
@pytest.mark.parametrize("name", TEXTS)
def test_four_times_the_text_takes_less_than_eight_times_as_long(name: str, rules: Language, make_posting: Make) -> None:
    def seconds(length: int) -> float:
        posting = make_posting(("Die Firma sucht. " + TEXTS[name] * length)[:length])
        begun = time.process_time()
        assert len(list(read_postings(rules, [posting]))) == 1
        return time.process_time() - begun

    seconds(SHORT)  # what is made at the first text of a kind
    gc.disable()  # its passes come by chance
    try:
        assert any(seconds(4 * SHORT) < 8 * max(seconds(SHORT), 0.01) for _ in range(3))
    finally:
        gc.enable()
