"""`crawl` tells of every board in a line, and why one that is done found nothing."""

from __future__ import annotations

from pathlib import Path

from crawlers.sample_boards.exchange_server import ExchangeServer

from .conftest import Labourscope

RECORDED = Path(__file__).parents[1] / "crawlers" / "recorded"
ROW = """
- {{board: {board}, name: b, platform: generic, address: {address}, countries: [DE], languages: [de], legal_basis: test,
   contact: t@pes.example, delay: 0, loopback: true, active_from: 2026-01-01}}
"""


def test_a_crawl_has_a_line_for_each_board(labourscope: Labourscope, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    with ExchangeServer(RECORDED / "generic") as first, ExchangeServer(RECORDED / "generic_named") as second:
        addresses = {"one-two": f"{first.address}/karriere/", "none": f"{second.address}/verein/"}
        (home / "sources.yaml").write_text("".join(ROW.format(board=name, address=address) for name, address in addresses.items()))
        shown = labourscope("crawl")
        told = labourscope("crawl", "--json").value["steps"][0]["boards"]
    assert shown.code == 0, shown
    lines = [[cell.strip() for cell in line.strip("│").split("│")] for line in shown.out.splitlines() if line.startswith("│")]
    assert lines == [["one-two", "done", "2", "2", "0", "0", "0"], ["none", "done", "0", "0", "0", "0", "0"]]
    note = "no advertisement could be read: the listing names 1 that answered 404 or 410"
    assert f"none: {note}" in shown.out
    assert [(line["board"], line["postings"], line["note"]) for line in told] == [("one-two", 2, None), ("none", 0, note)]
