"""Feeds of any form in pieces: together they hold what the whole feed holds, wherever the stream is cut."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pyarrow as pa
import pytest

from crawlers.page_parsers import feed_file
from crawlers.page_parsers.feed_pieces import feed_pieces
from crawlers.politeness.answer_spool import spooled
from vacancies.error import RecordInvalid
from vacancies.feed_mapping import FeedMapping
from vacancies.posting_draft import PostingDraft

NUMBER = 700  # some pieces
TEXT = 'Du führst "kleine" Teams,\nund [planst] {viel}; 5" Rohre.'
FIELDS = {"identifier": "nr", "title": "titel", "description": "text"}
RECORDS = [{"nr": str(number), "titel": f"Köchin {number}", "text": f"{TEXT} {number}"} for number in range(NUMBER)]


def csv_feed(delimiter: str, *, above: str = "") -> str:
    rows = [delimiter.join(FIELDS.values())]
    for record in RECORDS:
        rows.append(delimiter.join('"' + value.replace('"', '""') + '"' for value in record.values()))
    return above + "\r\n".join(rows) + "\r\n"


def xml_feed(head: str = "") -> str:
    escaped = [{name: value.replace("&", "&amp;").replace("<", "&lt;") for name, value in record.items()} for record in RECORDS]
    jobs = ("".join(f"<{name}>{value}</{name}>" for name, value in record.items()) for record in escaped)
    return f"{head}<feed><made>today</made>{''.join(f'<stelle><titel/>{job}</stelle>' for job in jobs)}</feed>".replace("<titel/>", "")


def json_text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


FORMS: list[tuple[str, bytes, dict[str, object]]] = [
    ("csv", csv_feed(";").encode(), {}),
    ("csv-windows", csv_feed("\t").encode("cp1252"), {}),
    ("csv-utf-16", csv_feed(";").encode("utf-16"), {}),
    ("csv-stated", csv_feed("|", above="Stand;heute\n").encode("cp1252"), {"delimiter": "|", "encoding": "cp1252", "header_row": 2}),
    ("csv-stated-utf-16", csv_feed(";").encode("utf-16"), {"encoding": "utf-16", "format": "csv"}),
    ("json-lines", "\n".join(map(json_text, RECORDS)).encode(), {}),
    ("json-array", json_text(RECORDS).encode(), {}),
    ("json-first-list", json_text({"meta": {"tags": ["a"]}, "data": {"stellen": RECORDS}}).encode(), {"format": "json"}),
    (
        "json-stated-list",
        json_text({"other": [{"nr": "x"}], "data": {"stellen": RECORDS}}).encode(),
        {"record": "data.stellen", "format": "json"},
    ),
    ("xml", xml_feed().encode(), {}),
    ("xml-stated", xml_feed('<?xml version="1.0" encoding="iso-8859-1"?>').encode("iso-8859-1"), {"record": "stelle", "format": "xml"}),
]


def mapping(layout: dict[str, object]) -> FeedMapping:
    return FeedMapping.model_validate({"fields": FIELDS, **layout})


def cut(body: bytes, size: int) -> Iterator[bytes]:
    return (body[at : at + size] for at in range(0, len(body), size))


def drafts(pieces: list[bytes], layout: dict[str, object], name: str) -> list[PostingDraft]:
    readings = [feed_file.parse(piece, f"https://a.example/{name}", mapping=mapping(layout)) for piece in pieces]
    assert [reading.rejected for reading in readings if reading.rejected] == []
    return [draft for reading in readings for draft in reading.drafts]


@pytest.mark.parametrize("size", [997, 1 << 22], ids=["small-chunks", "whole"])
@pytest.mark.parametrize(("form", "body", "layout"), FORMS, ids=[form for form, _, _ in FORMS])
def test_pieces_hold_what_the_whole_feed_holds(form: str, body: bytes, layout: dict[str, object], size: int) -> None:
    name = f"feed.{form.partition('-')[0]}"
    pieces = list(feed_pieces(cut(body, size), mapping(layout), name=name))
    found = drafts(pieces, layout, name)
    assert [draft.native_id for draft in found] == [record["nr"] for record in RECORDS]
    assert {(draft.title or "").partition(" ")[0] for draft in found} == {"Köchin"}
    assert found == drafts([body], layout, name)


@pytest.mark.parametrize("form", ["csv", "json-array", "xml"])
def test_a_feed_of_any_size_gives_pieces_of_a_size(form: str) -> None:
    body, layout = next((body, layout) for name, body, layout in FORMS if name == form)
    pieces = list(feed_pieces([body], mapping(layout), name=f"feed.{form}"))
    assert len(pieces) > 1


def test_a_workbook_is_one_piece(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (list(FIELDS.values()), *(list(record.values()) for record in RECORDS[:3])):
        book.worksheets[0].append(row)
    book.save(tmp_path / "feed.xlsx")
    pieces = list(feed_pieces(cut((tmp_path / "feed.xlsx").read_bytes(), 1000), None, name="feed.xlsx"))
    assert [draft.native_id for draft in drafts(pieces, {}, "feed.xlsx")] == ["0", "1", "2"]


@pytest.mark.parametrize(
    ("body", "layout", "reason"),
    [
        (b"", {}, "not_a_feed"),
        (b'[{"nr": "1"}, {"nr"', {}, "cut_off"),
        (b"<feed><stelle><nr>1</nr></stelle><stelle><nr>2", {"record": "stelle"}, "cut_off"),
        (b"<html><body>moved</body></html>", {}, "not_a_feed"),
        (b'{"data": 1}', {"record": "stellen", "format": "json"}, "unexpected_shape"),
    ],
    ids=["empty", "json-cut-off", "xml-cut-off", "html", "no-list"],
)
def test_a_feed_that_breaks_off_is_told_from_one_that_ends(body: bytes, layout: dict[str, object], reason: str) -> None:
    with pytest.raises(RecordInvalid) as raised:
        list(feed_pieces([body], mapping(layout), name="feed"))
    assert raised.value.reason == reason


def test_a_gzip_bomb_is_stopped_at_the_limit(tmp_path: Path) -> None:
    with pa.CompressedOutputStream(str(tmp_path / "spool.zst"), "zstd") as stream:
        stream.write(gzip.compress(b"nr;titel;text\n" + b"1;Koch;x\n" * 500_000))
    with pytest.raises(RecordInvalid, match="more than 1000000 bytes"):
        list(feed_pieces(spooled(tmp_path / "spool.zst", largest=1_000_000), mapping({}), name="feed.csv"))
