"""The folder of a sentence model, as sentence-transformers and optimum export it: network, tokenizer, pooling, length.

model.onnx or onnx/model.onnx     the network (with model.onnx_data beside it when it is large)
tokenizer.json                    at the top, or beside the network
sentence_bert_config.json         optional: max_seq_length; else tokenizer_config.json's model_max_length, else 128
1_Pooling/config.json             optional: how vectors of words become one; else their mean
modules.json                      optional: refused where it names layers behind the pooling that the export lacks
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Final, cast

from nlp.sentence_linker.error import SentenceModelUnusable

_NETWORKS: Final = ("model.onnx", "onnx/model.onnx")
_TOKENIZERS: Final = ("tokenizer.json", "onnx/tokenizer.json")
_LENGTHS: Final = (("sentence_bert_config.json", "max_seq_length"), ("tokenizer_config.json", "model_max_length"))
_POOLING: Final = "1_Pooling/config.json"
_MODULES: Final = "modules.json"
_MODULE_KINDS: Final = ("Transformer", "Pooling", "Normalize")
_USUAL_LENGTH: Final = 128
_LONGEST: Final = 8192  # "no limit" is written as a number of thirty digits
_EXPORT: Final = "export the model to ONNX anew (for example `optimum-cli export onnx`) and name its folder by LABOURSCOPE_SENTENCE_MODEL"


class Pooling(StrEnum):
    """How the vectors of a text's tokens become the text's vector; values are the endings of sentence-transformers' names."""

    MEAN = "mean"
    FIRST = "cls"
    GREATEST = "max"
    LAST = "lasttoken"


@dataclass(frozen=True)
class SentenceModel:
    """The sentence model to link with: its folder, and how many threads it may use (1 or more)."""

    folder: Path
    threads: int = 1


@dataclass(frozen=True)
class ModelFiles:
    """What is used of a folder. `max_length` counts tokens."""

    folder: Path
    network: Path
    tokenizer: Path
    max_length: int
    pooling: Pooling

    @property
    def content(self) -> list[Path]:
        """All files that change a vector when they change."""
        settings = [self.folder / name for name in (*(name for name, _ in _LENGTHS), _POOLING)]
        return [*sorted(self.network.parent.glob(f"{self.network.name}*")), self.tokenizer, *(path for path in settings if path.is_file())]


def find_files(folder: Path) -> ModelFiles:
    """Find the files of a model's folder and read its settings. Raises SentenceModelUnusable, naming what is missing or damaged."""
    if not folder.is_dir():
        raise SentenceModelUnusable(f"the folder of the sentence model, {folder}, does not exist; {_EXPORT}, or leave it unset")
    _refuse_further_layers(folder)
    return ModelFiles(folder, _first(folder, _NETWORKS), _first(folder, _TOKENIZERS), _max_length(folder), _pooling(folder))


def content_hash(files: ModelFiles) -> str:
    """A digest (hexadecimal) of everything that decides a model's vectors: models with the same one embed alike."""
    return _digest(tuple((path, path.stat().st_size, path.stat().st_mtime_ns) for path in files.content), files.folder)


@lru_cache(maxsize=8)
def _digest(files: tuple[tuple[Path, int, int], ...], folder: Path) -> str:
    digest = hashlib.sha256()
    for path, size, _ in files:
        digest.update(f"{path.relative_to(folder)} {size}\n".encode())
        with path.open("rb") as source:
            digest.update(hashlib.file_digest(source, "sha256").digest())
    return digest.hexdigest()


def _first(folder: Path, names: tuple[str, ...]) -> Path:
    found = next((folder / name for name in names if (folder / name).is_file()), None)
    if found is None:
        raise SentenceModelUnusable(f"the sentence model in {folder} lacks {' or '.join(names)}; {_EXPORT}")
    return found


def _read(path: Path) -> object:
    """A JSON file's content; None where there is no such file."""
    try:
        return cast("object", json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise SentenceModelUnusable(f"{path} of the sentence model cannot be read ({error}); {_EXPORT}") from error


def _max_length(folder: Path) -> int:
    for name, key in _LENGTHS:
        settings = _read(folder / name)
        length = settings.get(key) if isinstance(settings, dict) else None
        if isinstance(length, int | float) and 0 < length <= _LONGEST:
            return int(length)
    return _USUAL_LENGTH


def _pooling(folder: Path) -> Pooling:
    settings = _read(folder / _POOLING)
    if not isinstance(settings, dict):
        return Pooling.MEAN
    asked = {key.removeprefix("pooling_mode_") for key, is_on in settings.items() if is_on is True}
    asked.add(str(settings.get("pooling_mode", "")))
    modes = [mode for mode in Pooling if asked & {mode.value, f"{mode.value}_token", f"{mode.value}_tokens"}]
    if len(modes) != 1:
        known = ", ".join(Pooling)
        raise SentenceModelUnusable(f"{folder / _POOLING} asks for another pooling than one of {known}; take a model with one of these")
    return modes[0]


def _refuse_further_layers(folder: Path) -> None:
    modules = _read(folder / _MODULES)
    kinds = [str(module.get("type", "")) for module in modules if isinstance(module, dict)] if isinstance(modules, list) else []
    if further := [kind for kind in kinds if kind.rpartition(".")[2] not in _MODULE_KINDS]:
        more = ", ".join(further)
        raise SentenceModelUnusable(f"the sentence model in {folder} has layers that its ONNX export lacks ({more}); take another model")
