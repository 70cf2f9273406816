"""Pages that state no JobPosting: what is found in them, and what is not made up."""

from __future__ import annotations

import pytest

from crawlers.page_parsers import generic_page
from vacancies.error import RecordInvalid
from vacancies.posting_draft import draft_to_posting

URL = "https://works.example/jobs/12-crane-technician"
TASKS = "".join(f"<li>You inspect and repair crane number {number} in the harbour.</li>" for number in range(6))
ARTICLE = f"""<h1>Crane technician (m/f/d)</h1><p>We look after the cranes of the whole harbour, by day and by night, and need one more
pair of hands for it.</p><h2>Your tasks</h2><ul>{TASKS}</ul><p>Write to us with your papers.</p>"""


def page(article: str = ARTICLE, *, title: str = "Crane technician | Works of Port", lang: str = "en") -> bytes:
    menu = "".join(f'<a href="/{name}">{name}</a>' for name in ("Home", "About us", "Imprint", "Privacy"))
    return (
        f'<!doctype html><html lang="{lang}"><head><title>{title}</title></head><body><nav>{menu}</nav>'
        f"<main><article>{article}</article></main><div class='cookie-banner'>We use cookies to make this site better for you.</div>"
        f"<footer>Works of Port 2026, all rights reserved</footer></body></html>"
    ).encode()


def test_title_and_text_are_found_with_their_structure_and_marked_as_guessed() -> None:
    (draft,) = generic_page.parse(page(), URL).drafts
    posting = draft_to_posting(draft, board="works", parser="generic/1")
    assert (posting.title, posting.language, posting.url, posting.is_guessed) == ("Crane technician (m/f/d)", "en", URL, True)
    assert [posting.description_text[block.start : block.end] for block in posting.blocks if block.kind == "heading"] == ["Your tasks"]
    assert sum(block.kind == "list_item" for block in posting.blocks) == 6
    for noise in ("cookies", "Imprint", "all rights reserved"):
        assert noise not in posting.description_text
    assert (posting.hiring_organization, posting.date_posted, posting.job_locations, posting.base_salary) == (None, None, (), None)


def test_structured_data_is_believed_where_there_is_some() -> None:
    script = '<script type="application/ld+json">{"@type": "JobPosting", "title": "Welder", "description": "You weld."}</script>'
    (draft,) = generic_page.parse(page(script + ARTICLE), URL).drafts
    assert (draft.title, draft.is_guessed) == ("Welder", False)


@pytest.mark.parametrize(
    ("body", "title"),
    [
        (page(ARTICLE.replace("h1", "p")), "Crane technician"),
        (page(ARTICLE.replace("h1", "p"), title="Crane technician - Works of Port"), "Crane technician"),
        (page(ARTICLE.replace("h1", "p"), title="Crane technician"), "Crane technician"),
    ],
    ids=["site after a bar", "site after a dash", "no site"],
)
def test_without_a_heading_the_page_s_title_serves(body: bytes, title: str) -> None:
    assert generic_page.parse(body, URL).drafts[0].title == title


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (page("<h1>Log in</h1><form><input name='user'></form>"), "no_main_text"),
        (page(""), "no_main_text"),
        (page(ARTICLE.replace("h1", "p"), title=""), "no_title"),
    ],
    ids=["a form", "nothing", "no title"],
)
def test_what_is_no_vacancy_is_rejected_by_name(body: bytes, reason: str) -> None:
    reading = generic_page.parse(body, URL)
    assert [(rejected.reason, rejected.url) for rejected in reading.rejected] == [(reason, URL)]
    assert not reading.drafts


def test_what_is_no_page_is_an_error() -> None:
    with pytest.raises(RecordInvalid, match="expected an HTML page"):
        generic_page.parse(b"\x00\x01", URL)
