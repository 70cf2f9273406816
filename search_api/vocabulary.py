"""Checks of the codes in a request: an unknown one is a fault that names near values, never zero hits."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Final

from search_api.code_names import LANGUAGES, countries
from search_api.context import ApiContext
from search_api.document import NOT_STATED
from search_api.problem import MAX_NEAR, Near, ValueFault, echo, near_values, unknown_values
from search_api.query import FacetField
from taxonomies.model import ConceptType

_ISCO_LENGTH: Final = 4


class Vocabulary:
    """Collects the faults of one request; `check` raises them all at once as one problem."""

    def __init__(self, context: ApiContext) -> None:
        self._context = context
        self._faults: list[ValueFault] = []

    def check(self) -> None:
        """Raise a problem (422) when any value was unknown."""
        if self._faults:
            raise unknown_values(self._faults)

    def regions(self, parameter: str, values: Iterable[str]) -> None:
        """NUTS codes of any level."""
        version = self._context.regions.version
        for value in values:
            if not self._context.regions.exists(value):
                self._fault(parameter, value, f"{value!r} is not a region of NUTS {version}", self._near_regions)

    def skills(self, parameter: str, values: Iterable[str]) -> None:
        """Skill URIs."""
        self._concepts(parameter, values, (ConceptType.SKILL,), "skill")

    def occupations(self, parameter: str, values: Iterable[str]) -> None:
        """Occupation URIs."""
        self._concepts(parameter, values, (ConceptType.OCCUPATION,), "occupation")

    def isco(self, parameter: str, values: Iterable[str]) -> None:
        """ISCO-08 codes of 1 to 4 digits."""
        for value in values:
            digits = value.isascii() and value.isdigit() and len(value) <= _ISCO_LENGTH
            if not digits or self._context.taxonomy.by_code(value, ConceptType.OCCUPATION_GROUP) is None:
                self._fault(parameter, value, f"{value!r} is not an ISCO-08 code of {self._context.taxonomy.ref}", self._near_isco)

    def boards(self, parameter: str, values: Iterable[str]) -> None:
        """Boards of the source register or of the index."""
        unknown = [value for value in values if value not in self._context.sources]
        if not unknown:
            return
        indexed = self._context.indexed_values(FacetField.BOARD)
        names = {board: self._context.board_name(board) for board in (*self._context.sources, *indexed)}
        for value in unknown:
            if value not in names:
                self._fault(parameter, value, f"there is no board {value!r}", lambda text: near_values(text, names))

    def countries(self, parameter: str, values: Iterable[str]) -> None:
        """ISO 3166-1 alpha-2 codes in capitals."""
        known = countries()
        for value in values:
            if value not in known:
                self._fault(parameter, value, f"{value!r} is not an ISO 3166-1 country code", lambda text: near_values(text, known))

    def languages(self, parameter: str, values: Iterable[str], *, stated: bool = False) -> None:
        """ISO 639-1 codes; `not_stated` too unless `stated`."""
        known = LANGUAGES if stated else {**LANGUAGES, NOT_STATED: "not stated"}
        for value in values:
            if value not in known:
                self._fault(parameter, value, f"{value!r} is not an ISO 639-1 language code", lambda text: near_values(text, known))

    def _concepts(self, parameter: str, values: Iterable[str], types: Collection[ConceptType], word: str) -> None:
        taxonomy = self._context.taxonomy
        for value in values:
            if value not in taxonomy:
                self._fault(
                    parameter,
                    value,
                    f"{value!r} is not {_a(word)} of {taxonomy.ref}",
                    lambda text: near_concepts(self._context, text, types),
                )
            elif (found := taxonomy.type_of(value)) not in types:
                label = taxonomy.label(value)
                message = f"{value!r} ({label}) is {_a(found.value.replace('_', ' '))}, not {_a(word)}"
                self._fault(parameter, value, message, lambda text: near_concepts(self._context, self._context.concept_label(text), types))

    def _near_regions(self, value: str) -> tuple[Near, ...]:
        return near_regions(self._context, value)

    def _near_isco(self, value: str) -> tuple[Near, ...]:
        groups = (ConceptType.OCCUPATION_GROUP,)
        taxonomy = self._context.taxonomy
        hits = taxonomy.search(value, types=groups, limit=MAX_NEAR)
        near = [Near(code=code, label=hit.label) for hit in hits if (code := taxonomy.code_of(hit.uri))]
        shorter = (value[:length] for length in range(min(len(value), _ISCO_LENGTH), 0, -1))
        above = [Near(code=code, label=self._context.isco_label(code)) for code in shorter if taxonomy.by_code(code, *groups)]
        return tuple({found.code: found for found in (*above, *near)}.values())[:MAX_NEAR]

    def _fault(self, parameter: str, value: str, message: str, near: Callable[[str], Sequence[Near]]) -> None:
        found = tuple(near(value))
        if found and found[0].label.casefold() == value.strip().casefold():
            message += f"; {found[0].code} is the code of {found[0].label}"
        self._faults.append(ValueFault(parameter=parameter, value=echo(value), message=message, near=found))


def near_regions(context: ApiContext, value: str) -> tuple[Near, ...]:
    """Regions whose name or code is like the value, and the regions of places that go by it."""
    names = context.region_names
    folded = value.strip().casefold()
    exact = [code for code, name in names.items() if name.casefold() == folded or code.casefold() == folded]
    of_places = [place.nuts for place in context.regions.places(value)[:MAX_NEAR] if place.nuts in names]
    alike = [near.code for near in near_values(value, names)]
    above = [value[:length] for length in range(len(value) - 1, 1, -1) if value[:length] in names]
    codes = dict.fromkeys(code for code in (*sorted(exact, key=len), *of_places, *above, *alike) if code is not None)
    return tuple(Near(code=code, label=names[code]) for code in list(codes)[:MAX_NEAR])


def near_concepts(context: ApiContext, text: str, types: Collection[ConceptType]) -> tuple[Near, ...]:
    """Concepts whose labels fit the text, in any language."""
    words = text.rsplit("/", 1)[-1] if "://" in text else text
    return tuple(Near(code=hit.uri, label=hit.label) for hit in context.taxonomy.search(words, types=types, limit=MAX_NEAR))


def _a(word: str) -> str:
    return f"{'an' if word[0] in 'aeio' else 'a'} {word}"
