"""The ranker that comes with the package, on titles and texts written for this test in the eight languages."""

from __future__ import annotations

import time
from importlib import resources
from pathlib import Path

import pytest

from nlp.occupations.chooser import OccupationChooser, Titled
from nlp.occupations.occupation_index import OccupationIndex
from nlp.occupations.storage import bundled_ranker, read_ranker

CASES = [
    ("Senior Java Developer (m/f/d) - Berlin", "You write services in Java and review code.", "2512"),
    ("Registered Nurse, night shift", "You care for patients on our ward.", "2221"),
    ("Warehouse operative", "Picking and packing orders, loading lorries.", "4321 9333"),
    ("HGV Class 1 Driver", "Deliveries across the country.", "8332"),
    ("Primary School Teacher", None, "2341"),
    ("Lagerist (m/w/d) in Teilzeit", "Sie kommissionieren Waren und verladen Lkw.", "4321 9333"),
    ("Elektroniker für Betriebstechnik", "Wartung und Reparatur unserer Anlagen.", "7412 7411"),
    ("Pflegefachkraft (w/m/d) ab sofort", "Grund- und Behandlungspflege der Bewohner.", "2221 3221"),
    ("Buchhalter (m/w/d)", "Sie bearbeiten die Kreditoren und Debitoren.", "3313 4311 2411"),
    ("Kfz-Mechatroniker gesucht!", None, "7231"),
    ("Conducteur routier SPL (H/F)", "Vous livrez nos clients en semi-remorque.", "8332"),
    ("Infirmier(ère) D.E. - CDI", None, "2221"),
    ("Préparateur de commandes F/H", "Vous préparez les commandes et filmez les palettes.", "4321 9333 9321"),
    ("Comptable unique", None, "3313 2411"),
    ("Serveur / Serveuse en restauration", None, "5131"),
    ("Magazijnmedewerker Eindhoven", "Je verzamelt orders en laadt vrachtwagens.", "4321 9333"),
    ("Verzorgende IG", "Je zorgt voor onze bewoners.", "5321 3221 5322"),
    ("Vrachtwagenchauffeur CE", None, "8332"),
    ("Medewerker klantenservice", "Je beantwoordt vragen van klanten per telefoon en chat.", "4222"),
    ("Leerkracht basisonderwijs groep 5", None, "2341"),
    ("Camarero/a de sala", None, "5131"),
    ("Desarrollador Full Stack", "Desarrollarás aplicaciones con React y Node.", "2512 2513 2514"),
    ("Mozo de almacén", "Carga y descarga de camiones, preparación de pedidos.", "4321 9333"),
    ("Auxiliar de ayuda a domicilio", None, "5322 5321"),
    ("Fontanero con experiencia", None, "7126"),
    ("Sjuksköterska till vårdcentral", None, "2221"),
    ("Lagermedarbetare, heltid", "Du plockar och packar order.", "4321 9333"),
    ("Undersköterska till äldreboende", None, "5321 3221"),
    ("Systemutvecklare .NET", None, "2512"),
    ("Kock till skolkök", None, "5120"),
    ("Kierowca kat. C+E", "Transport międzynarodowy, naczepa.", "8332"),
    ("Pielęgniarka / Pielęgniarz", None, "2221"),
    ("Magazynier z uprawnieniami UDT", "Kompletowanie zamówień i obsługa wózka.", "4321 8344 9333"),
    ("Sprzedawca - kasjer", None, "5223 5230"),
    ("Programista Python", None, "2512 2514"),
    ("Řidič kamionu MKD", None, "8332"),
    ("Zdravotní sestra na ambulanci", None, "2221 3221"),
    ("Skladník - obsluha VZV", "Příjem a výdej zboží ve skladu.", "4321 8344"),
    ("Kuchař / kuchařka", None, "5120"),
    ("Účetní na částečný úvazek", None, "3313 2411 4311"),
    (None, "Wir suchen einen Koch (m/w/d) für unser Restaurant. Sie bereiten Speisen zu.", "5120"),
    (None, "We are looking for an electrician to install wiring in new homes.", "7411"),
]


@pytest.fixture(scope="module")
def chooser() -> OccupationChooser:
    return OccupationChooser(OccupationIndex([], {}), bundled_ranker())


def test_titles_of_eight_languages(chooser: OccupationChooser) -> None:
    first, five, wrong = 0, 0, []
    for title, text, right in CASES:
        groups = [choice.isco for choice in chooser.choose(Titled(title, text))]
        first += groups[0] in right.split()
        five += any(group in right.split() for group in groups)
        if groups[0] not in right.split():
            wrong.append((title or text, groups))
    assert first >= 0.85 * len(CASES), wrong
    assert five >= 0.95 * len(CASES), wrong


@pytest.mark.parametrize("title", ["Join our amazing family", "Initiativbewerbung", "???"])
def test_vague_titles_are_not_sure(chooser: OccupationChooser, title: str) -> None:
    assert all(choice.score < 0.5 for choice in chooser.choose(Titled(title, None)))


def test_scores_are_probabilities(chooser: OccupationChooser) -> None:
    scores = [[choice.score for choice in chooser.choose(Titled(title, text))] for title, text, _ in CASES]
    assert all(0 <= score <= 1 for each in scores for score in each)
    assert all(sum(each) <= 1.01 for each in scores)


def test_two_megabytes_are_read_at_once(chooser: OccupationChooser) -> None:
    begun = time.process_time()
    chooser.choose(Titled("Koch " * 100_000, "x y z " * 350_000))
    assert time.process_time() - begun < 1


def test_the_model_is_small_and_says_what_it_learnt() -> None:
    with resources.as_file(resources.files("nlp.occupations") / "model") as folder:
        card = read_ranker(folder).card
        size = sum(path.stat().st_size for path in Path(folder).iterdir())
    assert size <= 6_000_000
    assert card.groups == 436
    assert "uk_adzuna_kaggle_2500" in card.left_out
    assert "reading_dev" in card.left_out
    assert all(source.licence and "uk_adzuna" not in source.name for source in card.learnt_from)
    assert card.expected_calibration_error < 0.1
