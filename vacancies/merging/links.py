"""Links between postings that are certain copies: same address, same content, or same job with nearly the same text.

Cost: linear in the number of postings for addresses and contents; for near texts quadratic within one employer's postings of like
title only (title similarities by a compiled matrix, text similarities for the few pairs that are left).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

import numpy as np
from rapidfuzz import fuzz, process

from vacancies.merging.signature import Signature, places_agree
from vacancies.vacancy import LinkReason, PostingLink

LIKE_TITLE: Final = 85.0  # rapidfuzz ratio over sorted words, 0..100: what titles are worth a closer look
LIKE_WORD: Final = 80.0  # rapidfuzz ratio of two words that may be one, misspelt or inflected
NEAR_TEXT: Final = 93.0  # rapidfuzz ratio, 0..100
_SHORTEST_TEXT: Final = 100  # characters; shorter texts say too little to be taken for copies
_LARGEST_BLOCK: Final = 1500  # postings of one employer compared at once; a larger employer is cut by title


def certain_links(signatures: Sequence[Signature]) -> Iterator[PostingLink]:
    """Find the links between postings, the surer reasons first; each link names the earlier posting as `other_id`."""
    yield from _same_address(signatures)
    yield from _same_content(signatures)
    yield from _near_text(signatures)


def _same_address(signatures: Iterable[Signature]) -> Iterator[PostingLink]:
    """Link postings of different boards that name one address; on one board many jobs may name the same careers page."""
    for group in _groups(signatures, lambda signature: signature.address):
        for index, later in enumerate(group[1:], start=1):
            for earlier in group[:index]:
                agree = titles_agree(later.title, earlier.title) and places_agree(later.place, earlier.place)
                if agree and later.board != earlier.board:
                    yield PostingLink(posting_id=later.posting_id, other_id=earlier.posting_id, reason=LinkReason.SAME_BOARD_ID, score=1.0)
                    break


def _same_content(signatures: Iterable[Signature]) -> Iterator[PostingLink]:
    long_enough = (signature for signature in signatures if len(signature.text) >= _SHORTEST_TEXT)
    for group in _groups(long_enough, lambda signature: signature.text):
        for index, later in enumerate(group[1:], start=1):
            earlier = next((other for other in group[:index] if _same_job(later, other)), None)
            if earlier is not None:
                yield PostingLink(posting_id=later.posting_id, other_id=earlier.posting_id, reason=LinkReason.SAME_CONTENT, score=1.0)


def titles_agree(left: str, right: str) -> bool:
    """Tell whether two cleaned titles name one job; an unknown title agrees with any.

    Every word needs its counterpart: "senior", "II" or "PHP" on one side alone is another job.
    """
    if not left or not right:
        return True
    only_left, only_right = Counter(left.split()) - Counter(right.split()), Counter(right.split()) - Counter(left.split())
    return only_left.total() == only_right.total() and all(
        max(fuzz.ratio(word, other) for other in only_right) >= LIKE_WORD for word in only_left
    )


def _same_job(left: Signature, right: Signature) -> bool:
    if not places_agree(left.place, right.place):
        return False
    return titles_agree(left.title, right.title) and (
        left.employer == right.employer or not left.employer or not right.employer or bool(left.place and right.place)
    )


def _near_text(signatures: Iterable[Signature]) -> Iterator[PostingLink]:
    comparable = [s for s in signatures if s.employer and s.title and len(s.text) >= _SHORTEST_TEXT]
    for employer_group in _groups(comparable, lambda signature: signature.employer):
        for block in _blocks(employer_group):
            yield from _near_pairs(block)


def _blocks(group: list[Signature]) -> list[list[Signature]]:
    if len(group) <= _LARGEST_BLOCK:
        return [group]
    by_title = sorted(group, key=lambda signature: " ".join(sorted(signature.title.split())))
    return [by_title[start : start + _LARGEST_BLOCK] for start in range(0, len(by_title), _LARGEST_BLOCK // 2)]


def _near_pairs(block: list[Signature]) -> Iterator[PostingLink]:
    titles = [" ".join(sorted(signature.title.split())) for signature in block]
    like = process.cdist(titles, titles, scorer=fuzz.ratio, score_cutoff=LIKE_TITLE, dtype=np.float32) > 0
    for later, earlier in zip(*np.nonzero(np.tril(like, -1)), strict=True):
        left, right = block[later], block[earlier]
        if left.text == right.text or not places_agree(left.place, right.place) or not titles_agree(left.title, right.title):
            continue
        score = fuzz.ratio(left.text, right.text, score_cutoff=NEAR_TEXT)
        if score:
            yield PostingLink(
                posting_id=left.posting_id, other_id=right.posting_id, reason=LinkReason.SAME_JOB_NEAR_TEXT, score=round(score / 100, 4)
            )


def _groups(signatures: Iterable[Signature], key: Callable[[Signature], str]) -> list[list[Signature]]:
    groups: dict[str, list[Signature]] = defaultdict(list)
    for signature in signatures:
        name = key(signature)
        if name:
            groups[name].append(signature)
    return [group for group in groups.values() if len(group) > 1]
