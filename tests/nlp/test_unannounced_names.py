"""People named in running text and in signatures without a title, contact word or address; firms, places and products that look alike."""

from __future__ import annotations

import pytest

from nlp.advertisement import Advertisement
from nlp.components.contacts import find_contacts
from nlp.contact_data.by_rules import contacts_by_rules
from nlp.contact_data.name_evidence import name_evidence


def names_in(text: str, language: str, *, employer: str | None = None, in_title: bool = False) -> list[str]:
    found = find_contacts(Advertisement(text, (), language), employer=employer, in_title=in_title)
    return [text[contact.start : contact.end] for contact in found if contact.kind == "person"]


@pytest.mark.parametrize(
    ("text", "language", "names"),
    [
        ("You will work closely with Priyanka Deshmukh and the rest of the lab.", "en", ["Priyanka Deshmukh"]),
        ("The project is led by Tomasz Kowalczyk, who joined in 2019.", "en", ["Tomasz Kowalczyk"]),
        ("Hi, I'm Gwen Pritchard and I look after hiring here.", "en", ["Gwen Pritchard"]),
        ("Our head of kitchen, Marco Bellini, will show you around on day one.", "en", ["Marco Bellini"]),
        ("Your mentor for the first months is Folasade Adeyemi.", "en", ["Folasade Adeyemi"]),
        ("Come and have a coffee with Nadia, no suit needed.", "en", ["Nadia"]),
        ("We cannot wait to meet you!\n\nHannah & Louise", "en", ["Hannah", "Louise"]),
        ("Apply by Friday. If unsure, Siobhan Kearney knows all the answers.", "en", ["Siobhan Kearney"]),
        ("Sent on behalf of Nguyen Thi Lan, store owner.", "en", ["Nguyen Thi Lan"]),
        ("Founded in 1987 by brothers Piotr and Adam Zielinski.", "en", ["Piotr", "Adam Zielinski"]),
        ("SARAH CONNELLY\nTalent Partner", "en", ["SARAH CONNELLY"]),
        ("Supervisor: Dr Wei Zhang. Second supervisor: Ebru Yildirim.", "en", ["Dr Wei Zhang", "Ebru Yildirim"]),
        ("Just drop your CV off with Gemma at the front desk.", "en", ["Gemma"]),
        ("Unsere Praxisinhaberin Annegret Lüdemann nimmt sich Zeit für Sie.", "de", ["Annegret Lüdemann"]),
        ("Ich bin Torben Clausen und leite die Werkstatt.", "de", ["Torben Clausen"]),
        ("Du arbeitest Seite an Seite mit Mehmet Aydin und seinem Team.", "de", ["Mehmet Aydin"]),
        ("Die Schulleiterin, Heidrun Wiesner, führt durch das Haus.", "de", ["Heidrun Wiesner"]),
        ("Wir freuen uns auf deine Nachricht!\nSvenja und Malte", "de", ["Svenja", "Malte"]),
        ("gez. Ottmar Brehm, Bürgermeister", "de", ["Ottmar Brehm"]),
        ("Für alles Weitere ist Kollegin Ayşe Demirtaş da.", "de", ["Ayşe Demirtaş"]),
        ("WEIDNER Sabine\nPersonalamt", "de", ["WEIDNER Sabine"]),
        ("Je suis Solène Kervella, gérante du salon.", "fr", ["Solène Kervella"]),
        ("Vous travaillerez aux côtés de Moussa Diarra et de Claire Vautrin.", "fr", ["Moussa Diarra", "Claire Vautrin"]),
        ("La directrice de la crèche, Maëlle Guivarch, vous fera visiter les lieux.", "fr", ["Maëlle Guivarch"]),
        ("À très vite !\nCamille et Bastien", "fr", ["Camille", "Bastien"]),
        ("Entreprise familiale dirigée par Thibaud Marchetti depuis 2004.", "fr", ["Thibaud Marchetti"]),
        ("Je komt te werken met Sjoerd Wiersma en Fatima El Amrani.", "nl", ["Sjoerd Wiersma", "Fatima El Amrani"]),
        ("Ik ben Lotte van Rooijen en ik zoek een maatje in de keuken.", "nl", ["Lotte van Rooijen"]),
        ("Onze teamleider Bram laat je alles zien.", "nl", ["Bram"]),
        ("Hopelijk tot snel!\nMaaike en Jurre", "nl", ["Maaike", "Jurre"]),
        ("De directeur, Hendrik-Jan Postma, neemt afscheid in mei.", "nl", ["Hendrik-Jan Postma"]),
        ("Soy Maribel Ochoa, responsable de la tienda.", "es", ["Maribel Ochoa"]),
        ("Trabajarás con Íñigo Arrizabalaga en el taller.", "es", ["Íñigo Arrizabalaga"]),
        ("La gerente, Rocío Benavente Salas, te enseñará el local.", "es", ["Rocío Benavente Salas"]),
        ("¡Te esperamos!\nLucía y Joaquín", "es", ["Lucía", "Joaquín"]),
        ("Firmado: Nerea Zubiaurre, secretaria del ayuntamiento", "es", ["Nerea Zubiaurre"]),
        ("Du kommer att arbeta tillsammans med Yusuf Haddad på lagret.", "sv", ["Yusuf Haddad"]),
        ("Företaget grundades av Gun-Britt Sandell 1994.", "sv", ["Gun-Britt Sandell"]),
        ("Vi ses! //Linnea och Måns", "sv", ["Linnea", "Måns"]),
        ("Vår verkstadschef, Tord Hallberg, visar dig runt.", "sv", ["Tord Hallberg"]),
        ("Jag heter Saga Lindell och driver caféet.", "sv", ["Saga Lindell"]),
        ("Szczegóły omówisz z Kingą Wróblewską.", "pl", ["Kingą Wróblewską"]),
        ("Jestem Michał Zaręba i szukam pomocnika do warsztatu.", "pl", ["Michał Zaręba"]),
        ("Firmę założyła Halina Bednarska wraz z mężem.", "pl", ["Halina Bednarska"]),
        ("Nasza kierowniczka, Jagoda Pilarska, oprowadzi cię po sklepie.", "pl", ["Jagoda Pilarska"]),
        ("CV zostaw u Wojtka Cieślaka przy barze.", "pl", ["Wojtka Cieślaka"]),
        ("Jsem Jarmila Hrubá a vedu naši pekárnu.", "cs", ["Jarmila Hrubá"]),
        ("Pracovat budete s Oldřichem Vaňkem a jeho partou.", "cs", ["Oldřichem Vaňkem"]),
        ("Těšíme se!\nBára a Honza", "cs", ["Bára", "Honza"]),
        ("Vedoucí prodejny, Zdeňka Matoušková, vám vše ukáže.", "cs", ["Zdeňka Matoušková"]),
        ("Životopis nechte u Radka Bureše na vrátnici.", "cs", ["Radka Bureše"]),
        # nothing around them speaks against
        ("Three years in, Priya Venkatesan still cycles to the depot.", "en", ["Priya Venkatesan"]),
        ("W magazynie rządzi Zenon Przybylak.", "pl", ["Zenon Przybylak"]),
        # given names alone: introduced, quoted, beside others, with a role behind
        ("Hey, I'm Nadia, co-founder of a small roastery.", "en", ["Nadia"]),
        ('"Nobody looks at the clock here" - Ewan, shift supervisor', "en", ["Ewan"]),
        ("„Man lernt jeden Tag dazu“, sagt Jule, Auszubildende im zweiten Jahr.", "de", ["Jule"]),
        ("Antoine et Solène, nos deux chefs de rang, vous attendent.", "fr", ["Antoine", "Solène"]),
        ("Groetjes van Anouk, Teun en Samira", "nl", ["Anouk", "Teun", "Samira"]),
        ("”Här får jag växa”, säger Moa, som började i våras.", "sv", ["Moa"]),
        ("– Nie nudzę się ani chwili – mówi Bartek, operator wózka.", "pl", ["Bartek"]),
        # initials in the place of given names, behind a post
        ("Bei Werkstattleiter T. Oberpichler lernst du alles von Grund auf.", "de", ["T. Oberpichler"]),
        ("Bij binnenkomst meld je je bij planner W.F. van Oosterzee.", "nl", ["W.F. van Oosterzee"]),
        ("Ben Caldwell leads the night shift.", "en", ["Ben Caldwell"]),
    ],
)
def test_people_whom_nothing_announces(text: str, language: str, names: list[str]) -> None:
    assert names_in(text, language) == names


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Proud partner of Harlan Brooke Ltd and the Martha Field Foundation.", "en"),
        ("You know Claude Code, Isaac Sim, Jira and Power Automate.", "en"),
        ("Our office sits at 14 Alfred Tanner Street near Victoria Station.", "en"),
        ("Benefits at Lydia Marsh Academy: Grace period, Christian values, Summer camp.", "en"),
        ("Tyler Hudson Logistics seeks a driver for North Carolina.", "en"),
        ("Die Hanna-Reimers-Schule und das Klara-Voss-Haus suchen Köche.", "de"),
        ("Arbeitsort: Ludwig-Weber-Allee 4, 30 Tage Urlaub, Raum Basel.", "de"),
        ("Bäckerei Konrad Pfister sucht Verkäufer in Teilzeit.", "de"),
        ("Sie beraten Kunden der Marke Greta Holm in unserem Modehaus.", "de"),
        ("Le lycée Simone Aubry et la clinique Louis Carrel recrutent.", "fr"),
        ("Poste basé rue Marcel Tissier, à deux pas du square Rose Collin.", "fr"),
        ("Basisschool Willem Terpstra zoekt een conciërge voor de Emmastraat.", "nl"),
        ("Bij Marijke Blom Interieur draait alles om Scandinavisch Design.", "nl"),
        ("El IES Carmen Olmedo amplía su Departamento de Lengua.", "es"),
        ("Vivirás en Santa Marta, cerca de la plaza Julián Robledo.", "es"),
        ("Karin Hedlunds gata 3 ligger nära Elsa Bergs skola.", "sv"),
        ("Kläder från Nils Ahlroth Design och Sofia Mode.", "sv"),
        ("Zespół Szkół im. Tadeusza Lipowskiego, ul. Anny Brzeskiej 7.", "pl"),
        ("Sklep Marta Moda przy placu Jana Dobrego zatrudni kasjera.", "pl"),
        ("Nástup v ZŠ Josefa Havránka, ulice Aleny Koutné 12.", "cs"),
        ("Pekárna Martin Hradec hledá řidiče, Nová Paka.", "cs"),
        ("U.S. Citizenship is required; A. O. Bellman is a maker of boilers.", "en"),
        ("Řidičský průkaz sk. B. Nástup možný ihned v obci Č. Brod.", "cs"),
        ("Aktuelle Werkzeuge (z. B. Selenium, Playwright) sind dir vertraut.", "de"),
        ("Stavby J. Halíček a syn, s.r.o., přijme zedníka.", "cs"),
        ("Przychodnia przy kościele św. Huberta i Marcina 4 szuka rejestratorki.", "pl"),
        ("Kliniken ligger nära Vera Lindmansskolan.", "sv"),
        ("Driver C. E. License required; Nurse R. N. License a plus.", "en"),
        ("Responsibilities of the manager: A. Planning the work", "en"),
        ("Řidič Č. Budějovice, kuchař J. Hradec", "cs"),
        ("monteur B. V. Techniek, J. Jansen en Zn.", "nl"),
        ("The tool Selma reports errors early; Nora explains results.", "en"),
        ('Matratze "Classic" – Emma, Händler', "de"),
        ("Any experience with Jasmine, Ruby, Pascal, Julia or Oracle helps.", "en"),
        ("Grundkenntnisse in Alexa Skills, Lena Cloud und Max Planck Forschung.", "de"),
    ],
)
def test_firms_places_and_products_are_no_people(text: str, language: str) -> None:
    assert names_in(text, language) == []


