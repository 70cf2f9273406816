"""The pages as any browser gets them, without JavaScript."""

from __future__ import annotations

import csv
import html
import io
import re
from typing import Any

import pytest
from fastapi.testclient import TestClient
from lxml import html as lxml_html


def page(client: TestClient, path: str, status: int = 200, **parameters: object) -> Any:
    answer = client.get(path, params=parameters)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    return lxml_html.fromstring(answer.text)


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


PAGES = ["/dashboard", "/dashboard/vacancies", "/dashboard/sources", "/dashboard/health", "/dashboard/datasets", "/dashboard/api"]


@pytest.mark.parametrize("path", PAGES)
def test_each_page_has_landmarks_a_title_and_no_inline_code(client: TestClient, path: str) -> None:
    found = page(client, path)
    assert found.get("lang") == "en"
    assert len(found.xpath("//h1")) == 1
    assert found.xpath("//a[@class='skip']/@href") == ["#content"]
    assert found.xpath("//nav//a[@aria-current='page']/@href") == [path]
    assert not found.xpath("//script[not(@src)]") + found.xpath("//style") + found.xpath("//@style") + found.xpath("//@onclick")
    for address in found.xpath("//@src | //link/@href"):
        assert address.startswith("/static/")
    for table in found.xpath("//table"):
        assert table.xpath("caption")
        assert not table.xpath(".//th[not(@scope)]")
    for field in found.xpath("//input[not(@type='hidden')] | //select"):
        assert found.xpath(f"//label[@for='{field.get('id')}']") or field.getparent().tag == "label"


