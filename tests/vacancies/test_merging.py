"""Certain copies are put together, different jobs are not, and ids stay."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vacancies.merging import merge
from vacancies.merging.links import titles_agree
from vacancies.merging.signature import places_agree
from vacancies.posting import JobLocation, Posting, PostingLife
from vacancies.posting_draft import PostingDraft, draft_to_posting
from vacancies.vacancy import LinkReason

DAY_1 = datetime(2026, 3, 1, tzinfo=UTC)
TEXT = (
    "Für unsere Werkstatt in der Nordstadt suchen wir eine erfahrene Person, die Anlagen wartet, Störungen behebt "
    "und Auszubildende anleitet. "
    "Sie arbeiten im Team mit vier Kolleginnen und Kollegen, führen Wartungsprotokolle und bestellen Ersatzteile."
)


def posting(board: str, native_id: str, **fields: object) -> Posting:
    values: dict[str, object] = {
        "title": "Elektroniker (m/w/d)",
        "hiring_organization": "Werk Nord GmbH",
        "description": TEXT,
        "description_is_html": False,
        "job_locations": (JobLocation(locality="Leipzig"),),
    }
    return draft_to_posting(PostingDraft.model_validate(values | fields | {"native_id": native_id}), board=board, parser="test/1")


def life(of: Posting, seen: datetime = DAY_1, **fields: object) -> PostingLife:
    return PostingLife.model_validate({"posting_id": of.posting_id, "first_seen": seen, "last_seen": seen} | fields)


ORIGINAL = posting("board-a", "1")

CASES = [
    ("the same content on another board", {}, LinkReason.SAME_CONTENT),
    ("another gender mark", {"title": "Elektroniker m/w/d"}, LinkReason.SAME_CONTENT),
    ("the city in the title", {"title": "Elektroniker (m/w/d) Leipzig"}, LinkReason.SAME_CONTENT),
    ("another legal form", {"hiring_organization": "Werk Nord"}, LinkReason.SAME_CONTENT),
    ("a sentence more", {"description": TEXT + " Bewerben Sie sich."}, LinkReason.SAME_JOB_NEAR_TEXT),
    ("another place", {"job_locations": (JobLocation(locality="Kassel"),)}, None),
    ("another seniority", {"title": "Senior Elektroniker (m/w/d)"}, None),
    ("another technology in the title", {"title": "Elektroniker (m/w/d) SPS"}, None),
    ("another employer with a rewritten text", {"hiring_organization": "Anders AG", "description": TEXT + " Bewerben Sie sich."}, None),
    ("another text", {"description": TEXT[::-1]}, None),
]


@pytest.mark.parametrize(("fields", "reason"), [(fields, reason) for _, fields, reason in CASES], ids=[name for name, _, _ in CASES])
def test_copies_are_told_from_other_jobs(fields: dict[str, object], reason: LinkReason | None) -> None:
    other = posting("board-b", "x9", **fields)
    vacancies = merge([ORIGINAL, other], [life(ORIGINAL), life(other, DAY_1 + timedelta(days=1))], {})
    assert [link.reason for vacancy in vacancies for link in vacancy.links] == ([reason] if reason else [])
    assert len(vacancies) == (1 if reason else 2)


def test_one_address_on_two_boards_is_one_advertisement() -> None:
    left = posting("board-a", "1", url="https://jobs.example/1?utm_source=x", description="kurz")
    right = posting("board-b", "2", url="https://JOBS.example/1", description="kurz und anders")
    (vacancy,) = merge([left, right], [life(left), life(right)], {})
    assert vacancy.links[0].reason is LinkReason.SAME_BOARD_ID


def test_regions_decide_where_reading_found_them() -> None:
    other = posting("board-b", "2", job_locations=(JobLocation(text="04103 Leipzig-Zentrum"),))
    lives = [life(ORIGINAL), life(other)]
    same = {ORIGINAL.posting_id: "DED51", other.posting_id: "DED51"}
    assert len(merge([ORIGINAL, other], lives, same)) == 1
    assert len(merge([ORIGINAL, other], lives, same | {other.posting_id: "DE731"})) == 2


@pytest.mark.parametrize(
    ("left", "right", "agree"),
    [
        ("DED51", "DE", True),
        ("DED51", "DED52", False),
        ("wien", "wiener neustadt", False),
        ("ulm", "ulmen", False),
        ("ulm", "", True),
    ],
)
def test_places(left: str, right: str, agree: bool) -> None:
    assert places_agree(left, right) is agree
    assert places_agree(right, left) is agree


def test_one_careers_page_for_many_jobs_of_a_board_joins_nothing() -> None:
    left = posting("board-a", "1", url="https://jobs.example/careers", description="kurz", job_locations=())
    right = posting("board-a", "2", url="https://jobs.example/careers", description="anders", job_locations=())
    assert len(merge([left, right], [life(left), life(right)], {})) == 2


def test_a_copy_without_a_place_does_not_join_two_places() -> None:
    berlin = posting("board-a", "1", job_locations=(JobLocation(locality="Berlin"),))
    hamburg = posting("board-a", "2", job_locations=(JobLocation(locality="Hamburg"),))
    nowhere = posting("board-b", "3", job_locations=())
    postings = [berlin, hamburg, nowhere]
    assert sorted(len(v.posting_ids) for v in merge(postings, [life(p) for p in postings], {})) == [1, 2]


@pytest.mark.parametrize(("pause", "is_repost"), [(10, False), (60, True)])
def test_a_job_advertised_anew_after_a_pause_is_a_repost(pause: int, is_repost: bool) -> None:
    again = posting("board-a", "2")
    lives = [life(ORIGINAL, gone_at=DAY_1 + timedelta(days=1)), life(again, DAY_1 + timedelta(days=1 + pause))]
    vacancies = {v.vacancy_id: v for v in merge([ORIGINAL, again], lives, {})}
    assert len(vacancies) == (2 if is_repost else 1)
    if is_repost:
        assert vacancies[again.posting_id].repost_of == ORIGINAL.posting_id
        assert vacancies[ORIGINAL.posting_id].repost_of is None


def test_a_vacancy_keeps_its_id_when_its_first_posting_leaves_the_record() -> None:
    copy = posting("board-b", "2")
    lives = [life(ORIGINAL), life(copy, DAY_1 + timedelta(days=1))]
    before = merge([ORIGINAL, copy], lives, {})
    assert before[0].vacancy_id == ORIGINAL.posting_id
    after = merge([copy], lives[1:], {}, previous=before)
    assert [vacancy.vacancy_id for vacancy in after] == [ORIGINAL.posting_id]


def test_a_vacancy_is_gone_when_all_its_postings_are() -> None:
    copy = posting("board-b", "2")
    gone = DAY_1 + timedelta(days=9)
    half = merge([ORIGINAL, copy], [life(ORIGINAL, gone_at=gone), life(copy)], {})
    assert half[0].gone_at is None
    assert half[0].representative_id == copy.posting_id
    whole = merge([ORIGINAL, copy], [life(ORIGINAL, gone_at=gone), life(copy, gone_at=gone)], {})
    assert whole[0].gone_at == gone


@pytest.mark.parametrize(
    ("left", "right", "agree"),
    [
        ("nurse", "nurse", True),
        ("nurse", "", True),
        ("registered nurse", "nurse registered", True),
        ("registered nurse", "registred nurse", True),
        ("qa engineer", "sr qa engineer", False),
        ("engineer ii", "engineer iii", True),  # near words: the texts decide
        ("java developer", "php developer", False),
    ],
)
def test_titles(left: str, right: str, agree: bool) -> None:
    assert titles_agree(left, right) is agree


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from("ab"), st.sampled_from(["Koch", "Köchin", "Maurer"]), st.sampled_from([TEXT, TEXT + "!", TEXT[::-1]])),
        max_size=8,
    )
)
def test_every_posting_is_in_exactly_one_vacancy_and_order_does_not_matter(rows: list[tuple[str, str, str]]) -> None:
    postings = [posting(board, str(number), title=title, description=text) for number, (board, title, text) in enumerate(rows)]
    lives = [life(each, DAY_1 + timedelta(hours=number)) for number, each in enumerate(postings)]
    vacancies = merge(postings, lives, {})
    assert sorted(i for vacancy in vacancies for i in vacancy.posting_ids) == sorted(each.posting_id for each in postings)
    assert merge(postings[::-1], lives[::-1], {}) == vacancies
    assert merge(postings, lives, {}, previous=vacancies) == vacancies
