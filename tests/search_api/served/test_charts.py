"""Numbers of charts: axes, classes, outlines; and texts cut into marked runs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.demand_model import MonthCount
from search_api.dashboard.highlight import highlighted
from search_api.dashboard.rendering import change, percent, size
from search_api.dashboard.svg_chart import CLASSES, axis_steps, class_limits, region_map, shade_of, trend_chart
from search_api.evidence import Snippet
from search_api.vacancy_detail import SkillEvidence
from vacancies.enriched import SkillStatus, Zone
from vacancies.posting import Block, BlockKind


@given(st.integers(0, 10**9))
def test_axes_reach_the_highest_value_in_few_round_steps(highest: int) -> None:
    steps = axis_steps(highest)
    assert steps[0] == 0
    assert steps[-1] >= highest
    assert 2 <= len(steps) <= 6


def test_a_trend_spans_the_chart() -> None:
    chart = trend_chart([MonthCount(month=f"2025-{n:02d}", postings=n, vacancies=n) for n in range(1, 13)])
    assert chart is not None
    assert (chart.points[0][0], chart.points[-1][0]) == (chart.left, chart.right)
    assert len(chart.x_ticks) <= 8
    assert trend_chart([MonthCount(month="2025-01", postings=1, vacancies=1)]) is None


@given(st.lists(st.integers(0, 10_000), max_size=60))
def test_shades_rise_with_counts(counts: list[int]) -> None:
    limits = class_limits(counts)
    shades = [shade_of(count, limits) for count in sorted(counts)]
    assert shades == sorted(shades)
    assert all(0 <= shade <= CLASSES for shade in shades)
    assert all((shade == 0) == (count == 0) for shade, count in zip(shades, sorted(counts), strict=True))


def test_a_map_leaves_out_what_lies_overseas() -> None:
    square = [(2.0, 46.0), (4.0, 46.0), (4.0, 48.0), (2.0, 48.0)]
    drawn = region_map([("FR1", [square]), ("FRY", [[(55.0, -21.0), (56.0, -21.0), (56.0, -20.0)]])], {"FR1": 3, "FRY": 9}, {"FR1": "Here"})
    assert drawn is not None
    assert [(region.code, region.label, region.shade) for region in drawn.regions] == [("FR1", "Here", 1)]
    assert drawn.regions[0].path.startswith("M0.0,")
    assert region_map([], {}, {}) is None


def skill(start: int, end: int, field: str = "description_text") -> SkillEvidence:
    return SkillEvidence(
        concept=None, status=SkillStatus.REQUIRED, cue=None, zone=Zone.OTHER, score=1, field=field, start=start, end=end,
        snippet=Snippet(text="", start=0, end=0), rule="test",
    )  # fmt: skip


TEXT = "Wanted\nPython and SQL\nor Java"
BLOCKS = (
    Block(start=0, end=6, kind=BlockKind.HEADING),
    Block(start=7, end=21, kind=BlockKind.LIST_ITEM),
    Block(start=22, end=29, kind=BlockKind.LIST_ITEM),
)


def test_texts_are_cut_at_blocks_and_skills() -> None:
    heading, items = highlighted(TEXT, BLOCKS, [skill(7, 13), skill(18, 21), skill(18, 20), skill(0, 5, "title")])
    assert [(run.text, bool(run.skill)) for run in heading.blocks[0].runs] == [("Wanted", False)]
    assert [(run.text, bool(run.skill)) for run in items.blocks[0].runs] == [("Python", True), (" and ", False), ("SQL", True)]
    assert [run.text for run in items.blocks[1].runs] == ["or Java"]


@given(st.text(max_size=80), st.lists(st.tuples(st.integers(0, 90), st.integers(0, 90)), max_size=8))
def test_no_letter_is_lost_whatever_spans_come(text: str, spans: list[tuple[int, int]]) -> None:
    groups = highlighted(text, (Block(start=0, end=len(text), kind=BlockKind.PARAGRAPH),), [skill(*span) for span in spans])
    shown = "".join(run.text for group in groups for block in group.blocks for run in block.runs)
    assert shown == (text if text.strip() else "")


@pytest.mark.parametrize(
    ("value", "text"), [(None, "–"), (0.0, "±0 %"), (0.124, "+12 %"), (-0.5, "−50 %"), (1.0, "× 2.0"), (-1.0, "−100 %"), (7.25, "× 8.2")]
)
def test_changes_are_worded(value: float | None, text: str) -> None:
    assert change(value) == text


@pytest.mark.parametrize(("value", "text"), [(0, "0.0 %"), (0.0004, "under 0.1 %"), (0.034, "3.4 %"), (0.5, "50 %"), (1, "100 %")])
def test_shares_are_worded(value: float, text: str) -> None:
    assert percent(value) == text


@pytest.mark.parametrize(
    ("value", "text"), [(0, "0 bytes"), (999, "999 bytes"), (1500, "1.5 KB"), (2_000_000, "2.0 MB"), (5 * 10**12, "5,000.0 GB")]
)
def test_sizes_are_worded(value: int, text: str) -> None:
    assert size(value) == text
