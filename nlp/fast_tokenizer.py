"""A tokenizer for documents that are read by character offsets: words, single symbols, white space; several times faster than spaCy's."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

from spacy import util
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

_TOKEN: Final = re.compile(r"(\w+|[^\w\s]|\s+)( ?)")


class FastTokenizer:
    """Splits at word boundaries only; `Doc.text` is the input, character for character."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Tokenize a text."""
        pairs = _TOKEN.findall(text)
        return Doc(self.vocab, words=[word for word, _ in pairs], spaces=[space == " " for _, space in pairs])

    def to_disk(self, path: Path | str, **_: object) -> None:
        """Nothing to save: the rules are fixed."""

    def from_disk(self, path: Path | str, **_: object) -> FastTokenizer:
        """Nothing to load."""
        return self

    def to_bytes(self, **_: object) -> bytes:
        """Nothing to save."""
        return b""

    def from_bytes(self, data: bytes, **_: object) -> FastTokenizer:
        """Nothing to load."""
        return self


def create_fast_tokenizer() -> Callable[[Language], FastTokenizer]:
    """Make the tokenizer for a `[nlp.tokenizer]` block of a spaCy config."""
    return lambda nlp: FastTokenizer(nlp.vocab)


util.registry.tokenizers.register("labourscope.FastTokenizer.v1", func=create_fast_tokenizer)
