"""Turns texts into vectors with a sentence model: tokens by its own tokenizer, vectors by ONNX Runtime, pooled as its folder says."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple, Self

import numpy as np
import numpy.typing as npt

from nlp.linker.bags import Floats, unit_length
from nlp.sentence_linker.error import SentenceModelUnusable
from nlp.sentence_linker.model_folder import ModelFiles, Pooling, SentenceModel, content_hash, find_files

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Encoding, Tokenizer

_TOKENS_AT_ONCE: Final = 8192  # of a batch, padding included
_TEXTS_AT_ONCE: Final = 128
_TOKENISED_AT_ONCE: Final = 4096  # texts
_POOLED: Final = "sentence_embedding"  # the name of an output that needs no pooling
_KNOWN_INPUTS: Final = frozenset({"input_ids", "attention_mask", "token_type_ids", "position_ids"})
_SENTENCES: Final = "take a model that embeds sentences"
_AGAIN: Final = "copy it anew from the model's export"
_EXTRA: Final = "install it with: pip install 'labourscope[sentence-linker]'"


class Embedder:
    """A sentence model ready to embed. Make it with `load`; not to be shared between threads."""

    def __init__(self, files: ModelFiles, tokenizer: Tokenizer, session: InferenceSession) -> None:
        self._pooling = files.pooling
        self._tokenizer = tokenizer
        self._session = session
        self._inputs = {entry.name for entry in session.get_inputs()}
        outputs = [entry.name for entry in session.get_outputs()]
        self._output = _POOLED if _POOLED in outputs else outputs[0]
        self.content_hash = content_hash(files)
        self.dimensions = 0

    @classmethod
    def load(cls, model: SentenceModel) -> Self:
        """Load the model of a folder and try it on a word. Raises SentenceModelUnusable, saying what mends it."""
        files = find_files(model.folder)
        embedder = cls(files, _tokenizer(files), _session(files, model.threads))
        embedder._try(files)
        return embedder

    def embed(self, texts: Sequence[str]) -> Floats:
        """One vector of length 1 for each text (rows), in order; a text without a known token has one too."""
        found = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        by_length = sorted(range(len(texts)), key=lambda at: len(texts[at]))
        for start in range(0, len(by_length), _TOKENISED_AT_ONCE):
            places = by_length[start : start + _TOKENISED_AT_ONCE]
            encodings = self._tokenizer.encode_batch([texts[at] for at in places])
            for batch in _batches([len(encoding.ids) for encoding in encodings]):
                found[[places[at] for at in batch]] = self._embedded([encodings[at] for at in batch])
        return found

    def _embedded(self, encodings: Sequence[Encoding]) -> Floats:
        tokens = _padded(encodings)
        answer: Floats = self._session.run([self._output], {name: getattr(tokens, name) for name in self._inputs})[0]
        rows = answer if answer.ndim == 2 else _pooled(answer, tokens.attention_mask, self._pooling)
        return unit_length(rows.astype(np.float32, copy=False))

    def _try(self, files: ModelFiles) -> None:
        if unknown := self._inputs - _KNOWN_INPUTS:
            raise SentenceModelUnusable(f"{files.network} wants {', '.join(sorted(unknown))}, which no text gives; {_SENTENCES}")
        try:
            rows = self._embedded([self._tokenizer.encode("work"), self._tokenizer.encode("")])
        except _runtime_errors() as error:
            why = "tokenizer and network must be of one export"
            raise SentenceModelUnusable(f"{files.network} fails on a word ({error}); {why}") from error
        if rows.ndim != 2 or not np.isfinite(rows).all():
            raise SentenceModelUnusable(f"{files.network} gives no vector for a text; {_SENTENCES}")
        self.dimensions = rows.shape[1]


class _Tokens(NamedTuple):
    """Texts as the network takes them, texts x tokens."""

    input_ids: npt.NDArray[np.int64]
    attention_mask: npt.NDArray[np.int64]
    token_type_ids: npt.NDArray[np.int64]
    position_ids: npt.NDArray[np.int64]


def _padded(encodings: Sequence[Encoding]) -> _Tokens:
    longest = max(1, *(len(encoding.ids) for encoding in encodings))
    numbers, there, types = (np.zeros((len(encodings), longest), dtype=np.int64) for _ in range(3))
    for at, encoding in enumerate(encodings):
        size = len(encoding.ids)
        numbers[at, :size] = encoding.ids
        there[at, :size] = 1
        types[at, :size] = encoding.type_ids
    return _Tokens(numbers, there, types, np.tile(np.arange(longest), (len(encodings), 1)))


def _pooled(answer: Floats, there: npt.NDArray[np.int64], pooling: Pooling) -> Floats:
    """The vectors of tokens (texts x tokens x dimensions) as one for each text."""
    if pooling is Pooling.FIRST:
        return np.asarray(answer[:, 0], dtype=np.float32)
    if pooling is Pooling.LAST:
        return np.asarray(answer[np.arange(len(answer)), np.maximum(there.sum(axis=1) - 1, 0)], dtype=np.float32)
    mask = there[:, :, None].astype(np.float32)
    if pooling is Pooling.GREATEST:
        return np.asarray(np.where(mask > 0, answer, np.float32(-1e9)).max(axis=1), dtype=np.float32)
    return np.asarray((answer * mask).sum(axis=1) / np.maximum(mask.sum(axis=1), 1), dtype=np.float32)


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Places of texts of like length that go through the network together."""
    batch: list[int] = []
    for at in sorted(range(len(lengths)), key=lambda at: lengths[at]):
        if batch and (len(batch) == _TEXTS_AT_ONCE or (len(batch) + 1) * lengths[at] > _TOKENS_AT_ONCE):
            yield batch
            batch = []
        batch.append(at)
    if batch:
        yield batch


def _tokenizer(files: ModelFiles) -> Tokenizer:
    try:
        from tokenizers import Tokenizer
    except ImportError as error:
        raise SentenceModelUnusable(f"the sentence model in {files.folder} needs the library `tokenizers`; {_EXTRA}") from error
    try:
        text = files.tokenizer.read_text(encoding="utf-8")
        json.loads(text)
        tokenizer = Tokenizer.from_str(text)
    except Exception as error:  # the library raises no narrower one for what it cannot read
        raise SentenceModelUnusable(f"{files.tokenizer} is damaged or of another kind ({error}); {_AGAIN}") from error
    tokenizer.no_padding()
    tokenizer.enable_truncation(files.max_length)
    return tokenizer


def _session(files: ModelFiles, threads: int) -> InferenceSession:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(str(files.network), options, providers=["CPUExecutionProvider"])
    except _runtime_errors() as error:
        raise SentenceModelUnusable(f"{files.network} is damaged or no ONNX model ({error}); {_AGAIN}") from error


def _runtime_errors() -> tuple[type[Exception], ...]:
    """What ONNX Runtime raises for models that it cannot read or run; they have no common base."""
    from onnxruntime.capi import onnxruntime_pybind11_state as state

    return (
        state.Fail, state.InvalidArgument, state.InvalidGraph, state.InvalidProtobuf, state.NotImplemented, state.RuntimeException,
        state.NoSuchFile,
    )  # fmt: skip
