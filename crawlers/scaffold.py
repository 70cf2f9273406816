"""The files of a new platform: spider, page parser and a folder of recorded answers, ready to run and to be filled in."""

from __future__ import annotations

import json
import re
from pathlib import Path
from string import Template
from typing import Final

from crawlers.error import ScaffoldRefused

_NAME: Final = re.compile(r"^[a-z][a-z0-9_]{1,39}$")

_PLATFORM: Final = Template('''"""$title (say where its interface is described), unverified; `address` is the site's name.

Say what the platform is, and what its terms ask for. A misspelt name is answered by ... and fails, a site without advertisements is an
empty board.
"""

from __future__ import annotations

from crawlers.page_parsers import $name
from crawlers.spiders.json_api_spider import JsonApiSpider, OffsetPaging


class $class_name(JsonApiSpider):
    """Advertisements page by page."""

    platform = "$name"
    version = $name.VERSION
    page_parser = staticmethod($name.parse)
    address_template = "https://api.$name.example/{address}/jobs"
    paging = OffsetPaging(page_size=2)
    recognised_by = (r"//(?P<address>[\\w-]+)\\.$name\\.example\\b",)
''')

_PARSER: Final = Template('''"""$title's answers: a list of advertisements, whole."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import Final

from crawlers.page_parsers.page_reading import Collected, PageReading, json_records, record_fields, required_id
from vacancies.job_place import place_from_words
from vacancies.posting_draft import PostingDraft
from vacancies.values.words import number, word

VERSION: Final = "1"


def parse(body: bytes, url: str, *, countries: Collection[str] = ()) -> PageReading:
    """Read a page of the list; raises RecordInvalid (`broken_json`, `unexpected_shape`)."""
    answer, records = json_records(body, "jobs")
    found = Collected()
    for record in records:
        found.take(record, partial(_draft, countries=countries, found=found))
    total = number(answer.get("total"))
    return found.reading(stated_total=None if total is None else int(total))


def _draft(record: object, *, countries: Collection[str], found: Collected) -> PostingDraft:
    fields = record_fields(record)
    place = place_from_words(word(fields.get("location")), countries=countries)
    return PostingDraft(
        native_id=required_id(fields),
        url=word(fields.get("url")),
        title=word(fields.get("title")),
        hiring_organization=word(fields.get("company")),
        description=str(fields.get("description") or ""),
        date_posted=found.day("date_posted", fields.get("published")),
        employment_type=found.employment_types(word(fields.get("type"))),
        job_locations=(place,) if place else (),
    )
''')

_ROW: Final = Template('platform: $name\naddress: "{server}/beispiel/jobs"\n')


def new_platform(name: str, root: Path) -> list[Path]:
    """Make the files of a platform in a checkout of the project; gives them in the order in which to look at them.

    Its test runs at once, and fails until `expected.json` holds what a person has read. Raises ScaffoldRefused.
    """
    recorded = root / "tests" / "crawlers" / "recorded"
    if not _NAME.match(name):
        raise ScaffoldRefused(f"{name!r} is no name for a platform: small letters, digits and _ only, a letter first")
    if not recorded.is_dir() or not (root / "crawlers" / "platforms").is_dir():
        raise ScaffoldRefused(f"{root} is not a checkout of the project (no tests/crawlers/recorded there); go to one, or give --root")
    words = {
        "name": name,
        "title": name.replace("_", " ").capitalize(),
        "class_name": "".join(part.capitalize() for part in name.split("_")),
    }
    files = {
        root / "crawlers" / "platforms" / f"{name}.py": _PLATFORM.substitute(words),
        root / "crawlers" / "page_parsers" / f"{name}.py": _PARSER.substitute(words),
        recorded / name / "row.yaml": _ROW.substitute(words),
        recorded / name / "exchange.json": _pretty(_exchanges()),
        recorded / name / "page_1.json": _pretty({"total": 3, "jobs": [_job(1), _job(2)]}),
        recorded / name / "page_2.json": _pretty({"total": 3, "jobs": [_job(3)]}),
        recorded / name / "expected.json": "[]\n",
    }
    taken = [path for path in files if path.exists()]
    if taken:
        raise ScaffoldRefused(f"{taken[0].relative_to(root)} is there already; choose another name, or go on in the files that there are")
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return list(files)


def _exchanges() -> list[dict[str, object]]:
    """Two pages, of which the second fails once."""
    first, second = ({"path": f"/beispiel/jobs?offset={offset}&limit=2"} for offset in (0, 2))
    return [
        {"request": first, "file": "page_1.json"},
        {"request": second, "status": 503},
        {"request": second, "file": "page_2.json"},
    ]


def _job(number: int) -> dict[str, object]:
    return {
        "id": number,
        "url": f"https://beispiel.example/jobs/{number}",
        "title": f"Köchin {number} (m/w/d)",
        "company": "Gasthof Beispiel",
        "location": "Kassel, Deutschland",
        "published": "2026-09-01",
        "type": "full time",
        "description": f"<p>Erfundene Anzeige {number}: ersetzen.</p>",
    }


def _pretty(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
