"""Measuring on small labelled files and authored answers: every figure was computed by hand."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language

from nlp.evaluation.advertisements import evaluate_reading
from nlp.evaluation.contacts import evaluate_contacts
from nlp.evaluation.error import GoldInvalid
from nlp.evaluation.free_names import evaluate_free_names, is_free_names
from nlp.evaluation.linking import evaluate_linking, evaluate_names
from nlp.evaluation.occupations import evaluate_occupations
from nlp.evaluation.reader_choice import linker_of, occupation_reader_of, span_reader_of
from nlp.evaluation.readers import LinkExample, OccupationCandidate, ReaderName, SkillSpan, TitledText
from nlp.evaluation.spans import evaluate_spans
from nlp.reading import read_postings
from taxonomies.taxonomy import Taxonomy
from vacancies.enriched import (
    ContactSpan,
    EnrichedPosting,
    Evidence,
    OccupationReading,
    SalaryReading,
    SkillMention,
    SkillStatus,
    TextValue,
    Zone,
    ZoneSpan,
)
from vacancies.posting import Posting


def written(path: Path, *records: dict[str, Any]) -> Path:
    text = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())
    return path


class Listed:
    """A linker that knows its answers; it learns the texts of examples by heart."""

    def __init__(self, answers: dict[str, Sequence[str]]) -> None:
        self.answers = answers
        self.languages: list[str | None] = []

    def rank(self, texts: Sequence[str], *, language: str | None = None) -> Iterator[Sequence[str]]:
        self.languages.append(language)
        return iter([self.answers.get(text, ()) for text in texts])

    def learn(self, examples: Sequence[LinkExample]) -> Listed:
        return Listed(self.answers | {example.text.swapcase(): example.uris for example in examples})


def labels(*names: str) -> list[dict[str, str]]:
    return [{"uri": f"test:{name}", "label": name} for name in names]


def test_linking_by_hand(tmp_path: Path, taxonomy: Taxonomy) -> None:
    path = written(
        tmp_path / "esco_x.jsonl.gz",
        {"text": "one", "labels": labels("python", "python", "java"), "lang": "en"},  # the same label twice counts once
        {"text": "two", "labels": labels("unheard"), "lang": "de"},
        {"text": "three", "labels": []},
    )
    linker = Listed({"one": ["test:c", "test:python", "test:r", "test:sap", "test:excel", "test:java"]})
    result = evaluate_linking(path, linker, taxonomy)
    assert (result.n, result.left_out, result.unknown_gold) == (2, 1, 1)
    assert (result.rp_at_1, result.rp_at_5, result.rp_at_10, result.mrr) == (0.0, 0.25, 0.5, 0.25)
    assert result.by_language["en"].rp_at_5 == 0.5
    assert result.by_language["de"].mrr == 0.0
    assert linker.languages == ["en", "de"]
    assert result.rp_at_10_ci == (0.0, 1.0)


def test_a_linker_that_learns_is_taught_by_the_other_folds_only(tmp_path: Path, taxonomy: Taxonomy) -> None:
    # each text's answer can only be learnt from its counterpart in the other case, and both fold to one text: never in two folds
    records = [{"text": text, "labels": labels("python")} for word in ("alpha", "beta", "gamma") for text in (word, word.upper())]
    path = written(tmp_path / "esco_x.jsonl", *records)
    assert evaluate_linking(path, Listed({}), taxonomy, folds=3).rp_at_1 == 0.0
    pairs = [{"text": "alpha", "labels": labels("python")}, {"text": "beta", "labels": labels("java")}]
    knowing = Listed({"alpha": ["test:python"]})
    result = evaluate_linking(written(tmp_path / "esco_y.jsonl", *pairs), knowing, taxonomy, folds=2)
    assert (result.rp_at_1, result.folds) == (0.5, 2)


def test_names_by_hand(tmp_path: Path, taxonomy: Taxonomy) -> None:
    path = written(
        tmp_path / "skillnorm_fr.jsonl",
        {"query": "soudage", "exact": ["test:welding"], "close": []},
        {"query": "tableur", "exact": [], "close": ["test:excel", "test:sap"]},
        {"query": "rien", "exact": ["test:gone"], "close": []},
    )
    linker = Listed({"soudage": ["test:welding"], "tableur": ["test:r", "test:sap"]})
    result = evaluate_names(path, linker, taxonomy)
    assert (result.n, result.hit_at_1, result.hit_at_5, result.mrr, result.unknown_gold) == (3, 0.3333, 0.6667, 0.5, 1)
    assert (result.by_kind["exact"].n, result.by_kind["exact"].hit_at_1) == (2, 0.5)
    assert (result.by_kind["close"].n, result.by_kind["close"].mrr) == (1, 0.5)
    assert linker.languages == ["fr"], "the file's name tells the language"
    assert [(slip.words, slip.read) for slip in result.slips] == [], "a concept unknown to the taxonomy is no typical error"


class Careers:
    def __init__(self, answers: dict[str, list[OccupationCandidate]]) -> None:
        self.answers = answers

    def rank(self, advertisements: Sequence[TitledText]) -> Iterator[Sequence[OccupationCandidate]]:
        return iter([self.answers.get(each.title or each.text or "", []) for each in advertisements])


def test_occupations_by_hand(tmp_path: Path, taxonomy: Taxonomy) -> None:
    path = written(
        tmp_path / "occ_en_x.jsonl",
        {"vacancyTitle": "Dev", "conceptUri": "test:java-developer", "isco4": "2512"},  # right code first, right concept second
        {"title": "Chef", "uri": "test:cook"},  # no code: the concept counts
        {"text": "Nurse wanted", "isco4": "2221"},  # code only: second of the different codes
        {"title": "Cleaner", "code": "911"},  # a code of three digits
    )
    reader = Careers(
        {
            "Dev": [OccupationCandidate("test:developer", "2512"), OccupationCandidate("test:java-developer", "2512")],
            "Chef": [OccupationCandidate("test:cook", "5120")],
            "Nurse wanted": [
                *[OccupationCandidate("test:cleaner-home", "9111")] * 5,  # one code, however often
                OccupationCandidate(None, "2221"),
            ],
            "Cleaner": [OccupationCandidate("test:cleaner-office", "9112")],
        }
    )
    result = evaluate_occupations(path, reader, taxonomy)
    assert (result.n, result.accuracy, result.accuracy_top_5) == (4, 0.75, 1.0)
    assert result.mrr == pytest.approx((1 / 2 + 1 + 1 / 2 + 1) / 4)
    assert result.unknown_gold == 3, "this taxonomy has no occupation groups, so three codes are unknown"
    assert list(result.by_language) == ["en"]


class Marked:
    def __init__(self, spans: dict[str, list[SkillSpan]]) -> None:
        self.spans = spans
        self.postings: list[list[str]] = []

    def read(self, postings: Sequence[Sequence[str]], *, language: str | None = None) -> Iterator[Sequence[Sequence[SkillSpan]]]:
        self.postings = [list(sentences) for sentences in postings]
        return iter([[self.spans.get(sentence, []) for sentence in sentences] for sentences in postings])


def test_spans_by_hand(tmp_path: Path) -> None:
    path = written(
        tmp_path / "skillspan_x.jsonl",
        {"tokens": ["lead", "teams", "with", "Java"], "tags_skill": list("BIOO"), "tags_knowledge": list("OOOB"), "source": "tech"},
        {"tokens": ["Go", "home"], "tags_skill": list("OO"), "tags_knowledge": list("OO"), "source": "house"},
    )
    reader = Marked(
        {
            "lead teams with Java": [SkillSpan(0, 10, "skill"), SkillSpan(16, 20, "skill"), SkillSpan(16, 20, "knowledge")],
            "Go home": [SkillSpan(0, 2, "knowledge")],
        }
    )
    result = evaluate_spans(path, reader)
    assert (result.skill.precision, result.skill.recall, result.skill.f1) == (0.5, 1.0, 0.6667)
    assert (result.knowledge.precision, result.knowledge.recall) == (0.5, 1.0)
    assert result.by_source["tech"]["knowledge"].f1 == 1.0
    assert result.by_source["house"]["knowledge"].f1 == 0.0


def test_sentences_of_a_posting_are_read_together(tmp_path: Path) -> None:
    def sentence(words: str, **posting: Any) -> dict[str, Any]:
        size = len(words.split())
        return {"tokens": words.split(), "tags_skill": ["O"] * size, "tags_knowledge": ["O"] * size} | posting

    path = written(
        tmp_path / "skillspan_x.jsonl",
        *(sentence("In tech", source="tech", idx=1), sentence("also", source="tech", idx=1)),
        *(sentence("in a house", source="house", idx=1), sentence("alone"), sentence("alone again")),
    )
    reader = Marked({})
    assert evaluate_spans(path, reader).n == 5
    assert reader.postings == [["In tech", "also"], ["in a house"], ["alone"], ["alone again"]]


GOLD: dict[str, Any] = {"zones": [], "skills": [], "isco4": "2512", "isco4_also": []}
TEXT = "Python needed, welding is a plus. We sing."  # Python 0-6, welding 15-22, sing 37-41


def advertisement(name: str, lang: str, **gold: Any) -> dict[str, Any]:
    return {"id": name, "lang": lang, "title": "Job", "description": TEXT, "country": "Narnia", "gold": GOLD | gold}


def skill(start: int, end: int, status: str, kind: str = "knowledge") -> dict[str, Any]:
    return {"span": [start, end], "text": TEXT[start:end], "status": status, "kind": kind, "cue": None}


def mention(start: int, end: int, status: SkillStatus, **fields: Any) -> SkillMention:
    text = TEXT[start:end]
    known: dict[str, Any] = {"uri": None, "text": text, "score": 1.0, "status": status, "zone": Zone.OTHER, "rule": "test"}
    return SkillMention(start=start, end=end, **(known | fields))


EVIDENCE = Evidence(rule="test")


def reading(posting: Posting, **fields: Any) -> EnrichedPosting:
    known: dict[str, Any] = {"language": "en", "pipeline": "test", "taxonomy": "test:1", "public_text": posting.description_text}
    return EnrichedPosting(posting_id=posting.posting_id, content_hash=posting.content_hash, **(known | fields))


def answering(*answers: dict[str, Any]) -> Any:
    def read(postings: Iterable[Posting]) -> Iterator[EnrichedPosting]:
        return iter([reading(posting, **fields) for posting, fields in zip(postings, answers, strict=True)])

    return read


def test_skills_and_statuses_by_hand(tmp_path: Path) -> None:
    path = written(
        tmp_path / "reading_x.jsonl",
        advertisement(
            "1", "en", skills=[skill(0, 6, "required"), skill(15, 22, "preferred", "skill"), skill(37, 41, "mentioned", "skill")]
        ),
        advertisement("2", "de", skills=[skill(0, 13, "required")]),
    )
    first = {
        "skills": (
            mention(0, 6, SkillStatus.REQUIRED),
            mention(0, 6, SkillStatus.DUTY),  # the same span for another concept: counts once
            mention(15, 31, SkillStatus.PREFERRED),  # 7 of 16 characters: less than half
            mention(37, 41, SkillStatus.DUTY),
            mention(0, 6, SkillStatus.REQUIRED, field="title"),  # not in the text
        )
    }
    result = evaluate_reading(path, answering(first, {"skills": (mention(0, 8, SkillStatus.REQUIRED),)}))
    assert (result.n, result.precision, result.recall, result.f1) == (2, 0.75, 0.75, 0.75)
    assert (result.strict.precision, result.strict.recall, result.strict.f1) == (0.5, 0.5, 0.5)
    assert (result.joint.precision, result.joint.f1) == (0.5, 0.5)
    assert (result.by_language["en"].f1, result.by_language["de"].f1, result.by_language["de"].n) == (0.6667, 1.0, 1)
    assert (result.by_kind["skill"].recall, result.by_kind["skill"].n, result.by_kind["knowledge"].recall) == (0.5, 2, 1.0)
    status = result.status
    assert (status.n, status.accuracy) == (3, 0.6667)
    assert status.macro_f1 == 0.3333, "required 1, mentioned 0, duty 0; preferred is neither labelled nor read on matched spans"
    assert (status.by_status["required"].f1, status.by_status["preferred"].found, status.by_status["duty"].precision) == (1.0, 0.0, 0.0)


def test_zones_occupation_and_language_by_hand(tmp_path: Path) -> None:
    zones = [[0, 20, "requirements"], [20, 40, "offer"]]  # the last two characters are not labelled and do not count
    path = written(
        tmp_path / "reading_x.jsonl",
        advertisement("1", "en", zones=zones, isco4_also=["2514"]),
        advertisement("2", "de", zones=[[0, 10, "other"]], isco4="9111", language="de"),
        advertisement("3", "en", isco4=None),
    )
    read_zones = (
        ZoneSpan(start=0, end=10, zone=Zone.REQUIREMENTS, score=1, rule="test"),
        ZoneSpan(start=10, end=42, zone=Zone.OFFER, score=1, rule="test"),
    )
    codes = [OccupationReading(uri=f"u{code}", isco=code, score=1, evidence=EVIDENCE) for code in ("2514", "9112", "9112", "9111")]
    result = evaluate_reading(path, answering({"zones": read_zones, "occupations": codes[:1]}, {"occupations": codes[1:]}, {}))
    assert result.zones.accuracy == 0.6, "30 of 40 and 0 of 10 characters"
    assert (result.isco4.accuracy, result.isco4.accuracy_top_5) == (0.5, 1.0)
    assert result.language.accuracy == 0.6667


def test_conditions_by_hand(tmp_path: Path) -> None:
    salary = {"min": 3000, "max": 4000, "currency": "EUR", "period": "month", "span": [0, 3]}
    path = written(
        tmp_path / "reading_x.jsonl",
        advertisement("1", "en", salary=salary, contract="permanent", working_time=["full_time", "part_time"], agency=False),
        advertisement("2", "en", salary=salary | {"max": None}, contract=None, working_time=["full_time"], agency=True),
        advertisement("3", "en", education={"isced": None, "status": "required"}, experience={"years": None, "span": [0, 3]}, openings=2),
        advertisement("4", "en", languages=[{"code": "en"}, {"code": "de"}], licences=[{"category": "B"}], hours_per_week=[38, 40]),
    )
    paid = SalaryReading(min_value=3000, max_value=4000, currency="EUR", period="MONTH", year_min=None, year_max=None, evidence=EVIDENCE)
    permanent, full = TextValue(value="permanent", evidence=EVIDENCE), TextValue(value="full_time", evidence=EVIDENCE)
    answers = {"salary": paid, "contract": permanent, "working_time": full}
    figures = evaluate_reading(path, answering(answers, answers, {}, {})).conditions
    salaries, contracts, times = figures["salary"], figures["contract"], figures["working_time"]
    assert (salaries.accuracy, salaries.precision, salaries.recall, salaries.n_stated) == (0.75, 0.5, 0.5, 2)
    assert (contracts.accuracy, contracts.precision, contracts.recall, contracts.n_stated) == (0.75, 0.5, 1.0, 1)
    assert (times.accuracy, times.precision, times.recall, times.n_stated) == (0.75, 0.5, 0.5, 2)
    assert [figures[name].n_stated for name in ("education", "experience", "agency", "openings", "languages")] == [0, 0, 1, 1, 1]
    assert (figures["hours_per_week"].recall, figures["hours_per_week"].accuracy) == (0.0, 0.75)
    assert (figures["pooled"].n_stated, figures["pooled"].n_read) == (10, 6)
    assert (figures["pooled"].precision, figures["pooled"].recall) == (0.5, 0.3)


def test_contacts_by_hand(tmp_path: Path) -> None:
    text = "Ask Ann Lee, ann@x.org, 0123 456"  # Ann Lee 4-11, mail 13-22, phone 24-32
    path = written(
        tmp_path / "contacts.jsonl",
        {"text": text, "lang": "en", "spans": [[4, 11, "person"], [13, 22, "email"], [24, 32, "phone"]]},
        {"text": "Frag Max", "lang": "de", "spans": [[5, 8, "person"]]},
    )
    found = (
        ContactSpan(start=4, end=7, kind="person"),  # 3 of 7 characters: not found
        ContactSpan(start=13, end=22, kind="person"),  # found, though called something else
        ContactSpan(start=24, end=28, kind="phone"),  # exactly half
    )
    result = evaluate_contacts(path, answering({"contacts": found}, {}))
    assert (result.n, result.recall, result.precision) == (2, 0.5, 0.6667)
    assert result.f1 == pytest.approx(4 / 7, abs=1e-4)
    assert (result.by_kind["email"].recall, result.by_kind["email"].precision, result.by_kind["email"].n) == (1.0, 0.0, 1)
    assert (result.by_kind["person"].recall, result.by_kind["person"].precision) == (0.0, 0.5)
    assert (result.by_language["de"].recall, result.by_language["en"].recall) == (0.0, 0.6667)
    assert result.characters.recall == pytest.approx((3 + 9 + 4) / (7 + 9 + 8 + 3), abs=1e-4)
    assert result.characters.precision == 1.0
    assert not any("Ann" in "".join(slip) or "Max" in "".join(slip) for slip in result.slips)


def test_free_names_by_hand(tmp_path: Path, taxonomy: Taxonomy) -> None:
    record = {"job_id": "1", "description": TEXT, "hard": "['python', 'Java', 'SOUDAGE']", "soft": ["singing"]}
    path = written(tmp_path / "skills_freetext_x.jsonl", record)
    assert is_free_names(path)
    skills = (mention(0, 6, SkillStatus.DUTY), mention(15, 22, SkillStatus.DUTY, uri="test:welding"))
    result = evaluate_free_names(path, answering({"skills": skills}), taxonomy)
    assert (result.n, result.n_names, result.recall) == (1, 4, 0.5)
    assert (result.by_kind["hard"].recall, result.by_kind["soft"].recall) == (0.6667, 0.0)


def test_the_pipeline_reads_offsets_of_the_description(tmp_path: Path, pipeline: Language) -> None:
    description = "\r\n\tPlain\u00a0text\u2028 &amp; <b>tags</b>\x00 stay\r\nRequirements:\r\n- Kotlin\r\n- Staplerschein"
    start = description.index("Kotlin")
    gold = GOLD | {"skills": [{"span": [start, start + 6], "text": "Kotlin", "status": "required", "kind": "knowledge"}]}
    path = written(tmp_path / "reading_x.jsonl", {"id": "1", "lang": "en", "title": None, "description": description, "gold": gold})
    result = evaluate_reading(path, partial(read_postings, pipeline))
    assert result.strict.recall == 1.0
    assert result.status.accuracy == 1.0


def test_labels_move_with_a_text_that_loses_its_soft_hyphens(tmp_path: Path, pipeline: Language) -> None:
    description = "Re\u00adquire\u00adments:\n- Kot\u00adlin\n- Stap\u00adler\u00adschein"
    start = description.index("Kot")
    skills = [{"span": [start, start + 7], "text": "Kot\u00adlin", "status": "required", "kind": "knowledge"}]
    gold = GOLD | {"skills": skills, "zones": [[0, len(description), "requirements"]]}
    path = written(tmp_path / "reading_x.jsonl", {"id": "1", "lang": "en", "title": None, "description": description, "gold": gold})
    result = evaluate_reading(path, partial(read_postings, pipeline))
    assert result.strict.recall == 1.0
    assert result.zones.accuracy == 1.0


def test_todays_readers_know_the_labels(taxonomy: Taxonomy) -> None:
    texts = ["manage budgets and Kotlin"]
    for name in set(ReaderName) - {ReaderName.SENTENCES}:  # which needs a model of one's own, see test_sentence_linker
        assert {"test:budgets", "test:kotlin"} <= set(next(linker_of(name, taxonomy).rank(texts, language="en")))
        if name in (ReaderName.RANKER, ReaderName.TAUGHT):
            continue  # these rank unit groups first, see test_occupation_readers
        careers = occupation_reader_of(name, taxonomy)
        assert next(careers.rank([TitledText("Java developer (m/f/d)", None, "en")]))[0] == OccupationCandidate(
            "test:java-developer", "2512"
        )
    (spans,) = next(span_reader_of(ReaderName.LABELS, taxonomy).read([texts]))
    assert spans == [SkillSpan(0, 14, "skill"), SkillSpan(19, 25, "knowledge")]


def test_what_is_learnt_counts_as_a_label(taxonomy: Taxonomy) -> None:
    from nlp.evaluation.char_readers import CharLinker, CharOccupationReader

    linker = CharLinker.of(taxonomy).learn([LinkExample("brewing ale", ("test:sap",))])
    assert next(linker.rank(["ale brewing"]))[0] == "test:sap"
    example = (TitledText("Piwowar", None, "pl"), OccupationCandidate(None, "7514"))
    careers = CharOccupationReader.of(taxonomy).learn([example])
    assert next(careers.rank([TitledText("piwowar", None, "pl")]))[0] == OccupationCandidate(None, "7514")


@pytest.mark.parametrize(
    ("record", "fault"),
    [
        ({"labels": []}, "line 1: field text: Field required; expected is an object with text, labels, lang?"),
        ({"text": "x", "labels": [{"label": "no uri"}]}, "field labels.0.uri: Field required"),
        ({"text": "x", "labels": []}, "holds no text with a gold label"),
        ([1], "line 1: "),
    ],
)
def test_linking_files_of_another_form_are_refused(tmp_path: Path, taxonomy: Taxonomy, record: Any, fault: str) -> None:
    with pytest.raises(GoldInvalid) as error:
        evaluate_linking(written(tmp_path / "esco_x.jsonl", record), Listed({}), taxonomy)
    assert fault in str(error.value)


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("x.jsonl", b"", "holds no records"),
        ("x.jsonl", b"not json\n", "line 1: no JSON"),
        ("x.jsonl.gz", b"not gzip", "cannot be read as JSON Lines"),
        ("x.jsonl.gz", gzip.compress(b'{"text": "x"}\n' * 99, mtime=0)[:20], "cannot be read as JSON Lines"),
        ("x.jsonl", b"\xff\xfe\n", "cannot be read as JSON Lines"),
    ],
)
def test_unreadable_files_are_refused(tmp_path: Path, taxonomy: Taxonomy, name: str, content: bytes, fault: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(GoldInvalid) as error:
        evaluate_names(path, Listed({}), taxonomy)
    assert fault in str(error.value)
    assert str(path) in str(error.value)


@pytest.mark.parametrize(
    ("gold", "fault"),
    [
        ({"skills": [skill(0, 6, "wanted")]}, "gold.skills.0.status"),
        ({"skills": [skill(0, 6, "required") | {"span": [30, 99]}]}, "span [30, 99] is empty or outside the text of 42 characters"),
        ({"zones": [[0, 5, "middle"]]}, "gold.zones.0.2"),
    ],
)
def test_advertisements_with_wrong_labels_are_refused(tmp_path: Path, gold: dict[str, Any], fault: str) -> None:
    with pytest.raises(GoldInvalid) as error:
        evaluate_reading(written(tmp_path / "reading_x.jsonl", advertisement("1", "en", **gold)), answering({}))
    assert fault in str(error.value)


@pytest.mark.parametrize(
    ("record", "fault"),
    [
        ({"isco4": "2512"}, "needs a title"),
        ({"title": "Cook"}, "needs an occupation"),
        ({"title": "Cook", "isco4": "51-20"}, "field isco4"),
    ],
)
def test_occupations_without_title_or_answer_are_refused(tmp_path: Path, taxonomy: Taxonomy, record: Any, fault: str) -> None:
    with pytest.raises(GoldInvalid) as error:
        evaluate_occupations(written(tmp_path / "occ_x.jsonl", record), Careers({}), taxonomy)
    assert fault in str(error.value)


def test_tags_of_another_number_than_the_tokens_are_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "skillspan_x.jsonl", {"tokens": ["a", "b"], "tags_skill": ["O"], "tags_knowledge": ["O", "O"]})
    with pytest.raises(GoldInvalid, match="of equal number"):
        evaluate_spans(path, Marked({}))
