"""Contract, working time, weekly hours, workload and remote work read out of texts, in eight languages."""

from __future__ import annotations

import pytest

from nlp.advertisement import Advertisement
from nlp.conditions.contract import read_contract
from nlp.conditions.hours import read_hours_per_week
from nlp.conditions.remote import read_remote
from nlp.conditions.source import ConditionSource
from nlp.conditions.working_time import read_working_time
from nlp.conditions.workload import read_workload_percent
from vacancies.enriched import RangeValue, Zone, ZoneSpan

READERS = {"contract": read_contract, "working_time": read_working_time, "remote": read_remote}


def source(text: str, language: str, title: str = "") -> ConditionSource:
    zones = (ZoneSpan(start=0, end=len(text), zone=Zone.OFFER, score=0.5, rule="test"),) if text else ()
    return ConditionSource(ad=Advertisement(text, (), language), title=Advertisement(title, (), language), posting=None, zones=zones)


CODED = [
    ("contract", "en", "This is a permanent position.", "permanent"),
    ("contract", "en", "Contract: 6 months with possible extension", "temporary"),
    ("contract", "en", "Project duration: 24 May - 21 August 2026", "temporary"),
    ("contract", "en", "A 12-month fixed-term maternity cover", "temporary"),
    ("contract", "en", "permanent or temporary", None),
    ("contract", "en", "There is temporary staff accommodation.", None),
    ("contract", "en", "U.S. citizens and permanent residents only", None),
    ("contract", "en", "You mentor our interns.", None),
    ("contract", "en", "Relevant experience (work or an internship)", None),
    ("contract", "en", "B2B sales experience", None),
    ("contract", "de", "Wir bieten eine unbefristete Festanstellung.", "permanent"),
    ("contract", "de", "Un\u00adbe\u00adfris\u00adte\u00adter Arbeits\u00advertrag", "permanent"),
    ("contract", "de", "Laufzeit: 6 Monate", "temporary"),
    ("contract", "de", "Die Probezeit beträgt 6 Monate.", None),
    ("contract", "de", "Kommunikation intern und extern", None),
    ("contract", "fr", "Poste en CDI à pourvoir", "permanent"),
    ("contract", "fr", "+ 10% de fin de mission + 10% de congés payés", "temporary"),
    ("contract", "fr", "chercheur de talents en CDI, CDD, Intérim", None),
    ("contract", "fr", "CDD de 6 mois avec possibilité de CDI", "temporary"),
    ("contract", "nl", "Een stageplek met begeleiding", "internship"),
    ("contract", "nl", "een jaarcontract met uitzicht op een vast contract", "temporary"),
    ("contract", "es", "Contrato indefinido y jornada completa", "permanent"),
    ("contract", "es", "Mantener las buenas prácticas de programación", None),
    ("contract", "pl", "Rodzaj umowy: umowa o pracę na okres próbny", "temporary"),
    ("contract", "pl", "Współpraca w oparciu o kontrakt B2B", "self_employed"),
    ("contract", "pl", "umowę o pracę lub B2B", None),
    ("contract", "pl", "Typ umowy: Praca stała", "permanent"),
    ("contract", "pl", "wymagany staż pracy: 3 lata", None),
    ("contract", "sv", "Tjänsten är en tillsvidareanställning med provanställning", "permanent"),
    ("contract", "sv", "Vikariat till och med juni", "temporary"),
    ("contract", "cs", "Pracovní poměr na dobu neurčitou", "permanent"),
    ("contract", "cs", "práce na DPP", "temporary"),
    ("working_time", "en", "full and part time posts are available", "full_or_part_time"),
    ("working_time", "en", "This is a full-time role.", "full_time"),
    ("working_time", "en", "You work with our full-time staff.", None),
    ("working_time", "en", "Part-time, evenings", "part_time"),
    ("working_time", "en", "20 hours per week", "part_time"),
    ("working_time", "en", "40 hours per week", None),
    ("working_time", "de", "in Voll- oder Teilzeit", "full_or_part_time"),
    ("working_time", "de", "Pensum: 80-100%", "full_or_part_time"),
    ("working_time", "de", "Pensum 60 %", "part_time"),
    ("working_time", "fr", "temps partiel", "part_time"),
    ("working_time", "fr", "poste à temps plein", "full_time"),
    ("working_time", "nl", "fulltime of parttime", "full_or_part_time"),
    ("working_time", "es", "jornada completa", "full_time"),
    ("working_time", "pl", "Wymiar etatu: 1/2", "part_time"),
    ("working_time", "pl", "praca na pełny etat", "full_time"),
    ("working_time", "sv", "heltid/deltid", "full_or_part_time"),
    ("working_time", "cs", "zkrácený úvazek", "part_time"),
    ("remote", "en", "This role is 100% remote.", "remote"),
    ("remote", "en", "80% remote", "hybrid"),
    ("remote", "en", "Remote: 100% / On-Site: 0%", "remote"),
    ("remote", "en", "Onsite or remote, as you like", "hybrid"),
    ("remote", "en", "hybrid, 3 days in the office", "hybrid"),
    ("remote", "en", "remote desktop support in hybrid cloud environments", None),
    ("remote", "en", "no remote work", "onsite"),
    ("remote", "de", "Homeoffice möglich", "hybrid"),
    ("remote", "de", "Home-Office: nein", None),
    ("remote", "de", "Support per Mail, Remote oder telefonisch", None),
    ("remote", "fr", "Télétravail : Non", None),
    ("remote", "fr", "2 jours de télétravail par semaine", "hybrid"),
    ("remote", "nl", "je kunt deels thuiswerken", "hybrid"),
    ("remote", "es", "presencialmente un día a la semana", "hybrid"),
    ("remote", "es", "100% remoto", "remote"),
    ("remote", "pl", "praca zdalna", "remote"),
    ("remote", "pl", "Oferta. Podobne oferty: Programista (praca zdalna)", None),
    ("remote", "sv", "möjlighet att arbeta hemifrån", "hybrid"),
    ("remote", "cs", "možnost home office", "hybrid"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "language", "text", "expected"), CODED, ids=[f"{name}: {text}" for name, _, text, _ in CODED])
