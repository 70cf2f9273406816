"""Steps that wait on disk come back as they were, first in, first out."""

from __future__ import annotations

from crawlers.spiders.step import Step, StepQueue


def test_steps_come_back_in_their_order() -> None:
    steps = [
        Step("https://board.example/job/1", is_listing=False, changed="2026-09-01"),
        Step("https://board.example/search", is_listing=True, body=b'{"page": 2, "q": "\xc3\xa9\xff"}', name="page=2"),
        Step("https://board.example/j\u00f8b\n/3", is_listing=False),
    ]
    queue = StepQueue()
    queue.put(steps[0])
    queue.put(steps[1])
    taken = [queue.take()]
    queue.put(steps[2])
    taken += [queue.take() for _ in range(len(queue))]
    queue.close()
    assert taken == steps
    assert len(queue) == 0
