"""Text made from HTML keeps headings and lists, and offsets that hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vacancies.html_text import StructuredText, looks_like_html, text_from_html, text_from_plain
from vacancies.posting import BlockKind
from vacancies.posting_draft import PostingDraft, structured_text

H, P, L = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM


def pieces(made: StructuredText) -> list[tuple[str, BlockKind, int]]:
    return [(made.text[block.start : block.end], block.kind, block.level) for block in made.blocks]


HTML_CASES = [
    ("paragraphs", "<p>One <b>bold</b> word</p><p>Two</p>", [("One bold word", P, 1), ("Two", P, 1)]),
    ("headings", "<h2>Tasks</h2><p>Do it</p>", [("Tasks", H, 2), ("Do it", P, 1)]),
    ("a bold line is a heading", "<p><strong>Ihr Profil</strong><br>Erfahrung</p>", [("Ihr Profil", H, 6), ("Erfahrung", P, 1)]),
    ("a long bold line is not", f"<p><b>{'word ' * 20}</b></p>", [(("word " * 20).strip(), P, 1)]),
    ("lists", "<ul><li>Python</li><li>R<ul><li>tidyverse</li></ul></li></ul>", [("Python", L, 1), ("R", L, 1), ("tidyverse", L, 2)]),
    ("bullets typed into lines", "<p>Skills:<br>- Excel<br>• Word</p>", [("Skills:", P, 1), ("Excel", L, 1), ("Word", L, 1)]),
    ("escaped HTML is unescaped once", "&lt;p&gt;Salt &amp;amp; pepper&lt;/p&gt;", [("Salt & pepper", P, 1)]),
    ("scripts and styles are left out", "<style>p{}</style><p>Text</p><script>alert(1)</script>", [("Text", P, 1)]),
    ("broken tags", "<p>One<p>Two</div></b>", [("One", P, 1), ("Two", P, 1)]),
    ("soft hyphens and zero width", "<p>Kranken\u00adpfle\u200bger</p>", [("Krankenpfleger", P, 1)]),
    ("no-break spaces", "<p>40&nbsp;h</p>", [("40 h", P, 1)]),
    ("table cells", "<table><tr><td>Ort</td><td>Bonn</td></tr></table>", [("Ort", P, 1), ("Bonn", P, 1)]),
    ("only tags", "<p></p><br/><ul><li></li></ul>", []),
    ("empty", "", []),
    ("right to left", "<p>مهندس برمجيات</p>", [("مهندس برمجيات", P, 1)]),
]


@pytest.mark.parametrize(("source", "expected"), [case[1:] for case in HTML_CASES], ids=[case[0] for case in HTML_CASES])
def test_html(source: str, expected: list[tuple[str, BlockKind, int]]) -> None:
    assert pieces(text_from_html(source)) == expected


PLAIN_CASES = [
    (
        "heading with a colon",
        "About us\nWe bake.\n\nREQUIREMENTS:\n- Flour\n- Salt",
        ["About us/p", "We bake./p", "REQUIREMENTS:/h", "Flour/l", "Salt/l"],
    ),
    ("heading above a list", "Your tasks\n* Baking", ["Your tasks/h", "Baking/l"]),
    ("numbers as bullets", "1. Bake\n2) Sell", ["Bake/l", "Sell/l"]),
    ("a sentence is no heading", "We bake.\n- Bread", ["We bake./p", "Bread/l"]),
    ("windows line ends", "One\r\nTwo", ["One/p", "Two/p"]),
]


@pytest.mark.parametrize(("source", "expected"), [case[1:] for case in PLAIN_CASES], ids=[case[0] for case in PLAIN_CASES])
def test_plain_text(source: str, expected: list[str]) -> None:
    assert [f"{text}/{kind.value[0]}" for text, kind, _ in pieces(text_from_plain(source))] == expected


@pytest.mark.parametrize(
    ("description", "text"),
    [
        ("Tech\u00adniker ge\u200bsucht\ufeff", "Techniker gesucht"),
        ("<p>Tech&shy;niker ge&#8203;sucht</p>", "Techniker gesucht"),
        ("one\x0btwo", "one two"),
    ],
)
def test_zero_width_characters_part_no_words(description: str, text: str) -> None:
    draft = PostingDraft(native_id="1", description=description)
    assert structured_text(draft).text == text


@pytest.mark.parametrize(
    ("text", "is_html"),
    [
        ("<p>x</p>", True),
        ("a < b and c > d", False),
        ("&lt;b&gt;x", True),
        ("plain", False),
        ("I <3 it", False),
        ("Map<K, V> in Java", False),
    ],
)
def test_html_is_recognised(text: str, is_html: bool) -> None:
    assert looks_like_html(text) is is_html


@given(st.text(max_size=300))
def test_plain_text_keeps_every_offset(source: str) -> None:
    made = text_from_plain(source)
    assert len(made.text) == len(source)


HTML_BITS = st.sampled_from(
    ["<p>", "</p>", "<li>", "<ul>", "</ul>", "<h3>", "</h3>", "<b>", "</b>", "<br>", "<", ">", "&amp;", "Wort", " ", "\n", "é", "- "]
)


@given(st.lists(HTML_BITS, max_size=40).map("".join) | st.text(max_size=200))
def test_blocks_are_ordered_trimmed_and_cover_all_that_is_not_space(source: str) -> None:
    made = text_from_html(source)
    assert "".join(made.text.split()) == "".join("".join(made.text[b.start : b.end].split()) for b in made.blocks)
    for left, right in zip(made.blocks, made.blocks[1:], strict=False):
        assert left.end <= right.start
    for block in made.blocks:
        piece = made.text[block.start : block.end]
        assert piece
        assert piece == piece.strip()


@pytest.mark.parametrize("item", ["<div><ul><li>Excel</li></ul></div>", "<div><ul><li>Excel</li></ul>"], ids=["flat", "40,000 levels deep"])
def test_two_megabytes_lose_nothing(item: str) -> None:
    assert text_from_html(item * 40_000).text.count("Excel") == 40_000
