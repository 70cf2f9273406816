"""`labourscope_skills`: mentions of skills, by the labels of a taxonomy, in the text, the title and the board's list of skills."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from nlp.advertisement import Advertisement, advertisement
from nlp.char_spans import char_span
from nlp.employer_name import without_employer
from nlp.error import PartMissing
from nlp.extensions import register_extensions
from nlp.label_matcher import LabelMatch, LabelMatcher
from nlp.label_names import LabelNames
from nlp.named_spans import NamedSpan, form_of_label
from nlp.short_forms import short_labels
from nlp.tagged_mentions import SpanLinking, named_spans, tagged_mentions, unnamed_words
from nlp.tagger.tagger import TaggedText
from vacancies.enriched import ContactSpan, SkillMention, SkillStatus, Zone, ZoneSpan
from vacancies.posting import Posting

_LINKED_AT_ONCE: Final = 32  # documents
_KEPT: Final = 8192  # titles and skills of boards whose labels are remembered: boards list the same ones over and over

Find = Callable[[str, str | None], Sequence[LabelMatch]]  # the labels in some words of a language


class SkillReader:
    """Sets `Doc._.skills` and writes `Doc.spans["skills"]` (kb_id: the concept's URI, label: the status).

    Give it a matcher with `use`, or load one with `from_disk`. Every mention begins as "mentioned"; `labourscope_status` decides.
    """

    def __init__(self, name: str, spans_key: str) -> None:
        self.name = name
        self.spans_key = spans_key
        self.matcher: LabelMatcher | None = None
        self.linker: SpanLinking | None = None
        self._match = lru_cache(maxsize=_KEPT)(self._find)

    def use(self, matcher: LabelMatcher, linker: SpanLinking | None = None) -> SkillReader:
        """Read with this matcher, and link what no label says with this linker, from now on."""
        self.matcher = matcher
        self.linker = linker
        self._match.cache_clear()
        return self

    def __call__(self, doc: Doc) -> Doc:
        """Find the mentions of a document. Raises PartMissing without a matcher."""
        return self._read(doc, self._named_spans(doc))

    def _read(self, doc: Doc, named: Sequence[NamedSpan]) -> Doc:
        if self.matcher is None:
            raise PartMissing(f"{self.name} has no labels; call .use(LabelMatcher.build(taxonomy, [ConceptType.SKILL])) or from_disk first")
        ad, read = advertisement(doc), doc._
        tagged: TaggedText | None = read.tagged
        if tagged is None:
            found = list(_in_text(self.matcher, ad, read.zones, read.contacts))
        else:
            linker = self._linker_of(ad)
            found = tagged_mentions(tagged, ad, read.labels, zones=read.zones, contacts=read.contacts, linker=linker, named=named)
        posting: Posting | None = read.posting
        employer = None if posting is None else posting.hiring_organization
        found = [*without_employer(found, ad.text, employer, ad.language, field="description_text")]
        if posting is not None:
            title = posting.title or ""
            found += without_employer(_in_title(self._match, posting, ad.language), title, employer, ad.language, field="title")
            found += _in_board_field(self._match, self.matcher.names, posting, ad.language)
        read.skills = tuple(found)
        write_spans(doc, self.spans_key)
        return doc

    def pipe(self, stream: Iterable[Doc], batch_size: int = _LINKED_AT_ONCE) -> Iterator[Doc]:
        """Find the mentions of documents; the spans of many are linked at once, the linker remembers them."""
        source = iter(stream)
        while docs := list(islice(source, _LINKED_AT_ONCE)):
            named = [self._named_spans(doc) for doc in docs]
            self._link_ahead(docs, named)
            yield from map(self._read, docs, named)

    def _named_spans(self, doc: Doc) -> Sequence[NamedSpan]:
        read = doc._
        if self.matcher is None or read.tagged is None:
            return ()
        ad, names = advertisement(doc), self.matcher.names
        return named_spans(read.tagged, ad, read.labels, zones=read.zones, contacts=read.contacts, names=names)

    def _find(self, words: str, language: str | None) -> Sequence[LabelMatch]:
        return () if self.matcher is None else self.matcher.match(words, language)

    def _linker_of(self, ad: Advertisement) -> SpanLinking | None:
        """The linker, for languages whose labels it has learnt; of other languages it knows words by chance only."""
        return self.linker if self.matcher is not None and (ad.language or "en") in self.matcher.languages else None

    def _link_ahead(self, docs: Sequence[Doc], named: Sequence[Sequence[NamedSpan]]) -> None:
        if self.linker is None:
            return
        by_language: dict[str | None, list[str]] = {}
        for doc, own in zip(docs, named, strict=True):
            ad = advertisement(doc)
            if own and self._linker_of(ad) is not None:
                by_language.setdefault(ad.language, []).extend(unnamed_words(ad, own))
        for language, words in by_language.items():
            self.linker.link_many(words, language)

    def to_disk(self, path: Path | str, exclude: tuple[str, ...] = ()) -> None:
        """Save the matcher's tables."""
        if self.matcher is not None:
            self.matcher.to_disk(Path(path))

    def from_disk(self, path: Path | str, exclude: tuple[str, ...] = ()) -> SkillReader:
        """Load the matcher's tables."""
        return self.use(LabelMatcher.from_disk(Path(path)))


def write_spans(doc: Doc, key: str) -> None:
    """Write the mentions of the text as a span group; a document without words (see `nlp.reading`) takes none."""
    if not len(doc):
        return
    mentions: tuple[SkillMention, ...] = doc._.skills
    spans = [
        char_span(doc, mention.start, mention.end, mention.status.value, mention.uri or "")
        for mention in mentions
        if mention.field == "description_text"
    ]
    doc.spans[key] = [span for span in spans if span is not None]


def _in_text(
    matcher: LabelMatcher, ad: Advertisement, zones: tuple[ZoneSpan, ...], contacts: tuple[ContactSpan, ...]
) -> Iterator[SkillMention]:
    starts = [zone.start for zone in zones]
    contact_starts = [contact.start for contact in contacts]
    labels = matcher.match_folded(ad.text, ad.folded, ad.language)
    short = short_labels(ad.text, labels, matcher.names, ad.language)
    for match in sorted([*labels, *short], key=lambda label: label.start) if short else labels:
        before = bisect_left(contact_starts, match.end) - 1
        if before >= 0 and contacts[before].end > match.start:
            continue  # part of a name or address
        zone = zones[bisect_right(starts, match.start) - 1].zone if zones else Zone.OTHER
        yield _mention(match, ad.text, SkillStatus.MENTIONED, zone, "description_text")


def _in_title(find: Find, posting: Posting, language: str | None) -> list[SkillMention]:
    """A skill in the title is what the job is about: a duty."""
    if not posting.title:
        return []
    return [_mention(match, posting.title, SkillStatus.DUTY, Zone.DUTIES, "title") for match in find(posting.title, language)]


def _in_board_field(find: Find, names: LabelNames, posting: Posting, language: str | None) -> list[SkillMention]:
    """Skills that the board lists are required; offsets count in the list joined by newlines. One without a concept keeps its words."""
    mentions: list[SkillMention] = []
    joined = "\n".join(posting.skills)
    start = 0
    for words in posting.skills:
        matches = find(words, language)
        for match in matches:
            moved = match._replace(start=match.start + start, end=match.end + start)
            mentions.append(_mention(moved, joined, SkillStatus.REQUIRED, Zone.REQUIREMENTS, "skills"))
        if not matches and words.strip():
            whole = form_of_label(names, words, language, start=start) or LabelMatch(
                "", start, start + len(words), 0.5, "board_field", None
            )
            mentions.append(_mention(whole, joined, SkillStatus.REQUIRED, Zone.REQUIREMENTS, "skills"))
        start += len(words) + 1
    return mentions


def _mention(match: LabelMatch, text: str, status: SkillStatus, zone: Zone, field: str) -> SkillMention:
    return SkillMention(
        uri=match.uri or None,
        start=match.start,
        end=match.end,
        text=text[match.start : match.end],
        score=match.score,
        status=status,
        kind=match.kind,
        zone=zone,
        rule=match.rule,
        field=field,
    )


@Language.factory("labourscope_skills", assigns=["doc._.skills", "doc.spans"], default_config={"spans_key": "skills"})
def create_skill_reader(nlp: Language, name: str, spans_key: str) -> SkillReader:
    """Make the component, still without labels."""
    register_extensions()
    return SkillReader(name, spans_key)
