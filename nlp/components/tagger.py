"""`labourscope_tagger`: what the trained network says of each text, many texts at a time; the components behind it read from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from nlp.advertisement import advertisement
from nlp.extensions import register_extensions
from nlp.label_matcher import LabelMatcher
from nlp.tagger.tagger import SpanTagger, shipped_tagger

_TEXTS_AT_ONCE: Final = 64


class TaggerComponent:
    """Sets `Doc._.tagged` (`nlp.tagger.tagger.TaggedText`) and `Doc._.labels`, the labels of the taxonomy found in the text.

    It reads with the tagger that comes along, or with one given by `use`; labels are found once a matcher is given.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.matcher: LabelMatcher | None = None
        self._tagger: SpanTagger | None = None

    @property
    def tagger(self) -> SpanTagger:
        """The tagger it reads with."""
        if self._tagger is None:
            self._tagger = shipped_tagger()
        return self._tagger

    def use(self, matcher: LabelMatcher | None = None, tagger: SpanTagger | None = None) -> TaggerComponent:
        """Read with this matcher and this tagger from now on (None: leave as it is)."""
        self.matcher = matcher or self.matcher
        self._tagger = tagger or self._tagger
        return self

    def __call__(self, doc: Doc) -> Doc:
        """Read one document."""
        self._read([doc])
        return doc

    def pipe(self, stream: Iterable[Doc], batch_size: int = _TEXTS_AT_ONCE) -> Iterator[Doc]:
        """Read documents, some at a time."""
        source = iter(stream)
        while docs := list(islice(source, _TEXTS_AT_ONCE)):
            self._read(docs)
            yield from docs

    def _read(self, docs: Sequence[Doc]) -> None:
        ads = [advertisement(doc) for doc in docs]
        labels = [() if self.matcher is None else tuple(self.matcher.match_folded(ad.text, ad.folded, ad.language)) for ad in ads]
        for doc, own, tagged in zip(docs, labels, self.tagger.read(ads, labels), strict=True):
            doc._.labels = own
            doc._.tagged = tagged

    def to_disk(self, path: Path | str, exclude: tuple[str, ...] = ()) -> None:
        """Save the matcher's tables; the tagger is a part of the package, or kept where it was trained."""
        if self.matcher is not None:
            self.matcher.to_disk(Path(path))

    def from_disk(self, path: Path | str, exclude: tuple[str, ...] = ()) -> TaggerComponent:
        """Load the matcher's tables."""
        return self.use(LabelMatcher.from_disk(Path(path)))


@Language.factory("labourscope_tagger", assigns=["doc._.tagged", "doc._.labels"])
def create_tagger(nlp: Language, name: str) -> TaggerComponent:
    """Make the component."""
    register_extensions()
    return TaggerComponent(name)
