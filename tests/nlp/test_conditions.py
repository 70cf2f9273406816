from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from spacy.language import Language

from nlp.conditions.salary import of_field
from nlp.reading import read_postings
from vacancies.enriched import EnrichedPosting
from vacancies.jobposting import draft_from_jobposting
from vacancies.posting import BaseSalary, Posting, SalaryPeriod

Make = Callable[..., Posting]


def read(pipeline: Language, posting: Posting) -> EnrichedPosting:
    return next(read_postings(pipeline, [posting]))


@pytest.mark.parametrize(
    ("fields", "contract", "working_time"),
    [
        ({"employment_type": ("FULL_TIME",)}, None, "full_time"),
        ({"employment_type": ("PART_TIME", "TEMPORARY")}, "temporary", "part_time"),
        ({"employment_type": ("INTERN",)}, "internship", None),
        ({"employment_type": ("CONTRACTOR",)}, "self_employed", None),
        ({"employment_type": ("FULL_TIME", "PART_TIME")}, None, "full_or_part_time"),
        ({"employment_type": ("PERMANENT", "FULL_TIME")}, "permanent", "full_time"),
        ({"employment_type": ("PERMANENT", "TEMPORARY")}, None, None),
        ({"work_hours": "Teilzeit, 20 Stunden", "language": "de"}, None, "part_time"),
        ({}, None, None),
    ],
)
def test_board_fields(
    pipeline: Language, make_posting: Make, fields: dict[str, Any], contract: str | None, working_time: str | None
) -> None:
    reading = read(pipeline, make_posting("Text.", **fields))
    assert (reading.contract and reading.contract.value, reading.working_time and reading.working_time.value) == (contract, working_time)


@pytest.mark.parametrize(
    ("words", "working_time"),
    [
        (["Temps plein", "CDI"], "full_time"),
        (["Vollzeit, unbefristet"], "full_time"),
        (["Permanent"], None),
        (["deeltijd", "vast dienstverband"], "part_time"),
        (["Jornada completa, indefinido"], "full_time"),
        (["praca stała"], None),
        (["Plný úvazek", "na dobu neurčitou"], "full_time"),
        (["Heltid / tillsvidare"], "full_time"),
    ],
)
def test_a_boards_words_for_permanent_reach_the_contract(
    pipeline: Language, make_posting: Make, words: list[str], working_time: str | None
) -> None:
    draft = draft_from_jobposting({"description": "Text.", "employmentType": words})
    reading = read(pipeline, make_posting("Text.", employment_type=draft.employment_type))
    assert reading.contract is not None
    assert (reading.contract.value, reading.contract.evidence.field) == ("permanent", "employment_type")
    assert (reading.working_time and reading.working_time.value) == working_time


@pytest.mark.parametrize(
    ("text", "language", "name", "value"),
    [
        ("Wir bieten:\n- eine unbefristete Stelle in Teilzeit", "de", "contract", "permanent"),
        ("Wir bieten:\n- eine unbefristete Stelle in Teilzeit", "de", "working_time", "part_time"),
        ("Nous offrons : CDD de six mois, temps plein", "fr", "contract", "temporary"),
        ("Oferujemy:\n- umowę o pracę na czas nieokreślony\n- pełny etat", "pl", "contract", "permanent"),
        ("Wij bieden:\n- een vast contract\n- hybride werken", "nl", "contract", "permanent"),
        ("Wij bieden:\n- een vast contract\n- hybride werken", "nl", "remote", "hybrid"),
        ("Se ofrece:\n- contrato indefinido\n- 100% remoto", "es", "remote", "remote"),
        ("We offer:\n- a permanent contract\n- this is a remote position", "en", "remote", "remote"),
        ("Requirements:\n- internship experience", "en", "contract", None),
        ("We make pumps.", "en", "remote", None),
    ],
)
def test_words_in_the_text(pipeline: Language, make_posting: Make, text: str, language: str, name: str, value: str | None) -> None:
    found = getattr(read(pipeline, make_posting(text, language=language)), name)
    assert (found and found.value) == value
    if found is not None:
        assert text[found.evidence.start : found.evidence.end].strip()


@pytest.mark.parametrize(
    ("telecommute", "text", "value"),
    [
        (True, "We make pumps.", "remote"),
        (True, "We offer:\n- hybrid working", "hybrid"),
        (False, "We make pumps.", "onsite"),
        (None, "We make pumps.", None),
    ],
)
def test_telecommute(pipeline: Language, make_posting: Make, telecommute: bool | None, text: str, value: str | None) -> None:
    remote = read(pipeline, make_posting(text, telecommute=telecommute, language="en")).remote
    assert (remote and remote.value) == value


@pytest.mark.parametrize(
    ("stated", "yearly"),
    [
        (BaseSalary(min_value=3000, max_value=3500, currency="EUR", period=SalaryPeriod.MONTH), (36000, 42000)),
        (BaseSalary(min_value=15, currency="EUR", period=SalaryPeriod.HOUR), (25800, 25800)),
        (BaseSalary(max_value=45000, currency="GBP", period=SalaryPeriod.YEAR), (45000, 45000)),
        (BaseSalary(min_value=500, period=SalaryPeriod.WEEK), (26000, 26000)),
        (BaseSalary(min_value=200, period=SalaryPeriod.DAY), (43000, 43000)),
        (BaseSalary(min_value=4000, max_value=3000, period=SalaryPeriod.MONTH), (36000, 48000)),
        (BaseSalary(min_value=4000), (None, None)),
    ],
)
def test_yearly_equivalents(stated: BaseSalary, yearly: tuple[float | None, float | None]) -> None:
    salary = of_field(stated)
    assert salary is not None
    assert (salary.year_min, salary.year_max) == yearly


@pytest.mark.parametrize(
    "stated", [None, BaseSalary(), BaseSalary(min_value=0, max_value=0), BaseSalary(text="competitive", currency="EUR")]
)
def test_no_salary(stated: BaseSalary | None) -> None:
    assert of_field(stated) is None
