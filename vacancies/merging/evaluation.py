"""Precision and recall of merging on labelled pairs."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict

from vacancies.error import FeedInvalid, RecordInvalid
from vacancies.merging.merge import merge
from vacancies.posting import JobLocation, Posting, PostingLife
from vacancies.posting_draft import PostingDraft, draft_to_posting

_SAME: Final = frozenset({"full", "near", "repost"})
_SEEN: Final = datetime(2000, 1, 1, tzinfo=UTC)


class LabelCount(BaseModel):
    """Pairs of one label and how many of them merging linked."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    n: int
    linked: int


class MergingQuality(BaseModel):
    """Figures 0..1 over pairs labelled full, near, repost (the same vacancy) and different; `unclear` pairs are left out."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    n: int
    left_out: int
    precision: float
    recall: float
    f1: float
    by_label: dict[str, LabelCount]


def evaluate_pairs(path: Path) -> MergingQuality:
    """Merge each labelled pair on its own and compare; raises FeedInvalid for a file of another form."""
    counts: dict[str, list[bool]] = {}
    for number, pair in enumerate(_pairs(path), start=1):
        try:
            left, right = _posting(pair["a"], "a"), _posting(pair["b"], "b")
            label = str(pair["label"])
        except (KeyError, TypeError, RecordInvalid) as error:
            raise FeedInvalid(f"{path}, line {number}: a pair needs a, b and label ({error!r})") from error
        lives = [PostingLife(posting_id=each.posting_id, first_seen=_SEEN, last_seen=_SEEN) for each in (left, right)]
        counts.setdefault(label, []).append(len(merge([left, right], lives, {})) == 1)
    right_links = sum(sum(linked) for label, linked in counts.items() if label in _SAME)
    wrong_links = sum(counts.get("different", ()))
    same = sum(len(linked) for label, linked in counts.items() if label in _SAME)
    precision = right_links / (right_links + wrong_links) if right_links + wrong_links else 0.0
    recall = right_links / same if same else 0.0
    return MergingQuality(
        n=same + len(counts.get("different", ())),
        left_out=len(counts.get("unclear", ())),
        precision=round(precision, 4),
        recall=round(recall, 4),
        f1=round(2 * precision * recall / (precision + recall), 4) if precision + recall else 0.0,
        by_label={label: LabelCount(n=len(linked), linked=sum(linked)) for label, linked in sorted(counts.items())},
    )


def _pairs(path: Path) -> Iterator[Mapping[str, Mapping[str, object]]]:
    try:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
            yield from (json.loads(line) for line in lines if line.strip())
    except (OSError, ValueError) as error:
        raise FeedInvalid(f"{path} cannot be read as JSON Lines: {error}") from error


def _posting(record: Mapping[str, object], board: str) -> Posting:
    def text(name: str) -> str | None:
        value = record.get(name)
        return None if value is None else str(value)

    location = text("location")
    draft = PostingDraft(
        native_id=text("id"),
        url=text("url"),
        title=text("title"),
        hiring_organization=text("employer"),
        description=text("description") or "",
        description_is_html=False,
        job_locations=(JobLocation(text=location),) if location else (),
    )
    return draft_to_posting(draft, board=board, parser="pairs/1")
