"""Generated pages are what the code makes of itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from labourscope.reference import reference_pages

ROOT = Path(__file__).parents[2]
PAGES = reference_pages(ROOT / "docs" / "reference", ROOT / ".env.example")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_generated_page_is_fresh(path: Path) -> None:
    assert path.exists(), f"{path.relative_to(ROOT)} is missing; run `make docs`"
    assert path.read_text() == PAGES[path], f"{path.relative_to(ROOT)} is stale; run `make docs`"


def test_no_other_page_lies_among_the_generated() -> None:
    assert set((ROOT / "docs" / "reference").glob("*.md")) == {path for path in PAGES if path.suffix == ".md"}


def test_making_the_pages_changes_nothing_the_second_time(tmp_path: Path) -> None:
    first = reference_pages(tmp_path, tmp_path / ".env.example")
    assert list(first.values()) == list(PAGES.values())
    assert [path.name for path in first] == [path.name for path in PAGES]
