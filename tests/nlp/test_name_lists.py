"""The lists that tell names from other words say each thing once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from importlib import resources

import pytest

from nlp.folding import fold
from vacancies.yaml_loading import load_own_yaml


def lists(value: object, name: str) -> Iterator[tuple[str, list[str]]]:
    if isinstance(value, dict):
        for key, own in value.items():
            yield from lists(own, f"{name}.{key}")
    elif isinstance(value, list):
        yield name, value


@pytest.mark.parametrize("name", ["name_evidence", "beside_names", "not_names", "given_names"])
def test_no_word_stands_twice(name: str) -> None:
    text = resources.files("nlp.contact_data").joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    found = dict(lists(load_own_yaml(text), name))
    assert found
    twice = {key: [word for word, times in Counter(map(fold, words)).items() if times > 1] for key, words in found.items()}
    assert not {key: words for key, words in twice.items() if words}
