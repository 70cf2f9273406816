"""`labourscope read -` with input that is no advertisement: an explained end, or a page that says what is not stated."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlp.explain import Explanation

from .conftest import Labourscope


@pytest.fixture(scope="module")
def kept_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One installation for all cases: its labels are compiled once."""
    return tmp_path_factory.mktemp("kept")


@pytest.fixture(autouse=True)
def _kept(kept_home: Path, _no_settings_of_this_machine: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LABOURSCOPE_HOME", str(kept_home))


REFUSED = {
    "empty": ("", "neither a title nor a text"),
    "tags-only": ("<p></p><br><ul><li></li></ul>", "neither a title nor a text"),
    "half-json": ('{"title": "Nurse"', "not"),
    "json-of-nothing": ("{}", "neither a title nor a description"),
    "half-a-character": ("Nurse \udce9", "UTF-8"),
}


@pytest.mark.parametrize(("text", "told"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_advertisement_is_refused_with_the_reason(labourscope: Labourscope, text: str, told: str) -> None:
    ended = labourscope("read", "-", stdin=text)
    assert (ended.code, ended.out) == (1, "")
    assert told in ended.err
    assert "Traceback" not in ended.err


def test_half_a_character_that_json_spells_is_replaced(labourscope: Labourscope) -> None:
    ended = labourscope("read", "-", stdin='{"@type": "JobPosting", "title": "Nurse \\ud800", "description": "Work"}')
    assert ended.code == 0
    assert "Nurse \ufffd" in ended.out


NOTHING_STATED = {"word": "Hello", "chinese": "我们是一家公司 🚀"}


@pytest.mark.parametrize("text", NOTHING_STATED.values(), ids=NOTHING_STATED)
def test_what_states_nothing_is_told_so(labourscope: Labourscope, text: str) -> None:
    ended = labourscope("read", "-", stdin=text)
    assert ended.code == 0, ended.err
    for words in ("no condition is stated", "no skill was read", "no place of work is stated"):
        assert words in ended.out


def test_a_hostile_advertisement_stays_text_on_the_page(labourscope: Labourscope, tmp_path: Path) -> None:
    text = (
        '{"@type": "JobPosting", "title": "<script>alert(1)</script>", "skills": ["<img src=x>"],'
        ' "description": "Requirements: Python &lt;img src=x onerror=alert(2)&gt; {text} [bold]"}'
    )
    ended = labourscope("read", "-", "--json", "--html", str(tmp_path / "page.html"), stdin=text)
    page = (tmp_path / "page.html").read_text()
    assert ended.code == 0, ended.err
    assert "<script" not in page
    assert "<img" not in page
    assert "http" not in page, "the page needs no network"

    named = {**ended.value, "skills": [{**skill, "label": '"><b onclick=x>'} for skill in ended.value["skills"]]}
    assert named["skills"]
    assert "<b onclick" not in Explanation.model_validate(named).to_html(), "labels of a taxonomy are escaped too"
