"""Feeds in every form: the same two advertisements, read to the same fields; and what is broken is said, never dropped."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from vacancies.error import FeedInvalid
from vacancies.feed_mapping import FeedMapping, bundled_mappings, find_mapping, load_mapping
from vacancies.feeds.layout import FeedFormat, FeedLayout
from vacancies.feeds.mapping_draft import draft_mapping
from vacancies.feeds.opening import format_of, head_of
from vacancies.feeds.records import read_records
from vacancies.jobposting import draft_from_jobposting

ROWS = [
    {"Nr": "A-1", "Titel": "Köchin (m/w/d)", "Ort": "Kassel", "Text": "Kochen; und Anrichten"},
    {"Nr": "A-2", "Titel": "Maurer", "Ort": "Gera", "Text": "Mauern\nund Verputzen"},
]
FIELDS = {"identifier": "Nr", "title": "Titel", "jobLocation.address.addressLocality": "Ort", "description": "Text"}


def as_csv(path: Path, *, delimiter: str = ";", encoding: str = "utf-8", newline: str = "\r\n") -> Path:
    lines = [ROWS[0].keys(), *(row.values() for row in ROWS)]
    text = newline.join(delimiter.join(f'"{cell}"' for cell in line) for line in lines) + newline
    path.write_bytes(text.encode(encoding))
    return path


def as_xlsx(path: Path) -> Path:
    book = openpyxl.Workbook()
    for line in (list(ROWS[0]), *(list(row.values()) for row in ROWS)):
        book.active.append(line)
    book.save(path)
    return path


def as_text(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


XML = "<?xml version='1.0'?><jobs>{}</jobs>"
RECORDS = "".join("<job>" + "".join(f"<{name}><![CDATA[{value}]]></{name}>" for name, value in row.items()) + "</job>" for row in ROWS)
FORMS: list[tuple[str, FeedFormat, Callable[[Path], Path]]] = [
    ("feed.csv", FeedFormat.CSV, as_csv),
    ("tabs.tsv", FeedFormat.CSV, lambda path: as_csv(path, delimiter="\t")),
    ("windows.csv", FeedFormat.CSV, lambda path: as_csv(path, encoding="cp1252")),
    ("marked.csv", FeedFormat.CSV, lambda path: as_csv(path, delimiter=",", encoding="utf-8-sig", newline="\n")),
    ("excel_text.csv", FeedFormat.CSV, lambda path: as_csv(path, delimiter="\t", encoding="utf-16")),
    ("feed.xlsx", FeedFormat.XLSX, as_xlsx),
    ("feed.jsonl", FeedFormat.JSON_LINES, lambda path: as_text(path, "\n".join(map(json.dumps, ROWS)))),
    ("array.json", FeedFormat.JSON, lambda path: as_text(path, json.dumps(ROWS, indent=1))),
    ("flat.json", FeedFormat.JSON, lambda path: as_text(path, json.dumps(ROWS))),
    ("wrapped.json", FeedFormat.JSON, lambda path: as_text(path, json.dumps({"meta": {"n": 2}, "jobs": ROWS}, indent=1))),
    ("feed.xml", FeedFormat.XML, lambda path: as_text(path, XML.format(RECORDS))),
    ("spaces.xml", FeedFormat.XML, lambda path: as_text(path, XML.replace("<jobs>", "<jobs xmlns='urn:x'>").format(RECORDS))),
]


@pytest.mark.parametrize(("name", "form", "write"), FORMS, ids=[form[0] for form in FORMS])
def test_the_same_advertisements_are_read_from_every_form(
    tmp_path: Path, name: str, form: FeedFormat, write: Callable[[Path], Path]
) -> None:
    path = write(tmp_path / name)
    assert format_of(path, head_of(path)) is form
    found = [FeedMapping(fields=FIELDS).apply(record.fields) for record in read_records(path)]
    assert [entry["identifier"] for entry in found] == ["A-1", "A-2"]
    assert [entry["title"] for entry in found] == ["Köchin (m/w/d)", "Maurer"]
    assert [str(entry["description"]).replace("\r", "") for entry in found] == ["Kochen; und Anrichten", "Mauern\nund Verputzen"]


def test_gzip_is_unpacked_whatever_is_within(tmp_path: Path) -> None:
    path = tmp_path / "feed.csv.gz"
    path.write_bytes(gzip.compress(as_csv(tmp_path / "feed.csv").read_bytes()))
    assert len(list(read_records(path))) == 2


BROKEN = [
    ("a row cut short", "a.csv", "id;title\n1;Koch\n2\n3;Maurer\n", ["", "wrong_cell_count", ""]),
    ("a delimiter too many", "a.csv", "id;title\n1;Koch;jung\n", ["wrong_cell_count"]),
    (
        "XML with a tag not closed",
        "a.xml",
        "<jobs><job><id>1</i></job>\n<job><id>2</id></job>\n<job><id>3</id></job></jobs>",
        ["", "", "", "broken_xml"],
    ),
    ("XML with slips in its texts", "a.xml", "<jobs><job><id>1 & 2&nbsp;</id></job>\n<job><id>3</id></job></jobs>", ["", ""]),
    ("XML cut off", "a.xml", "<jobs><job><id>1</id></job><job><id>2</id></job><job><id>3", ["", "", "broken_xml"]),
    ("JSON cut off", "a.json", '[{"id": 1},\n{"id": 2},\n{"id"', ["", "", "broken_json"]),
    ("an array of texts", "a.json", '["Koch",\n{"id": 2}]', ["not_an_object", ""]),
]


@pytest.mark.parametrize(("name", "text", "problems"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN])
def test_what_is_broken_is_a_record_with_its_problem(tmp_path: Path, name: str, text: str, problems: list[str]) -> None:
    records = list(read_records(as_text(tmp_path / name, text)))
    assert [record.problem.reason if record.problem else "" for record in records] == problems


REFUSED = [
    ("two columns of one name", "a.csv", b"id;id\n1;2\n", FeedLayout(), "twice in the header: id"),
    ("no header", "a.csv", b"\n\n", FeedLayout(format=FeedFormat.CSV), "no row of column names"),
    ("another encoding", "a.csv", "id;t\n1;Köln\n".encode("cp1252"), FeedLayout(encoding="utf-8"), "state `encoding` in the mapping"),
    ("old Excel", "a.xls", b"\xd0\xcf\x11\xe0rest", FeedLayout(), r"save it as \.xlsx or CSV"),
    ("XML without records", "a.xml", b"<a><b/></a>", FeedLayout(), "state its name as `record`"),
]


@pytest.mark.parametrize(("name", "body", "layout", "words"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_a_feed_that_cannot_be_read_is_refused_with_the_mend(
    tmp_path: Path, name: str, body: bytes, layout: FeedLayout, words: str
) -> None:
    path = tmp_path / name
    path.write_bytes(body)
    with pytest.raises(FeedInvalid, match=words):
        list(read_records(path, layout))


def test_a_sheet_is_chosen_by_name_and_rows_above_the_header_are_left_out(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("Stellen")
    for line in (["Bericht vom 1. Mai"], ["Nr", "Titel", "Beginn", "Zahl"], [7, "Koch", date(2026, 5, 1), 2.0], [None, None, None, None]):
        sheet.append(line)
    book.save(tmp_path / "feed.xlsx")
    records = list(read_records(tmp_path / "feed.xlsx", FeedLayout(sheet="Stellen", header_row=2)))
    assert [(record.line, dict(record.fields)) for record in records] == [
        (3, {"Nr": 7, "Titel": "Koch", "Beginn": "2026-05-01", "Zahl": 2})
    ]
    with pytest.raises(FeedInvalid, match="no sheet 'Jobs'; it has Sheet, Stellen"):
        list(read_records(tmp_path / "feed.xlsx", FeedLayout(sheet="Jobs")))


def test_markup_within_xml_stays_markup_and_attributes_are_read(tmp_path: Path) -> None:
    text = XML.format("<job id='7'><text lang='de'>Wir <b>suchen</b><ul><li>Teamgeist</li></ul></text><tag>a</tag><tag>b</tag></job>")
    (record,) = read_records(as_text(tmp_path / "a.xml", text), FeedLayout(record="job"))
    stated = {name: value for name, value in record.fields.items() if not name.endswith("[]")}
    assert stated == {
        "@id": "7", "text/@lang": "de", "text": "Wir <b>suchen</b><ul><li>Teamgeist</li></ul>", "tag": ["a", "b"],
    }  # fmt: skip


INDEED = """<?xml version="1.0" encoding="utf-8"?><source><publisher>Beispiel</publisher><job>
<title><![CDATA[Dachdecker (m/w/d)]]></title><date><![CDATA[Mon, 14 Sep 2026 08:00:00 GMT]]></date>
<referencenumber><![CDATA[D-9]]></referencenumber><url><![CDATA[https://jobs.example/d-9]]></url>
<company><![CDATA[Dach & Wand]]></company><city><![CDATA[Fulda]]></city><country><![CDATA[DE]]></country>
<description><![CDATA[<p>Dächer decken</p>]]></description><jobtype><![CDATA[fulltime]]></jobtype>
<salary><![CDATA[3000 € pro Monat]]></salary><remotetype/></job></source>"""
HR_XML = """<PositionOpening xmlns="http://www.hr-xml.org/3" xmlns:oa="http://www.openapplications.org/oagis/9" validFrom="2026-09-01">
<DocumentID>NO-77</DocumentID><PositionProfile languageCode="no"><PositionTitle>Kokk</PositionTitle>
<PositionLocation><Address><oa:CityName>Bergen</oa:CityName><CountryCode>NO</CountryCode></Address></PositionLocation>
<PositionLocation><Address><CountryCode>NO</CountryCode><oa:PostalCode>7010</oa:PostalCode></Address></PositionLocation>
<PositionOrganization><OrganizationIdentifiers><OrganizationName>Fjordkjøkken</OrganizationName></OrganizationIdentifiers></PositionOrganization>
<PositionOpenQuantity>3</PositionOpenQuantity>
<JobCategoryCode listName="ESCO_Occupations">http://data.europa.eu/esco/occupation/x</JobCategoryCode>
<JobCategoryCode listName="ISCO2008" name="Cooks">5120</JobCategoryCode>
<PositionOfferingTypeCode>DirectHire</PositionOfferingTypeCode><PositionScheduleTypeCode>PartTime</PositionScheduleTypeCode>
<PositionFormattedDescription><Content>&lt;p&gt;Lage mat&lt;/p&gt;</Content></PositionFormattedDescription>
<ApplicationCloseDate>2026-10-01</ApplicationCloseDate></PositionProfile></PositionOpening>"""


def test_an_indeed_feed_is_read_with_the_mapping_that_comes_with_us(tmp_path: Path) -> None:
    mapping = find_mapping("indeed-xml")
    (record,) = read_records(as_text(tmp_path / "a.xml", INDEED), mapping)
    draft = draft_from_jobposting(mapping.apply(record.fields))
    assert (draft.native_id, draft.title, draft.hiring_organization) == ("D-9", "Dachdecker (m/w/d)", "Dach & Wand")
    assert (draft.date_posted, draft.employment_type, draft.url) == (date(2026, 9, 14), ("FULL_TIME",), "https://jobs.example/d-9")
    assert (draft.job_locations[0].locality, draft.job_locations[0].country) == ("Fulda", "DE")
    assert draft.base_salary is not None
    assert (draft.base_salary.min_value, draft.base_salary.period) == (3000, "MONTH")


def test_an_hr_xml_opening_keeps_each_place_and_occupation_together(tmp_path: Path) -> None:
    mapping = find_mapping("hr-xml")
    (record,) = read_records(as_text(tmp_path / "a.xml", f"<openings>{HR_XML}</openings>"), mapping)
    draft = draft_from_jobposting(mapping.apply(record.fields))
    assert (draft.native_id, draft.title, draft.hiring_organization, draft.language) == ("NO-77", "Kokk", "Fjordkjøkken", "no")
    assert (draft.date_posted, draft.valid_through, draft.total_job_openings) == (date(2026, 9, 1), date(2026, 10, 1), 3)
    assert [(place.locality, place.postal_code) for place in draft.job_locations] == [("Bergen", None), (None, "7010")]
    assert [(one.scheme, one.code, one.label) for one in draft.occupational_categories] == [
        ("ESCO_Occupations", "http://data.europa.eu/esco/occupation/x", None),
        ("ISCO2008", "5120", "Cooks"),
    ]
    assert draft.employment_type == ("PERMANENT", "PART_TIME")


def test_json_is_reached_by_dotted_ways_and_dates_by_their_form() -> None:
    record = {"employer": {"name": "Adler"}, "places": [{"city": "Kassel"}, {"city": "Fulda"}], "posted": "02/20/2026", "until": "soon"}
    told: list[tuple[str, str]] = []
    mapping = FeedMapping(
        fields={
            "hiringOrganization.name": "employer.name",
            "jobLocation": {"each": "places", "fields": {"address.addressLocality": "city", "address.addressCountry": {"value": "DE"}}},
            "datePosted": "posted",
            "validThrough": "until",
        },
        date_formats={"datePosted": "%m/%d/%Y", "validThrough": "%m/%d/%Y"},
    )
    found = mapping.apply(record, lambda name, value: told.append((name, value)))
    draft = draft_from_jobposting(found | {"title": "Koch"})
    assert (draft.hiring_organization, draft.date_posted) == ("Adler", date(2026, 2, 20))
    assert [place.locality for place in draft.job_locations] == ["Kassel", "Fulda"]
    assert told == [("validThrough", "soon")]


@pytest.mark.parametrize("name", bundled_mappings())
def test_mappings_that_come_with_us_are_valid(name: str) -> None:
    assert find_mapping(name).fields


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("fields: {titel: Titel}", "titel is no field of a JobPosting here; known are"),
        ("fields: {title: Titel}\nencoding: ascci", "encoding: .*'ascci' is no encoding; write one such as utf-8"),
        ("fields: {title: Titel}\ndelimter: ';'", "delimter: Extra inputs"),
        ("fields: {title: Titel}\ndate_formats: {posted: '%d'}", "posted is no field"),
        ("fields: {title: {each: a}}", "fields.title"),
        ("fields: [title]", "fields: Input should be a valid dictionary"),
        ("fields: {title: a, title: b}", "the key 'title' is there twice"),
    ],
)
def test_a_wrong_mapping_names_what_is_wrong(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(FeedInvalid, match=words):
        load_mapping(as_text(tmp_path / "m.yaml", text))


def test_an_unknown_mapping_is_named_with_those_there_are() -> None:
    with pytest.raises(FeedInvalid, match="no mapping 'indeed'; known are hr-xml, indeed-xml"):
        find_mapping("indeed")


COLUMNS = [
    ("an id's number", "Stellen-Nr.;Titel\n1;Koch\n2;Maurer\n", "identifier: Stellen-Nr.  # 1 | 2"),
    ("a date", "Titel;Eingestellt\nKoch;01.03.2026\nMaurer;02.03.2026\n", "datePosted: Eingestellt"),
    (
        "a date with doubts",
        "Titel;Eingestellt\nA;01.03.2026\nB;02.03.2026\nC;bald\n",
        "; values are no dates in 1 of 3 records",
    ),
    ("no date", "Titel;Eingestellt\nA;01.03.2026\nB;bald\n", "datePosted by its name, but values are no dates in 1 of 2 records"),
    ("duties alone", "Titel;Aufgaben\nA;Kochen\nB;Mauern\n", "description: Aufgaben"),
    ("duties beside a description", "Titel;Text;Aufgaben\nA;Wir;Kochen\nB;Sie;Mauern\n", "responsibilities: Aufgaben"),
    ("a classification", "Title;Code;Occupation code;Occupation scheme\nA;x;I1304;ROME\n", 'inCodeSet: "Occupation scheme"  # ROME'),
    ("codes of a known name", "Title;KldB\nA;29302\n", "  occupationalCategory.inCodeSet: {value: KldB}  # name"),
    ("codes of no known name", "Title;occupation_code\nA;29302\n", "  # occupationalCategory.inCodeSet: {value: ROME}  # name"),
    ("two columns for a field", "Titel;Bezeichnung\nA;B\nC;D\n", "Bezeichnung  # B | D; title by its name, which Titel is"),
]


@pytest.mark.parametrize(("text", "line"), [case[1:] for case in COLUMNS], ids=[case[0] for case in COLUMNS])
def test_a_proposed_mapping_says_why_a_column_is_taken_or_left(tmp_path: Path, text: str, line: str) -> None:
    proposed = draft_mapping(as_text(tmp_path / "feed.csv", text))
    assert line in proposed


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf\n", gzip.compress(b"")], ids=["nothing", "lines", "a mark", "gzip"])
def test_an_empty_feed_is_called_empty(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "feed.csv"
    path.write_bytes(content)
    with pytest.raises(FeedInvalid, match="is empty; have it written once more"):
        draft_mapping(path)


@pytest.mark.parametrize(("name", "form", "write"), FORMS, ids=[form[0] for form in FORMS])
def test_a_proposed_mapping_is_valid_and_reads_the_feed(tmp_path: Path, name: str, form: FeedFormat, write: Callable[[Path], Path]) -> None:
    path = write(tmp_path / name)
    proposed = as_text(tmp_path / "m.mapping.yaml", draft_mapping(path))
    mapping = load_mapping(proposed)
    fields = {name: place for name, place in mapping.fields.items() if isinstance(place, str)}
    prefix = "jobs." if name == "wrapped.json" else ""
    assert {"title", "jobLocation.address.addressLocality", "description"} <= fields.keys(), (prefix, proposed.read_text("utf-8"))
    assert [mapping.apply(record.fields)["title"] for record in read_records(path, mapping)] == ["Köchin (m/w/d)", "Maurer"]