def test_the_employers_own_name_is_no_person() -> None:
    text = "You will work closely with Gerda Lindholm and her team."
    assert names_in(text, "en") == ["Gerda Lindholm"]
    assert names_in(text, "en", employer="Gerda Lindholm Interiors") == []


def test_a_name_with_a_firm_anywhere_is_no_person() -> None:
    assert names_in("Come and work with Oskar Brandl. Oskar Brandl GmbH pays well.", "de") == []


def test_titles_and_places_are_not_searched() -> None:
    assert names_in("Carer with Anna Lindholm", "en", in_title=True) == []


@pytest.mark.parametrize(
    ("text", "language", "number"),
    [
        ("Frau Ylmaz (Durchwahl -417) hilft gern.", "de", "-417"),
        ("Mme Vasseur (service paie, poste 2217)", "fr", "2217"),
        ("B. Nordgren, personalavd, ankn 4412.", "sv", "4412"),
        ("Personální oddělení, linka 318", "cs", "318"),
        ("Fijo: 900 000 012 (ext. 305)", "es", "900 000 012 (ext. 305)"),
    ],
)
def test_extensions(text: str, language: str, number: str) -> None:
    found = find_contacts(Advertisement(text, (), language))
    assert [text[contact.start : contact.end] for contact in found if contact.kind == "phone"] == [number]


@pytest.mark.parametrize("text", ["Poste 35 h par semaine", "poste 12.50 EUR", "Linka 318 km", "ledig tjänst, poste 2217 €"])
def test_other_numbers_are_no_extensions(text: str) -> None:
    assert [contact for contact in find_contacts(Advertisement(text, (), "fr")) if contact.kind == "phone"] == []


def test_the_weights_have_their_signs() -> None:
    weights = name_evidence().weights
    assert weights["given"] > weights["given_is_word"] < weights["threshold"]
    assert max(weights[name] for name in ("firm", "employer", "famous", "named_after", "address")) <= -weights["threshold"] * 3


def test_each_phrase_introduces() -> None:
    def by_rules(text: str) -> set[str]:
        return {text[start:end] for start, end in contacts_by_rules(Advertisement(text, (), "")).people}

    phrases = [phrase.strip() for phrase in name_evidence().introducing]
    assert [phrase for phrase in phrases if by_rules(f"{phrase} Jana.") != {"Jana"}] == []
