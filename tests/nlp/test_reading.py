from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from nlp.bench import bench_labels, bench_read
from nlp.components.skills import SkillReader
from nlp.error import PartMissing, ReadingFailed
from nlp.explain import explain
from nlp.label_matcher import LabelMatcher
from nlp.pipeline import PIPELINE_VERSION, build_pipeline, register_components
from nlp.reading import read_parallel, read_postings
from nlp.senses.sense_chooser import SenseChooser
from nlp.senses.shared_labels import SharedLabels
from taxonomies.error import UnknownTaxonomy
from taxonomies.model import ConceptType
from taxonomies.regions import Regions
from taxonomies.taxonomy import Taxonomy
from vacancies.enriched import EnrichedPosting, SkillStatus
from vacancies.posting import BaseSalary, JobLocation, Posting, SalaryPeriod
from vacancies.run import QuarantinedRecord

Make = Callable[..., Posting]

GERMAN = """<p>Das Seniorenzentrum Am Lindenhof ist ein modernes Haus in Leipzig.</p>
<h3>Ihre Aufgaben</h3><ul><li>Grundpflege und Wundversorgung</li></ul>
<h3>Ihr Profil</h3><ul><li>Teamfähigkeit</li><li>SAP-Kenntnisse von Vorteil</li><li>Kein Staplerschein erforderlich</li></ul>
<h3>Wir bieten</h3><ul><li>unbefristete Anstellung</li><li>Schulungen in Excel</li></ul>
<p>Ihre Ansprechpartnerin: Jana Weber, Tel. 030 23125 123, jana.weber@lindenhof.example</p>"""


@pytest.fixture
def german(make_posting: Make) -> Posting:
    return make_posting(
        html=GERMAN,
        title="Pflegefachkraft (m/w/d)",
        language="de",
        employment_type=("FULL_TIME",),
        job_locations=(JobLocation(locality="Leipzig", postal_code="04109", country="DE"),),
        base_salary=BaseSalary(min_value=3100, max_value=3600, currency="EUR", period=SalaryPeriod.MONTH),
        skills=("Teamwork", "Kotlin", "Einfühlungsvermögen"),
    )


@pytest.fixture
def read(pipeline: Language, german: Posting) -> EnrichedPosting:
    return next(read_postings(pipeline, [german]))


def test_versions_are_named(read: EnrichedPosting, german: Posting, regions: Regions) -> None:
    assert (read.pipeline, read.taxonomy, read.nuts_version) == (PIPELINE_VERSION, "test:1", regions.version)
    assert (read.posting_id, read.content_hash) == (german.posting_id, german.content_hash)


@pytest.mark.xfail(reason="the tagger passes by a lone tool among what is offered", strict=True)
def test_a_training_that_is_offered_is_mentioned(read: EnrichedPosting) -> None:
    assert ("Excel", "mentioned") in {(mention.text, mention.status.value) for mention in read.skills}


def test_skills_with_status_and_evidence(read: EnrichedPosting, german: Posting) -> None:
    found = {(mention.text, mention.status.value) for mention in read.skills if mention.field == "description_text"}
    assert found == {
        ("Grundpflege", "duty"),
        ("Wundversorgung", "duty"),
        ("Teamfähigkeit", "required"),
        ("SAP", "preferred"),
        ("Staplerschein", "negated"),
    }
    for mention in read.skills:
        if mention.field == "description_text":
            assert german.description_text[mention.start : mention.end] == mention.text


def test_the_boards_list_of_skills_is_required_and_keeps_unknown_ones(read: EnrichedPosting) -> None:
    listed = [(mention.uri, mention.text, mention.status) for mention in read.skills if mention.field == "skills"]
    assert ("test:kotlin", "Kotlin", SkillStatus.REQUIRED) in listed
    assert (None, "Einfühlungsvermögen", SkillStatus.REQUIRED) in listed


def test_contact_data_is_masked_at_its_place(read: EnrichedPosting, german: Posting) -> None:
    assert len(read.public_text) == len(german.description_text)
    assert not any(secret in read.public_text for secret in ("Jana", "Weber", "23125", "@"))
    assert {contact.kind for contact in read.contacts} == {"person", "phone", "email"}