def test_the_root_leads_to_the_dashboard(client: TestClient) -> None:
    answer = client.get("/", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (307, "/dashboard")


def test_the_demand_table_shows_what_the_csv_holds(client: TestClient) -> None:
    found = page(client, "/dashboard", region="DE", month_from="2025-03", month_to="2025-10", rows=10)
    shown = [
        (words(row.xpath("th/a")[0]), words(row.xpath("td[2]")[0]).split()[0]) for row in found.xpath("//table[@class='skills']/tbody/tr")
    ]
    (link,) = found.xpath("//a[contains(., 'CSV')]/@href")
    lines = client.get(link).text.splitlines()
    rows = list(csv.DictReader(io.StringIO("\n".join(line for line in lines if not line.startswith("#")))))
    assert shown == [(row["skill"], row["vacancies"]) for row in rows]
    assert len(shown) == 10
    assert "# Period: 2025-03 to 2025-10" in lines


def test_a_skill_leads_to_the_vacancies_that_were_counted(client: TestClient) -> None:
    found = page(client, "/dashboard", region="DE", month_from="2025-03", month_to="2025-10")
    row = found.xpath("//table[@class='skills']/tbody/tr")[0]
    vacancies = lxml_html.fromstring(client.get(row.xpath("th/a/@href")[0]).text)
    assert words(vacancies.xpath("//h2[@id='hits-title']")[0]).split()[0] == words(row.xpath("td[2]")[0])


def test_figures_say_what_they_rest_on(client: TestClient) -> None:
    found = page(client, "/dashboard", region="DE212", month_from="2025-01", month_to="2025-02")
    text = words(found.xpath("//section[@class='worth']")[0])
    assert "Few cases" in text
    assert "do not reach back" in text
    assert "Not stated, or not read: region in" in text
    assert "Method" in text
    assert "test:1" in text
    assert found.xpath("//span[@class='few']")


def test_the_default_period_can_be_compared_with_the_one_before(client: TestClient) -> None:
    found = page(client, "/dashboard")
    assert found.xpath("//select[@id='month_from']/option[@selected]/text()") == ["2025-09"]
    assert found.xpath("//select[@id='month_to']/option[@selected]/text()") == ["2026-02"]
    assert "Vacancies before" in words(found.xpath("//dl[@class='tiles']")[0])


def test_regions_stand_as_a_tree_with_names(client: TestClient) -> None:
    options = page(client, "/dashboard").xpath("//select[@id='region']/option")
    texts = [option.text for option in options]
    assert texts[0] == "All regions"
    assert "Germany (DE)" in texts
    assert texts.index("Germany (DE)") < texts.index("\u2003\u2003\u2003München, Kreisfreie Stadt (DE212)")


@pytest.mark.parametrize(
    ("occupation", "shown"), [("2512", "Software developers"), ("Nurse", "nurse"), ("nursing professionals", "Nursing professionals")]
)
def test_occupations_are_understood_by_name_and_code(client: TestClient, occupation: str, shown: str) -> None:
    found = page(client, "/dashboard", occupation=occupation)
    assert shown in words(found.xpath("//p[@class='scope']")[0])


def test_an_occupation_not_understood_offers_near_ones_as_links(client: TestClient) -> None:
    found = page(client, "/dashboard", 422, occupation="softwar developr", region="DE")
    (fault,) = found.xpath("//section[@class='fault']")
    assert fault.get("role") == "alert"
    near = fault.xpath(".//ul[@class='near']//a/@href")
    assert near
    assert "region=DE" in near[0]
    assert client.get(near[0]).status_code == 200


@pytest.mark.parametrize(
    ("path", "parameters"),
    [
        ("/dashboard", {"region": "XX"}),
        ("/dashboard", {"month_from": "2025-05", "month_to": "2025-01"}),
        ("/dashboard", {"month_from": "May"}),
        ("/dashboard", {"rows": "0"}),
        ("/dashboard/vacancies", {"region": "Berlin"}),
        ("/dashboard/vacancies", {"skill": "no such skill at all"}),
        ("/dashboard/vacancies", {"language": "fi"}),
        ("/dashboard/vacancies", {"board": "nowhere"}),
        ("/dashboard/vacancies", {"contract": "forever"}),
        ("/dashboard/vacancies", {"posted_from": "yesterday"}),
        ("/dashboard/vacancies", {"posted_from": "2025-05-02", "posted_to": "2025-05-01"}),
        ("/dashboard/vacancies", {"cursor": "rubbish"}),
        ("/dashboard/vacancies", {"text": "x" * 501}),
    ],
)
def test_wrong_forms_are_answered_with_a_page(client: TestClient, path: str, parameters: dict[str, str]) -> None:
    found = page(client, path, 422, **parameters)
    assert found.xpath("//section[@class='fault']")


def test_nothing_found_says_why(client: TestClient) -> None:
    found = page(client, "/dashboard/vacancies", text="zzzz", region="DE")
    assert "without text" in words(found.xpath("//section[@class='caution']")[0])
    found = page(client, "/dashboard", occupation="9")
    assert "without isco" in words(found.xpath("//section[@class='caution']")[0])


def test_searching_pages_on_and_narrows_down(client: TestClient) -> None:
    found = page(client, "/dashboard/vacancies", region="DE", include_gone="true")
    seen = found.xpath("//ol[@class='hits']//h3/a/@href")
    (following,) = found.xpath("//a[@rel='next']/@href")
    second = lxml_html.fromstring(client.get(following).text)
    assert not set(seen) & set(second.xpath("//ol[@class='hits']//h3/a/@href"))
    narrower = found.xpath("//aside//a/@href")[0]
    assert "region=DE" in narrower
    assert client.get(narrower).status_code == 200


def test_a_vacancy_marks_skills_by_more_than_colour(client: TestClient) -> None:
    found = page(client, "/dashboard/vacancies", text="Software developer", include_gone="true")
    opened = lxml_html.fromstring(client.get(found.xpath("//ol[@class='hits']//h3/a/@href")[0]).text)
    marks = {mark.get("class"): mark for mark in opened.xpath("//div[@class='advert']//mark")}
    assert {"required", "negated"} <= set(marks)
    assert words(marks["negated"]) == "JavaN (negated)"
    assert marks["negated"].get("title") == "Java programming: negated, because of “no”"
    assert opened.xpath("//div[@class='advert']/@lang") == ["en"]
    assert "Why they were put together" in words(opened) or len(opened.xpath("//table[contains(@class,'plain')]/tbody/tr")) == 1


def test_what_boards_write_cannot_become_code(client: TestClient) -> None:
    answer = client.get("/dashboard/vacancies", params={"text": "alert", "include_gone": "true"})
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; Nurse" in answer.text
    back = client.get("/dashboard", params={"occupation": '"><script>alert(2)</script>'})
    assert "<script>alert(2)" not in back.text
    assert html.escape('"><script>', quote=True).replace("&quot;", "&#34;") in back.text


def test_sources_and_datasets_are_listed(client: TestClient) -> None:
    found = page(client, "/dashboard/sources")
    assert "agreement of 2025-01-15" in words(found)
    assert "done" in words(found)
    found = page(client, "/dashboard/datasets")
    assert found.xpath("//a[@download]/@href")
    assert re.search(r"[0-9a-f]{64}", words(found))


def test_the_api_page_names_every_operation(client: TestClient) -> None:
    text = words(page(client, "/dashboard/api"))
    for path in client.get("/openapi.json").json()["paths"]:
        assert path in text


@pytest.mark.parametrize("path", ["/dashboard", "/dashboard/vacancies"])
def test_before_anything_is_collected_pages_say_what_to_do(empty_client: TestClient, path: str) -> None:
    found = page(empty_client, path, 503)
    assert "labourscope index" in words(found)


@pytest.mark.parametrize("path", ["/dashboard/sources", "/dashboard/datasets", "/dashboard/api"])
def test_other_pages_work_before_anything_is_collected(empty_client: TestClient, path: str) -> None:
    page(empty_client, path)


@pytest.mark.parametrize("path", ["/dashboard/nothing", "/nothing", "/dashboard/vacancies/x", f"/dashboard/vacancies/{'0' * 32}"])
def test_unknown_pages_are_pages(client: TestClient, path: str) -> None:
    assert words(page(client, path, 404).xpath("//h1")[0]) == "Not Found"
