"""Labelled files as examples: whole advertisements (`reading_*`) and titles or texts with codes (`occ_*`), formats of `nlp.evaluation`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from nlp.evaluation.error import GoldInvalid
from nlp.evaluation.gold import OccupationRecord, read_advertisements, read_records
from nlp.folding import fold
from nlp.occupations.examples import Example

_LETTER: Final = re.compile(r"[^\W_]+")
_PROBE: Final = slice(100, 160)  # letters of a text by which a copy is known

_SHORTEST_PROBE: Final = 40


class LeftOut(NamedTuple):
    """What must not be learnt from: ids, beginnings of ids, and stretches of letters of texts."""

    ids: frozenset[str] = frozenset()
    id_starts: tuple[str, ...] = ()
    probes: tuple[str, ...] = ()

    @classmethod
    def of(cls, files: Iterable[Path], id_starts: Sequence[str] = ()) -> LeftOut:
        """Leave out the advertisements of `reading_*` files, their copies in other files too. Raises GoldInvalid."""
        records = [record for path in files for record in read_advertisements(path)]
        letters = [_letters(record.description) for record in records]
        probes = tuple(each[_PROBE] if len(each) >= _PROBE.stop else each for each in letters if len(each) >= _SHORTEST_PROBE)
        return cls(frozenset(record.id for record in records), tuple(id_starts), probes)

    def has(self, record_id: str | None, text: str | None) -> bool:
        """Tell whether an advertisement is among them."""
        if record_id is not None and (record_id in self.ids or record_id.startswith(self.id_starts or ("\0",))):
            return True
        letters = _letters(text) if text else ""
        return any(probe in letters for probe in self.probes)


def labelled_examples(path: Path, left_out: LeftOut) -> list[Example]:
    """The examples of a labelled file that may be learnt from. Raises GoldInvalid for a file of another kind."""
    if path.name.startswith("reading_"):
        ads = read_advertisements(path)
        return [Example(ad.title, ad.description, ad.gold.isco4) for ad in ads if ad.gold.isco4 and not left_out.has(ad.id, ad.description)]
    if path.name.startswith("occ_"):
        records = [record for record in read_records(path, OccupationRecord) if not left_out.has(None, record.text)]
        return [Example(each.title, each.text, each.code, each.uri) for each in records if each.code is not None and len(each.code) == 4]
    raise GoldInvalid(f"{path.name}: occupations are learnt from files named reading_*.jsonl[.gz] and occ_*.jsonl[.gz]")


def _letters(text: str) -> str:
    return "".join(_LETTER.findall(fold(text)))
