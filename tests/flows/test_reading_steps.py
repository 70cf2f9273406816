"""Enrich and merge on a small lake: what is pending is read once, failures are kept and counted, vacancies keep their ids."""

from __future__ import annotations

from datetime import timedelta

from nlp.pipeline import PIPELINE_VERSION

from .conftest import NOW, World, make_posting

LATER = NOW + timedelta(days=1)


def test_enrich_reads_what_is_pending_and_nothing_twice(world: World) -> None:
    world.put([make_posting(number) for number in range(4)])
    first = world.go("enrich")["enrich"].counts
    version = world.lake.table_version("enriched")
    again = world.go("enrich", run_id="run-2")["enrich"].counts
    assert (first["read"], first["pending"], first["quarantined"]) == (4, 4, 0)
    assert sum(number for name, number in first.items() if name.startswith("place: ")) == 4, (
        "each posting once, by how deep its place is known"
    )
    assert (again["read"], again["pending"]) == (0, 0)
    assert world.lake.table_version("enriched") == version
    world.put([make_posting(0, title="Pflegefachkraft Nachtdienst"), *(make_posting(number) for number in range(1, 5))], seen_at=LATER)
    after = world.go("enrich", run_id="run-3")["enrich"].counts
    assert (after["read"], after["pending"]) == (2, 2), "one changed and one new posting"
    assert world.lake.readings() == [(PIPELINE_VERSION, "starter:1", 6)]


def test_what_cannot_be_read_is_quarantined_and_counted(world: World) -> None:
    endless = make_posting(1, description="Teamfähigkeit. " * 400_000)
    world.put([make_posting(0), endless, make_posting(2)])
    counts = world.go("enrich")["enrich"].counts
    (record,) = world.lake.quarantined()
    assert (counts["read"], counts["quarantined"], counts["quarantined.too_long"], counts["pending"]) == (2, 1, 1, 3)
    assert (record.step, record.board, record.reason, record.run_id, record.first_at) == ("enrich", "board-a", "too_long", "run-1", NOW)
    assert endless.posting_id in record.error
    world.go("enrich", run_id="run-2", clock=LATER)
    (met_again,) = world.lake.quarantined()
    assert (met_again.first_at, met_again.last_at) == (NOW, LATER)


def test_merge_keeps_ids_when_the_first_posting_leaves(merged: World) -> None:
    before = {vacancy.vacancy_id: vacancy for vacancy in merged.lake.vacancies()}
    copies = [vacancy for vacancy in before.values() if len(vacancy.posting_ids) > 1]
    assert (len(before), len(copies)) == (10, 2), "twelve postings, two of them copies on the other board"
    numbers = {"board-a": range(8), "board-b": (0, 1, 8, 9)}
    left = next(posting for posting in merged.lake.postings() if posting.posting_id == copies[0].vacancy_id)
    stay = [make_posting(number, left.board) for number in numbers[left.board] if str(number) != left.native_id]
    merged.put(stay, board=left.board, seen_at=LATER)
    counts = merged.go("enrich", "merge", run_id="run-2", clock=LATER)["merge"].counts
    after = {vacancy.vacancy_id: vacancy for vacancy in merged.lake.vacancies()}
    assert after.keys() == before.keys()
    assert (counts["new"], counts["gone"]) == (0, 0)
    kept = after[left.posting_id]
    assert (kept.gone_at, set(kept.posting_ids)) == (None, set(copies[0].posting_ids))
    assert kept.representative_id != left.posting_id, "the copy that is still open stands for the vacancy"


def test_merge_again_writes_nothing(merged: World) -> None:
    version = merged.lake.table_version("vacancies")
    counts = merged.go("merge", run_id="run-2")["merge"].counts
    assert (counts["new"], counts["changed"], counts["gone"], counts["vacancies"], counts["postings"]) == (0, 0, 0, 10, 12)
    assert counts["linked.same_content"] == 2
    assert merged.lake.table_version("vacancies") == version