def test_conditions_place_and_occupation(read: EnrichedPosting) -> None:
    assert read.contract is not None
    assert read.working_time is not None
    assert read.salary is not None
    assert (read.contract.value, read.working_time.value, read.salary.year_max) == ("permanent", "full_time", 43200)
    assert read.regions[0].nuts == "DED51"
    assert (read.occupations[0].uri, read.occupations[0].isco) == ("test:nurse", "2221")
    assert read.language == "de"


def test_reading_twice_gives_the_same(pipeline: Language, german: Posting, read: EnrichedPosting) -> None:
    assert list(read_postings(pipeline, [german])) == [read]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "Koch",
        "招聘软件工程师，要求熟悉Python和Java。",
        "مطلوب مهندس برمجيات لديه خبرة في Python",
        "🚀🔥 We ❤️ Python 👩‍💻🇩🇪",
        "\u202eabc Python\u202c",
        "a\u0301" * 500,
        "\x00\x01 Python",
        "Python " * 2000,
        "(" * 3000,
        "@" * 3000,
        "0" * 3000,
        "+49 " * 1000,
        "- \n" * 2000,
        "İstanbul İ Python",
    ],
)
def test_awkward_texts_are_read(pipeline: Language, make_posting: Make, text: str) -> None:
    (reading,) = read_postings(pipeline, [make_posting(text, title="İ (m/w/d)")])
    assert len(reading.public_text) == len(text)
    for mention in reading.skills:
        assert 0 <= mention.start < mention.end <= max(len(text), 1)


def test_half_a_character_is_quarantined(pipeline: Language, make_posting: Make) -> None:
    failures: list[QuarantinedRecord] = []
    assert list(read_postings(pipeline, [make_posting("Python \ud800")], on_failure=failures.append)) == []
    assert failures[0].reason == "broken_text"


@pytest.mark.long  # that time grows with the length alone is seen on shorter texts in test_linear_time.py and test_bad_input.py
def test_two_megabytes_are_read_in_seconds(pipeline: Language, make_posting: Make) -> None:
    filler = "You will find a friendly team, good coffee and work that matters to the people of our town every single day. "
    text = ("Requirements: Python and SAP, call 030 23125 123 or mail a.b@c.example. " + filler * 4) * 3_950
    begun = time.monotonic()
    (reading,) = read_postings(pipeline, [make_posting(text)])
    assert len(text) > 2_000_000
    counts = Counter(mention.text for mention in reading.skills)
    assert counts["Python"] == counts["SAP"] == 3_950
    assert time.monotonic() - begun < 60


def test_what_cannot_be_read_is_quarantined_in_between(taxonomy: Taxonomy, regions: Regions, make_posting: Make) -> None:
    nlp = build_pipeline(taxonomy, regions)
    nlp.max_length = 1000
    failures: list[QuarantinedRecord] = []
    postings = [make_posting("Python"), make_posting("x" * 1001, url="https://board.example/1"), make_posting("Java")]
    readings = list(read_postings(nlp, postings, on_failure=failures.append, run_id="run-1"))
    assert [reading.posting_id for reading in readings] == [postings[0].posting_id, postings[2].posting_id]
    (failure,) = failures
    assert (failure.step, failure.reason, failure.run_id, failure.board) == ("enrich", "too_long", "run-1", "test")
    assert postings[1].posting_id in failure.error


def test_a_component_that_fails_on_one_posting_does_not_stop_the_others(taxonomy: Taxonomy, regions: Regions, make_posting: Make) -> None:
    @Language.component("failing_for_tests")
    def fail(doc: Doc) -> Doc:
        if "poison" in doc.text:
            raise RuntimeError("boom")
        return doc

    nlp = build_pipeline(taxonomy, regions)
    nlp.add_pipe("failing_for_tests", before="labourscope_reading")
    failures: list[QuarantinedRecord] = []
    postings = [make_posting(text) for text in ("a", "poison", "b")]
    readings = list(read_postings(nlp, postings, on_failure=failures.append))
    assert [reading.posting_id for reading in readings] == [postings[0].posting_id, postings[2].posting_id]
    assert failures[0].reason == "unreadable"
    assert "failing_for_tests: RuntimeError: boom" in failures[0].error
    with pytest.raises(ReadingFailed, match="on_failure"):
        list(read_postings(nlp, postings))