def test_coded_conditions(name: str, language: str, text: str, expected: str | None) -> None:
    found = READERS[name](source(text, language))
    assert (found and found.value) == expected
    if found is not None:
        assert found.evidence.start is not None
        assert text[found.evidence.start : found.evidence.end].strip()


def ends(found: RangeValue | None) -> tuple[float, float] | None:
    return None if found is None else (found.min_value, found.max_value)


HOURS = [
    ("en", "40 hours / week, 8:00am-5:00pm", (40, 40)),
    ("en", "commit to 32-40 hours/week (up to 400 hours in all)", (32, 40)),
    ("en", "a 37.5-hour working week", (37.5, 37.5)),
    ("en", "Hours per week: 36", (36, 36)),
    ("en", "support 24 hours a day, 7 days a week", None),
    ("en", "12 hour shifts", None),
    ("de", "38,5 Stunden pro Woche", (38.5, 38.5)),
    ("de", "40-Stunden-Woche", (40, 40)),
    ("fr", "sur une base 35h/semaine", (35, 35)),
    ("fr", "36h45 hebdo", (36.75, 36.75)),
    ("fr", "de 7h à 15h", None),
    ("nl", "een fulltime stageplek (40 uur per week)", (40, 40)),
    ("nl", "32-40 uur per week", (32, 40)),
    ("es", "4 a 6 horas semanales", (4, 6)),
    ("es", "curso de 40 horas", None),
    ("pl", "Liczba godzin w tygodniu:20.0", (20, 20)),
    ("pl", "min 40 godz. tygodniowo", (40, 40)),
    ("sv", "4 timmar i veckan", (4, 4)),
    ("sv", "minst 4 timmar i veckan", None),
    ("cs", "5 hod/den (tj. 25 hod/týden) nebo\n7 hod/den (tj. 35 hod/týden)", (25, 35)),
    ("cs", "v době od 7:00 do 14:30 hodin", None),
    ("en", "200 hours per week", None),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "expected"), HOURS, ids=[text for _, text, _ in HOURS])
def test_hours_per_week(language: str, text: str, expected: tuple[float, float] | None) -> None:
    assert ends(read_hours_per_week(source(text, language))) == expected


WORKLOAD = [
    ("de", "Test Engineer (m/w) 80 – 100 % in Luzern", (80, 100)),
    ("de", "Pensum: 40 % Stellenantritt", (40, 40)),
    ("de", "Ingenieurin 100 % (w/m)", (100, 100)),
    ("de", "Reisetätigkeit ca. 10%", None),
    ("en", "A workload of 50% Remote: 100%", (50, 50)),
    ("en", "a 100% owned subsidiary", None),
    ("en", "80% remote", None),
    ("en", "100 % tax free", None),
    ("en", "20% Discount Card", None),
    ("fr", "+10% IFM + 10% CP", None),
    ("sv", "söker barnledare 75-100%\nVi söker", (75, 100)),
    ("sv", "tjänsten är på 35%", (35, 35)),
    ("es", "100% Gratuito", None),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "expected"), WORKLOAD, ids=[text for _, text, _ in WORKLOAD])
def test_workload_percent(language: str, text: str, expected: tuple[float, float] | None) -> None:
    assert ends(read_workload_percent(source(text, language))) == expected


def test_the_title_counts() -> None:
    found = read_workload_percent(source("Wir suchen Sie.", "de", title="Buchhalter 60-80%"))
    assert found is not None
    assert (ends(found), found.evidence.field) == ((60, 80), "title")


WILD = [
    "",
    " ",
    "مطلوب مهندس عن بعد",
    "東京でエンジニア募集",
    "🙂" * 1000,
    "5% " * 600_000,
    "h " * 1_000_000,
    "remote " * 280_000,
    "\u00ad" * 2_000_000,
]


@pytest.mark.parametrize("text", WILD, ids=["empty", "blank", "rtl", "cjk", "emoji", "percent", "h", "remote", "soft hyphens"])
def test_wild_input_ends_soon(text: str) -> None:
    found = source(text, "en")
    assert read_contract(found) is None
    assert read_hours_per_week(found) is None
    assert read_workload_percent(found) is None
    read_working_time(found)
    read_remote(found)
