"""What codes and labels are read from: taxonomy, regions and register, opened anew when others have taken their place."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Generic, NamedTuple, TypeVar

from taxonomies.error import TaxonomyError, UnknownTaxonomy
from taxonomies.regions import Regions
from taxonomies.taxonomy import Taxonomy
from vacancies.error import VacanciesError
from vacancies.source import Source

logger = logging.getLogger(__name__)
Value = TypeVar("Value")

_NOT_YET: Final = object()  # a key that no other equals


@dataclass(frozen=True)
class ReferenceOpener:
    """How an installation's taxonomy, regions and register are opened.

    `taxonomy` takes the name of a taxonomy, or None for the installation's own choice, and raises UnknownTaxonomy. The marks are asked
    at every request, so they must be cheap: `imports_mark` is another when a taxonomy or NUTS has been imported since,
    `register_mark` when the register has changed.
    """

    taxonomy: Callable[[str | None], Taxonomy]
    regions: Callable[[], Regions]
    sources: Callable[[], Iterable[Source]] = tuple
    imports_mark: Callable[[], Hashable] = lambda: None
    register_mark: Callable[[], Hashable] = lambda: None


class Reference(NamedTuple):
    """What was opened; `faults` say which part could not be opened anew, and why."""

    taxonomy: Taxonomy
    regions: Regions
    sources: Mapping[str, Source]  # by board
    faults: tuple[str, ...]


class LiveReference:
    """Keeps the reference that fits the live index; several threads may ask it at once.

    A part that cannot be opened anew (a register with a slip of the pen) leaves the one before it in use and is tried again when it has
    changed once more.
    """

    def __init__(self, opener: ReferenceOpener) -> None:
        self._opener = opener
        self._taxonomy = _Part[Taxonomy]()
        self._regions = _Part[Regions]()
        self._sources = _Part[Mapping[str, Source]]()
        self._reference: Reference | None = None
        self._lock = threading.Lock()

    def fitting(self, taxonomy: str | None) -> Reference:
        """Give the reference for an index built with this taxonomy (None: there is no index); the same object while nothing changes.

        An index's taxonomy that is not there any more is replaced by the installation's own choice. Raises TaxonomyError or
        VacanciesError when a part cannot be opened at all.
        """
        imports, register = self._opener.imports_mark(), self._opener.register_mark()
        with self._lock:
            renewed = (
                self._taxonomy.renew((taxonomy, imports), lambda: self._open_taxonomy(taxonomy)),
                self._regions.renew(imports, self._opener.regions),
                self._sources.renew(register, lambda: {source.board: source for source in self._opener.sources()}),
            )
            if self._reference is None or any(renewed):
                faults = tuple(part.fault for part in (self._taxonomy, self._regions, self._sources) if part.fault)
                self._reference = Reference(self._taxonomy.value, self._regions.value, self._sources.value, faults)
            return self._reference

    def _open_taxonomy(self, name: str | None) -> Taxonomy:
        try:
            return self._opener.taxonomy(name)
        except UnknownTaxonomy as error:
            if name is None:
                raise
            logger.warning("the index's taxonomy is not there any more: %s", error)
            return self._opener.taxonomy(None)


class _Part(Generic[Value]):
    """One opened thing, and the key it was opened for."""

    value: Value

    def __init__(self) -> None:
        self._key: object = _NOT_YET
        self.fault: str | None = None

    def renew(self, key: Hashable, open_anew: Callable[[], Value]) -> bool:
        """Open it when the key is another one; tells whether it was tried."""
        if key == self._key:
            return False
        try:
            self.value = open_anew()
            self.fault = None
        except (TaxonomyError, VacanciesError) as error:
            if self._key is _NOT_YET:
                raise
            logger.warning("what was opened before stays in use: %s", error)
            self.fault = str(error)
        self._key = key
        return True
