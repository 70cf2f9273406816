"""The health of boards on pages, in JSON and CSV: what is shown of runs, alerts and persons' words; nothing a board says runs."""

from __future__ import annotations

import csv
import io
from typing import Any

from fastapi.testclient import TestClient
from lxml import html as lxml_html


def page(client: TestClient, path: str, status: int = 200) -> Any:
    answer = client.get(path)
    assert answer.status_code == status, answer.text
    return lxml_html.fromstring(answer.text)


def today(client: TestClient) -> str:
    """When the boards were collected last."""
    at: str = client.get("/v1/sources/health").json()["boards"][0]["runs"][-1]["at"]
    return at[:16].replace("T", " ")


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


def test_alerts_say_what_is_usual_what_is_now_since_when_and_what_to_do(client: TestClient) -> None:
    found = page(client, "/dashboard/health")
    rows = [[words(cell) for cell in row.xpath("th|td")] for row in found.xpath("//table[caption[@id='alerts-caption']]/tbody/tr")]
    assert [(row[0], row[1]) for row in rows] == [
        ("PES North", "fields grave"),
        ("PES North", "slow"),
        ("Jobs South", "held grave"),
    ]
    fields = rows[0]
    assert fields[2] == "employment_type 0 %"
    assert fields[3] == "employment_type 80 % (69 % to 91 %) over 11 runs"
    assert fields[4] == f"{today(client)} UTC"
    assert "labourscope crawl --from-captures" in fields[5]
    assert "labourscope sources accept jobs-south" in rows[2][5]


def test_boards_in_trouble_come_first_with_lines_over_their_runs(client: TestClient) -> None:
    found = page(client, "/dashboard/health")
    rows = found.xpath("//table[caption[@id='boards-caption']]/tbody/tr")
    assert [words(row.xpath("th/a")[0]) for row in rows] == ["PES North", "Jobs South", "Careers West", "left-board"]
    (line,) = rows[0].xpath("td[2]//*[name()='svg']")
    assert line.get("role") == "img"
    assert line.get("aria-label") == "postings over 12 runs: 200 to 220, now 216"
    assert len(line.xpath("*[name()='polyline']")[0].get("points").split()) == 12
    assert words(rows[2].xpath("td[last()]")[0]) == "none"


def test_a_persons_word_is_shown_with_who_when_and_why(client: TestClient) -> None:
    found = page(client, "/dashboard/health")
    (row,) = found.xpath("//table[caption[@id='decided-caption']]/tbody/tr")
    assert [words(cell) for cell in row.xpath("td")[1:]] == [
        "the board lists 90 postings, 210 were open",
        f"accepted by Anna <Muster>, {today(client)} UTC: moved to a new site",
    ]


def test_a_board_has_its_fields_and_runs(client: TestClient) -> None:
    found = page(client, "/dashboard/health/pes-north")
    fields = {
        words(row.xpath("th")[0]): words(row.xpath("td[2]")[0]) for row in found.xpath("//table[caption[@id='fields-caption']]/tbody/tr")
    }
    assert fields == {"title": "100 %", "hiring_organization": "90 %", "base_salary": "40 %", "employment_type": "0.0 %"}
    runs = found.xpath("//table[caption[@id='runs-caption']]/tbody/tr")
    assert len(runs) == 12
    assert words(runs[0].xpath("td[3]")[0]) == "200: 11, 404: 1"


def test_what_boards_say_is_escaped(client: TestClient) -> None:
    text = client.get("/dashboard/health/jobs-south").text
    assert "&lt;script&gt;alert(1)" in text
    assert "<script>alert" not in text
    assert "Anna &lt;Muster&gt;" in client.get("/dashboard/health").text


def test_an_unknown_board_is_not_found(client: TestClient) -> None:
    assert "there is no board" in words(page(client, "/dashboard/health/nowhere", 404))


def test_the_csv_has_a_row_for_every_run(client: TestClient) -> None:
    answer = client.get("/v1/sources/health.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert len(rows) == 38
    first = rows[0]
    assert (first["board"], first["postings"], first["share_employment_type"], first["statuses"]) == (
        "pes-north",
        "216",
        "0.0000",
        "200:11 404:1",
    )
    assert first["alerts"].startswith("fields: employment_type 0 %; slow:")
    assert not any(value.startswith("=") for row in rows for value in row.values())
    assert {row["decided_by"] for row in rows} == {"", "Anna <Muster>"}


def test_the_api_gives_runs_and_alerts(client: TestClient) -> None:
    boards = client.get("/v1/sources/health").json()["boards"]
    assert [(board["board"], [alert["kind"] for alert in board["alerts"]]) for board in boards[:2]] == [
        ("pes-north", ["fields", "slow"]),
        ("jobs-south", ["held"]),
    ]
    assert boards[0]["alerts"][0]["runs"] == 11
    assert boards[0]["runs"][-1]["filled"]["title"] == 216


def test_without_any_collection_the_boards_are_there(empty_client: TestClient) -> None:
    found = page(empty_client, "/dashboard/health")
    assert "All as usual" in words(found)
    assert {words(row.xpath("td[1]")[0]) for row in found.xpath("//table/tbody/tr")} == {"never"}
    assert "never collected" in words(page(empty_client, "/dashboard/health/pes-north"))
