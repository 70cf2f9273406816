"""Bad input, one case of the list each: a clear outcome, nothing invented, never a crash; with the starter taxonomy that ships."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from spacy.language import Language

from nlp.pipeline import build_pipeline
from nlp.reading import read_postings
from taxonomies.regions import Regions
from taxonomies.store import TaxonomyStore
from taxonomies.taxonomy import Taxonomy
from vacancies.enriched import EnrichedPosting, SkillStatus
from vacancies.error import RecordInvalid
from vacancies.posting import Posting
from vacancies.posting_draft import PostingDraft, draft_to_posting
from vacancies.run import QuarantinedRecord

Make = Callable[..., Posting]
Read = Callable[..., EnrichedPosting]

ADVERTISEMENT = """We are looking for a nurse.

Your tasks
- wound care and basic nursing care

Your profile
- teamwork
- Python is a plus
"""


@pytest.fixture(scope="module")
def starter(tmp_path_factory: pytest.TempPathFactory) -> tuple[Taxonomy, Regions]:
    store = TaxonomyStore(tmp_path_factory.mktemp("starter"))
    return store.open(str(store.ensure_starter())), Regions.open(store)


@pytest.fixture(scope="module")
def nlp(starter: tuple[Taxonomy, Regions]) -> Language:
    return build_pipeline(*starter)


@pytest.fixture
def read(nlp: Language, make_posting: Make) -> Read:
    def one(text: str = "", **fields: object) -> EnrichedPosting:
        posting = make_posting(text, **fields)
        failures: list[QuarantinedRecord] = []
        readings = list(read_postings(nlp, [posting], on_failure=failures.append))
        assert (len(readings), failures) == (1, []), failures
        check_places(readings[0], posting)
        return readings[0]

    return one


def check_places(reading: EnrichedPosting, posting: Posting) -> None:
    """All that is read stands in the text: masked to the same length, spans and zones inside it."""
    length = len(posting.description_text)
    assert len(reading.public_text) == length
    for mention in reading.skills:
        if mention.field == "description_text":
            assert 0 <= mention.start < mention.end <= length
            assert mention.text.strip()
    assert [zone.start for zone in reading.zones[1:]] == [zone.end for zone in reading.zones[:-1]]
    assert all(0 <= contact.start < contact.end <= length for contact in reading.contacts)


CONDITIONS = (
    "contract", "working_time", "remote", "salary", "hours_per_week", "workload_percent", "education", "experience", "languages",
    "licences", "openings", "agency", "deadline", "start", "seniority", "shifts", "industry",
)  # fmt: skip


def stated(reading: EnrichedPosting) -> set[str]:
    """Names of the conditions that a reading states."""
    return {name for name in CONDITIONS if getattr(reading, name)}


def asked(reading: EnrichedPosting) -> list[str]:
    """Words of the skills that are not said to be unneeded."""
    return [mention.text for mention in reading.skills if mention.status is not SkillStatus.NEGATED]


NOTHING = {
    "empty": "",
    "spaces": " \n\t\u00a0 ",
    "one-word": "Hello",
    "one-mark": "?",
    "emoji-alone": "🚀🔥❤️👩‍💻🇩🇪",
    "controls": "\x00\x01\x1b[31m",
    "cjk-without-terms": "我们是一家位于北京的公司，欢迎加入我们。",
    "japanese": "私たちは東京の会社です。ぜひご応募ください。",
    "arabic-without-terms": "نحن شركة في القاهرة، انضموا إلينا.",
    "russian": "Мы ищем сотрудников в нашу компанию.",
    "greek": "Είμαστε μια εταιρεία στην Αθήνα.",
    "hebrew": "אנחנו חברה בתל אביב, הצטרפו אלינו.",
}


@pytest.mark.parametrize("text", NOTHING.values(), ids=NOTHING)
def test_of_nothing_nothing_is_read(read: Read, text: str) -> None:
    reading = read(text)
    assert asked(reading) == []
    assert stated(reading) == set()
    assert reading.regions == ()


@pytest.mark.parametrize(
    "html", ["<p></p>", "<div><br><br/></div>", "<ul><li></li><li> </li></ul>", "<script>Python()</script>", "<!-- Python -->"]
)
def test_tags_alone_hold_no_text(read: Read, html: str) -> None:
    reading = read(html=html)
    assert reading.public_text.strip() == ""
    assert (asked(reading), stated(reading)) == ([], set())


def test_without_any_text_there_is_no_posting() -> None:
    with pytest.raises(RecordInvalid):
        draft_to_posting(PostingDraft(title=None, description="<p> </p>"), board="none", parser="test/1")


@pytest.mark.parametrize(
    "html",
    [
        "<p>Requirements: Python &amp;amp; SQL &nbsp &foo; &#x110000; &#xD800; &#0; &</p>",
        "<p>Requirements: <b>Python</p></b></li><table><td>SQL",
        "Requirements: Python &lt;b&gt; SQL &lt;/b",
    ],
    ids=["entities", "unclosed-tags", "escaped-tags"],
)
def test_broken_markup_is_read(read: Read, html: str) -> None:
    assert "Python" in " ".join(asked(read(html=html)))


MOJIBAKE = {
    "spanish": ("MecÃ¡nico de automÃ³viles. Requisitos: Python. ExperiencÃ­a mÃ­nima de 2 aÃ±os.", "es"),
    "german": ("KÃ¶chin gesucht. Anforderungen: Python. VergÃ¼tung nach Tarif fÃ¼r 40 Stunden pro Woche.", "de"),
    "replacement": ("M�canicien. Comp�tences : Python", "fr"),
}


@pytest.mark.parametrize(("text", "language"), MOJIBAKE.values(), ids=MOJIBAKE)
def test_mojibake_is_left_alone_and_read_as_far_as_it_goes(read: Read, text: str, language: str) -> None:
    reading = read(text, language=language)
    assert reading.public_text == text
    assert "Python" in asked(reading)


FOREIGN_SCRIPTS = {
    "chinese": "招聘软件工程师，要求：\n- 熟悉 Python\n- 熟悉 SQL",
    "arabic": "مطلوب مهندس برمجيات\nالمتطلبات:\n- Python\n- SQL",
    "hebrew": "דרוש מפתח תוכנה\nדרישות:\n- Python\n- SQL",
    "marks-of-direction": "\u202bRequirements:\u202c\n- \u2066Python\u2069\n- \u200fSQL",
    "emoji": "🚀 Requirements ✅\n- 🔥 Python 🐍\n- ❤️ SQL 👩‍💻",
}


@pytest.mark.parametrize("text", FOREIGN_SCRIPTS.values(), ids=FOREIGN_SCRIPTS)
def test_what_stands_in_latin_letters_is_found_beside_other_signs(read: Read, text: str) -> None:
    reading = read(text)
    words = " ".join(asked(reading))
    assert "Python" in words
    assert "SQL" in words
    assert stated(reading) == set()


@pytest.mark.parametrize("declared", ["de", "fr", "zh", "xx", "not a code", ""])
def test_the_text_outweighs_a_wrong_declaration(read: Read, declared: str) -> None:
    text = ADVERTISEMENT + "\nYou work with our team in the hospital and you care for the people of this town, whatever they may need."
    reading = read(text, language=declared)
    assert reading.language == "en"
    assert {"teamwork", "Python"} <= set(asked(reading))


def test_a_language_without_labels_gets_candidates_and_names_of_tools(read: Read) -> None:
    reading = read("Etsimme sairaanhoitajaa.\n\nVaatimukset:\n- tiimityö\n- Python\n- hyvä asenne", language="fi")
    assert "Python" in asked(reading)
    assert reading.language == "fi"
    assert stated(reading) == set()


def test_a_taxonomy_without_the_language_links_nothing_wrongly(starter: tuple[Taxonomy, Regions], make_posting: Make) -> None:
    taxonomy, regions = starter
    english_only = build_pipeline(taxonomy, regions, languages=["en"])
    text = "Wir suchen eine Pflegefachkraft.\n\nAnforderungen\n- Teamfähigkeit\n- Zuverlässigkeit\n- Python"
    (reading,) = read_postings(english_only, [make_posting(text, language="de")])
    linked = {mention.text for mention in reading.skills if mention.uri is not None}
    assert linked == {"Python"}


def test_five_hundred_bullets_are_read_one_by_one(read: Read) -> None:
    begun = time.monotonic()
    reading = read("Requirements\n" + "\n".join(f"- Python and SQL {number}" for number in range(500)))
    assert time.monotonic() - begun < 20
    assert sum(words == "Python" for words in asked(reading)) == 500


JOBS = (
    "Nurse",
    "Cook",
    "Welder",
    "Warehouse clerk",
    "Software developer",
    "Electrician",
    "Truck driver",
    "Teacher",
    "Accountant",
    "Cleaner",
)


def test_ten_jobs_in_one_are_told_as_several_candidates(read: Read) -> None:
    text = "We are hiring for many jobs.\n" + "\n".join(f"- {job}" for job in JOBS)
    reading = read(text, title="Ten jobs at once: " + ", ".join(JOBS))
    assert len(reading.occupations) <= 5
    assert sum(occupation.score for occupation in reading.occupations) <= 1.001
    assert all(occupation.score < 0.9 for occupation in reading.occupations), "no single occupation is sure"
    assert reading.openings is None


SAYS_NOTHING_OF = {
    "budget": ("salary", "You manage a €5m budget and projects worth $200,000."),
    "401k": ("salary", "Benefits: 401k with 4% match, 403(b)."),
    "turnover": ("salary", "Our group has a turnover of 3.2 billion EUR."),
    "bonus-for-friends": ("salary", "Refer a friend and win 500 EUR."),
    "prices": ("salary", "You sell meals for 12.50 EUR and drinks for 3 EUR."),
    "tuition": ("salary", "We support training with up to 2,000 EUR a year."),
    "german-budget": ("salary", "Sie verantworten ein Budget von 2 Mio. EUR."),
    "french-turnover": ("salary", "Notre chiffre d'affaires est de 45 millions d'euros."),
    "polish-turnover": ("salary", "Obrót firmy wynosi 20 mln zł rocznie."),
    "founded": ("experience", "Our company was founded 30 years ago."),
    "history": ("experience", "With 25 years of history we lead the market."),
    "age": ("experience", "You are at least 18 years old."),
    "contract": ("experience", "The contract runs for 2 years."),
    "since": ("experience", "Seit über 50 Jahren sind wir erfolgreich am Markt."),
    "french-company": ("experience", "Notre entreprise existe depuis 20 ans."),
    "spanish-company": ("experience", "Empresa con más de 15 años en el mercado."),
    "dutch-company": ("experience", "Wij bestaan al 40 jaar."),
    "polish-company": ("experience", "Działamy na rynku od 10 lat."),
}


@pytest.mark.parametrize(("name", "text"), SAYS_NOTHING_OF.values(), ids=SAYS_NOTHING_OF)
def test_prices_are_no_salaries_and_years_of_other_things_no_experience(read: Read, name: str, text: str) -> None:
    assert getattr(read(text), name) is None


NEGATED = {
    "licence-en": ("licences", "Your profile\n- driving licence class B needed", "Your profile\n- no driving licence class B needed"),
    "licence-de": ("licences", "Ihr Profil\n- Führerschein Klasse B erforderlich", "Ihr Profil\n- kein Führerschein Klasse B erforderlich"),
    "experience-en": ("experience", "Your profile\n- experience required", "Your profile\n- no experience required"),
    "experience-fr": ("experience", "Profil\n- expérience requise", "Profil\n- aucune expérience requise"),
}


@pytest.mark.parametrize(("name", "asking", "sparing"), NEGATED.values(), ids=NEGATED)
def test_what_is_not_needed_is_not_asked_for(read: Read, name: str, asking: str, sparing: str) -> None:
    assert statuses(read(asking), name) == {SkillStatus.REQUIRED}
    assert statuses(read(sparing), name) <= {SkillStatus.NEGATED}


def statuses(reading: EnrichedPosting, name: str) -> set[SkillStatus]:
    """The statuses of a condition that may be stated not at all, once or several times."""
    value = getattr(reading, name)
    return {one.status for one in (value if isinstance(value, tuple) else () if value is None else (value,))}


def test_a_negated_skill_is_not_asked_for(read: Read) -> None:
    reading = read("Requirements:\n- SQL\n- Python is not required")
    assert "Python" not in asked(reading)


@pytest.mark.long
def test_long_texts_cost_in_proportion(read: Read) -> None:
    """So two megabytes take seconds; the time of a text of a tenth of that is bounded here."""
    filler = "You will find a friendly team, good coffee and work that matters to the people of our town every day. "
    text = ("Requirements: Python and SQL, call 030 23125 123 or mail a.b@c.example. " + filler * 4) * 420
    begun = time.process_time()
    reading = read(text)
    assert len(text) > 200_000
    assert len(reading.contacts) == 840
    assert time.process_time() - begun < 10


@pytest.mark.long
@pytest.mark.parametrize("text", ["Python " * 3_000, "x" * 100_000, "(" * 50_000, "1 000 " * 10_000, "a@" * 20_000, "- " * 20_000])
def test_endless_lines_are_read(read: Read, text: str) -> None:
    begun = time.process_time()
    read(text)
    assert time.process_time() - begun < 8
