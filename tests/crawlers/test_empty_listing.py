"""What people are told when a crawl found no posting."""

from __future__ import annotations

import pytest

from crawlers.empty_listing import why_nothing

CASES = [
    ("nothing named", {}, {}, "services answer so for a wrong name too"),
    ("links passed over", {"not_a_job": 7}, {}, "its 7 links were passed over"),
    ("links elsewhere", {"off_site": 2, "not_a_job": 7}, {"gone": 1}, "names 1 that answered 404 or 410, 2 on other sites"),
    ("scripts' hosts", {"off_site": 2}, {"script_hosts": {"b.example:81", "a.example"}}, "script_hosts: [a.example, b.example:81]"),
    ("forgotten", {"not_a_job": 7}, {"forgotten": 5}, "5 advertisements were read and left out: somebody had them forgotten"),
]


@pytest.mark.parametrize(("refused", "more", "words"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_an_empty_crawl_says_why(refused: dict[str, int], more: dict[str, object], words: str) -> None:
    assert words in why_nothing(refused, **{"gone": 0} | more)  # type: ignore[arg-type]