def test_postings_are_taken_as_a_stream(pipeline: Language, make_posting: Make) -> None:
    taken = 0

    def source() -> Iterator[Posting]:
        nonlocal taken
        while True:
            taken += 1
            yield make_posting(f"Python {taken}")

    readings = read_postings(pipeline, source(), batch_size=4)
    next(readings)
    assert taken == 4


@pytest.mark.long
@pytest.mark.parametrize("workers", [1, 2])
def test_parallel_reading_keeps_order(taxonomy_root: Path, make_posting: Make, pipeline: Language, workers: int) -> None:
    postings = [make_posting(f"Requirements: Python and SAP {n}") for n in range(23)]
    outcomes = list(read_parallel(taxonomy_root, "test:1", postings, workers=workers, chunk=4))
    assert outcomes == list(read_postings(pipeline, postings))


def test_parallel_reading_of_an_unknown_taxonomy_fails_at_once(taxonomy_root: Path) -> None:
    with pytest.raises(UnknownTaxonomy):
        next(read_parallel(taxonomy_root, "esco:0.0.0", [], workers=2))


def test_explanation(pipeline: Language, german: Posting, taxonomy: Taxonomy, regions: Regions) -> None:
    explanation = explain(pipeline, german, taxonomy=taxonomy, regions=regions)
    assert explanation.occupations[0].label == "nurse"
    assert "Leipzig" in (explanation.regions[0].region or "")
    assert {row.label for row in explanation.skills} >= {"basic nursing care", "teamwork", "SAP"}
    assert {row.name: row.value for row in explanation.conditions}["salary"] == "3,100 - 3,600 EUR per month"
    assert explanation.contacts == {"person": 1, "phone": 1, "email": 1}
    page = explanation.to_html()
    assert page.startswith("<!DOCTYPE html>")
    assert "preferred: SAP" in page
    assert "Weber" not in page


def test_components_write_spans_for_spacy_users(taxonomy: Taxonomy) -> None:
    register_components()
    nlp = spacy.blank("en")
    nlp.add_pipe("labourscope_zones")
    skills = nlp.add_pipe("labourscope_skills")
    assert isinstance(skills, SkillReader)
    skills.use(LabelMatcher.build(taxonomy, [ConceptType.SKILL]))
    nlp.add_pipe("labourscope_status")
    doc = nlp("Requirements:\n- Python, C++ and SAP\n- Kotlin is a plus")
    assert [(span.text, span.label_, span.kb_id_) for span in doc.spans["skills"]] == [
        ("Python", "required", "test:python"),
        ("C++", "required", "test:cpp"),
        ("SAP", "required", "test:sap"),
        ("Kotlin", "preferred", "test:kotlin"),
    ]
    assert doc.spans["zones"][0].label_ == "requirements"
    assert doc.spans["skills"][3]._.skill.cue == "is a plus"
    assert doc.spans["skills"][3]._.zone.zone.value == "requirements"


def test_a_component_without_its_part_says_what_it_needs() -> None:
    register_components()
    nlp = spacy.blank("en")
    nlp.add_pipe("labourscope_skills")
    with pytest.raises(PartMissing, match="LabelMatcher"):
        nlp("Python")


def test_pipeline_is_saved_and_loaded(
    pipeline: Language, taxonomy: Taxonomy, tmp_path: Path, regions: Regions, german: Posting, read: EnrichedPosting
) -> None:
    pipeline.to_disk(tmp_path / "pipeline")
    loaded = spacy.load(tmp_path / "pipeline")
    loaded.get_pipe("labourscope_senses").use(SharedLabels.of(taxonomy), SenseChooser(taxonomy))  # type: ignore[attr-defined]
    loaded.get_pipe("labourscope_places").use(regions)  # type: ignore[attr-defined]
    assert list(read_postings(loaded, [german])) == [read]


def test_bench(pipeline: Language, taxonomy: Taxonomy, german: Posting) -> None:
    labels = bench_labels(taxonomy, [(german.description_text, "de")] * 3)
    assert (labels.texts, labels.matches) == (3, 18)
    measured = bench_read(pipeline, [german] * 3)
    assert 1e5 < measured.additions_per_cpu_second < 1e9, "whole numbers added in a second, on any machine of these years"
    assert (measured.postings, measured.read, measured.quarantined) == (3, 3, 0)
    assert [component.name for component in measured.components] == ["tokenizer", *pipeline.pipe_names]
    assert measured.peak_memory_mb > 10
