"""`labourscope_senses`: what mentions mean in their context: one of several concepts of a name, or none for an everyday word."""

from __future__ import annotations

from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from nlp.advertisement import advertisement
from nlp.components.skills import write_spans
from nlp.extensions import register_extensions
from nlp.folding import fold
from nlp.label_guard import Guard, guarded_labels, passes
from nlp.senses.sense_chooser import Context, SenseChooser
from nlp.senses.shared_labels import SharedLabels
from vacancies.enriched import SkillMention

_SURE_WORD: Final = 0.9  # score from which an everyday word is a skill whatever stands around it
_SUPPORTED: Final = 0.35  # support (see `SenseChooser`) that makes it one, too
_AROUND: Final = 160  # characters on both sides that are its sentence


class SenseReader:
    """Changes the concept of mentions in `Doc._.skills`, or takes it away; without `use` it leaves all as they are."""

    def __init__(self, name: str, spans_key: str) -> None:
        self.name = name
        self.spans_key = spans_key
        self._labels: SharedLabels | None = None
        self._chooser: SenseChooser | None = None

    def use(self, labels: SharedLabels, chooser: SenseChooser) -> SenseReader:
        """Decide by these from now on."""
        self._labels, self._chooser = labels, chooser
        return self

    def __call__(self, doc: Doc) -> Doc:
        """Decide the mentions of a document that its context can decide."""
        if self._labels is None or self._chooser is None or not doc._.skills:
            return doc
        decided = tuple(self._decided(doc, mention, self._labels, self._chooser) for mention in doc._.skills)
        if decided != doc._.skills:
            doc._.skills = decided
            write_spans(doc, self.spans_key)
        return doc

    def _decided(self, doc: Doc, mention: SkillMention, labels: SharedLabels, chooser: SenseChooser) -> SkillMention:
        if mention.uri is None or mention.field != "description_text":
            return mention
        ad = advertisement(doc)
        senses = labels.senses(mention.text, ad.language)
        if mention.uri in [sense.uri for sense in senses]:
            chosen = chooser.chosen(mention.uri, senses, _context(doc, mention))
            if chosen == mention.uri:
                return mention
            return mention.model_copy(update={"uri": chosen, "kind": chooser.kind(chosen) or mention.kind, "rule": "context"})
        is_sure = mention.score >= _SURE_WORD and fold(mention.text) not in guarded_labels().doubtful
        is_open = not is_sure and _is_everyday(mention.text) and not _is_listed(ad.text, ad.folded, mention)
        if is_open and chooser.support(mention.uri, _context(doc, mention)) < _SUPPORTED:
            return mention.model_copy(update={"uri": None, "rule": "tagger"})
        return mention


def _context(doc: Doc, mention: SkillMention) -> Context:
    skills = {other.uri for other in doc._.skills if other.uri is not None and other.text != mention.text}
    occupations = tuple((reading.uri, reading.score) for reading in doc._.occupations if reading.uri is not None)
    text = advertisement(doc).text
    around = f"{text[max(0, mention.start - _AROUND) : mention.start]} {text[mention.end : mention.end + _AROUND]}"
    return Context(tuple(sorted(skills)), occupations, around)


def _is_everyday(text: str) -> bool:
    return guarded_labels().guard_of(text, fold(text)) in (Guard.CAPITAL, Guard.LISTED)


def _is_listed(text: str, folded: str, mention: SkillMention) -> bool:
    """Whether it stands in a list, or beside a word that tells: "Java, Rust", "programming in C"."""
    context = guarded_labels().context
    return passes(Guard.LISTED, mention.text, text, folded, start=mention.start, end=mention.end, context=context)


@Language.factory("labourscope_senses", assigns=["doc._.skills", "doc.spans"], default_config={"spans_key": "skills"})
def create_sense_reader(nlp: Language, name: str, spans_key: str) -> SenseReader:
    """Make the component, still without labels."""
    register_extensions()
    return SenseReader(name, spans_key)
