"""Weighs the people whom the rules found in a text, and finds those whom they passed by."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from nlp.contact_data.by_rules import RuledContacts
from nlp.contact_data.name_forms import Offsets
from nlp.people.decoding import likely_in_names, names_in
from nlp.people.network import BEGINS, OUTSIDE, PeopleNetwork
from nlp.people.storage import read_people
from nlp.people.tokens import PlaceSign, Tokens, place_signs, stretches, tokens_of

SHIPPED: Final = Path(__file__).with_name("shipped")
KEEPS: Final = 0.15  # how likely a person of the rules must be at least whom no word or mailbox names
FINDS: Final = 0.85  # and one whom they passed by

_HOPELESS: Final = -8.0  # of 1,500 stretches in which no token fits the beginning of a name better, none held a likely one


def weighed_people(network: PeopleNetwork, text: str, language: str | None, ruled: RuledContacts) -> list[Offsets]:
    """The people of the rules that are sure or likely enough, and those of the network that touch none of them; in no order."""
    tokens = tokens_of(text)
    signs = place_signs(tokens, ruled.words, ruled.addresses, ruled.people)
    parts = stretches(signs, network.given_names(tokens.words))
    if not parts:
        return ruled.people
    likely = np.zeros(len(tokens.words))
    found: list[slice] = []
    for part, logits in zip(parts, network.logits(tokens.words, signs, parts, language), strict=True):
        if float((logits[:, BEGINS] - logits[:, OUTSIDE]).max()) < _HOPELESS:
            continue
        names = names_in(logits, network.moves)
        if names or signs[part, PlaceSign.RULED].any():
            likely[part] = likely_in_names(logits, network.moves)
        found += [slice(part.start + start, part.start + end) for start, end in names]
    kept = _kept(ruled, tokens, likely)
    new = [(int(tokens.starts[name.start]), int(tokens.ends[name.stop - 1])) for name in found if float(likely[name].mean()) >= FINDS]
    is_taken = np.zeros(len(text) + 1, dtype=np.bool_)
    for start, end in kept:
        is_taken[start:end] = True
    return kept + [(start, end) for start, end in new if not is_taken[start:end].any()]


def _kept(ruled: RuledContacts, tokens: Tokens, likely: npt.NDArray[np.float64]) -> list[Offsets]:
    """The people of the rules that are sure or likely enough."""
    is_sure = np.zeros(len(likely), dtype=np.bool_)
    for span in ruled.sure:
        is_sure[tokens.within(*span)] = True
    places = [(span, tokens.within(*span)) for span in ruled.people]
    return [span for span, own in places if is_sure[own].any() or float(likely[own].mean()) >= KEEPS]


@lru_cache(maxsize=1)
def shipped_people() -> PeopleNetwork:
    """The network that is part of the package."""
    return read_people(SHIPPED)[0]
