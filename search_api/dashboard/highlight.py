"""An advertisement's text as blocks of runs, some of which are skills: what the vacancy page shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from search_api.vacancy_detail import SkillEvidence
from vacancies.posting import Block, BlockKind


class Run(NamedTuple):
    """A piece of text; `skill` says what was read in it, if anything."""

    text: str
    skill: SkillEvidence | None


class TextBlock(NamedTuple):
    """A heading, paragraph or list item; consecutive list items belong to one list."""

    kind: BlockKind
    runs: tuple[Run, ...]


class TextGroup(NamedTuple):
    """Blocks that are shown together: one heading or paragraph, or all items of a list."""

    kind: BlockKind
    blocks: tuple[TextBlock, ...]


def highlighted(text: str, blocks: Sequence[Block], skills: Iterable[SkillEvidence]) -> tuple[TextGroup, ...]:
    """Cut a text into its blocks and mark the skills; of overlapping mentions the first, then the longest, is marked."""
    marked = list(_without_overlaps(skill for skill in skills if skill.field == "description_text"))
    cut = blocks or tuple(_paragraphs(text))
    shown = [
        TextBlock(block.kind, tuple(_runs(text, block.start, block.end, marked))) for block in cut if text[block.start : block.end].strip()
    ]
    return tuple(_grouped(shown))


def _grouped(blocks: Iterable[TextBlock]) -> Iterator[TextGroup]:
    items: list[TextBlock] = []
    for block in blocks:
        if block.kind is BlockKind.LIST_ITEM:
            items.append(block)
            continue
        if items:
            yield TextGroup(BlockKind.LIST_ITEM, tuple(items))
            items = []
        yield TextGroup(block.kind, (block,))
    if items:
        yield TextGroup(BlockKind.LIST_ITEM, tuple(items))


def _paragraphs(text: str) -> Iterator[Block]:
    start = 0
    for line in text.split("\n"):
        yield Block(start=start, end=start + len(line), kind=BlockKind.PARAGRAPH)
        start += len(line) + 1


def _without_overlaps(skills: Iterable[SkillEvidence]) -> Iterator[SkillEvidence]:
    end = 0
    for skill in sorted(skills, key=lambda s: (s.start, -s.end)):
        if skill.start >= end and skill.end > skill.start:
            yield skill
            end = skill.end


def _runs(text: str, start: int, end: int, skills: Sequence[SkillEvidence]) -> Iterator[Run]:
    at = start
    for skill in skills:
        if skill.start < at or skill.start >= end:
            continue
        stop = min(skill.end, end)
        if skill.start > at:
            yield Run(text[at : skill.start], None)
        yield Run(text[skill.start : stop], skill)
        at = stop
    if at < end:
        yield Run(text[at:end], None)
