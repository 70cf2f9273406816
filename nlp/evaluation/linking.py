"""Measures linkers: sentences to the concepts they speak of, names to the concepts they are."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from nlp.evaluation.error import GoldInvalid
from nlp.evaluation.folds import in_folds
from nlp.evaluation.gold import LinkingRecord, NameRecord, language_in_name, read_records
from nlp.evaluation.quality import (
    LinkDifference,
    LinkFigures,
    LinkingQuality,
    NameDifference,
    NameFigures,
    NameQuality,
    Slip,
    few_words,
)
from nlp.evaluation.rank_figures import hit_at, r_precision_at, reciprocal_rank
from nlp.evaluation.readers import LearningLinker, Linker, LinkExample, NamingLinker
from nlp.evaluation.tally import Figure, Tally, share
from taxonomies.taxonomy import Taxonomy

_SLIPS: Final = 8
_EXACT: Final = "exact"


class Rival(NamedTuple):
    """Another linker to be compared with."""

    name: str
    linker: Linker


class _Asked(NamedTuple):
    """A text, its gold concepts (each once) and the groups it counts in."""

    text: str
    gold: tuple[str, ...]
    language: str | None
    kind: str


class _Answer(NamedTuple):
    asked: _Asked
    scores: tuple[float, ...]
    first: str | None  # the concept ranked first


def evaluate_linking(
    path: Path | Sequence[Path], linker: Linker, taxonomy: Taxonomy, *, reader: str = "", folds: int = 0, against: Rival | None = None
) -> LinkingQuality:
    """Rank the taxonomy's skills for each sentence; with `folds` a linker that learns does so from the other folds.

    Several files count as one. `against` names another linker to compare with, text by text. Raises GoldInvalid for a file of another
    form and NothingToLearn for one with fewer sentences than folds.
    """
    records = [(record, own) for own in _paths(path) for record in read_records(own, LinkingRecord)]
    asked = [
        _Asked(record.text, tuple(dict.fromkeys(label.uri for label in record.labels)), record.lang or language_in_name(own), "")
        for record, own in records
        if record.labels
    ]
    answers = _answers(path, linker, asked, folds, _link_scores)
    return LinkingQuality(
        **dict(_link_figures(answers)),
        left_out=len(records) - len(asked),
        unknown_gold=_unknown(asked, taxonomy),
        reader=reader,
        folds=folds if isinstance(linker, LearningLinker) else 0,
        by_language={name: _link_figures(own) for name, own in _grouped(answers, lambda a: a.asked.language).items()},
        difference=None if against is None else _link_difference(answers, path, against),
        slips=_slips(answers, taxonomy),
    )


def evaluate_names(
    path: Path | Sequence[Path], linker: Linker, taxonomy: Taxonomy, *, reader: str = "", folds: int = 0, against: Rival | None = None
) -> NameQuality:
    """Rank the taxonomy's skills for each name; same and close concepts count as right. Otherwise like `evaluate_linking`."""
    records = [(record, own) for own in _paths(path) for record in read_records(own, NameRecord)]
    asked = [
        _Asked(record.query, tuple(dict.fromkeys((*record.exact, *record.close))), record.lang or language_in_name(own), _name_kind(record))
        for record, own in records
        if record.exact or record.close
    ]
    answers = _answers(path, _for_names(linker), asked, folds, _name_scores)
    return NameQuality(
        **dict(_name_figures(answers)),
        left_out=len(records) - len(asked),
        unknown_gold=_unknown(asked, taxonomy),
        reader=reader,
        folds=folds if isinstance(linker, LearningLinker) else 0,
        by_language={name: _name_figures(own) for name, own in _grouped(answers, lambda a: a.asked.language).items()},
        by_kind={name: _name_figures(own) for name, own in _grouped(answers, lambda a: a.asked.kind).items()},
        difference=None if against is None else _name_difference(answers, path, against),
        slips=_slips(answers, taxonomy),
    )


def _paths(path: Path | Sequence[Path]) -> Sequence[Path]:
    return [path] if isinstance(path, Path) else path


def _link_difference(answers: Sequence[_Answer], path: Path | Sequence[Path], against: Rival) -> LinkDifference:
    gains = _gains(answers, _answers(path, against.linker, [answer.asked for answer in answers], 0, _link_scores))
    return LinkDifference(**dict(_link_figures(gains)), against=against.name)


def _name_difference(answers: Sequence[_Answer], path: Path | Sequence[Path], against: Rival) -> NameDifference:
    gains = _gains(answers, _answers(path, _for_names(against.linker), [answer.asked for answer in answers], 0, _name_scores))
    exact = [gain for gain in gains if gain.asked.kind == _EXACT]
    return NameDifference(**dict(_name_figures(gains)), against=against.name, exact=_name_figures(exact or gains))


def _gains(answers: Sequence[_Answer], others: Sequence[_Answer]) -> list[_Answer]:
    """Differences of the scores; the first of them counts the text and stays."""
    return [
        own._replace(scores=(own.scores[0], *(a - b for a, b in zip(own.scores[1:], other.scores[1:], strict=True))))
        for own, other in zip(answers, others, strict=True)
    ]


def _for_names(linker: Linker) -> Linker:
    return linker.for_names() if isinstance(linker, NamingLinker) else linker


def _name_kind(record: NameRecord) -> str:
    return _EXACT if record.exact else "close"


def _link_scores(ranking: Sequence[str], gold: Collection[str]) -> tuple[float, ...]:
    return (1.0, *(r_precision_at(k, ranking, gold) for k in (1, 5, 10)), reciprocal_rank(ranking, gold))


def _name_scores(ranking: Sequence[str], gold: Collection[str]) -> tuple[float, ...]:
    return (1.0, *(hit_at(k, ranking, gold) for k in (1, 5)), reciprocal_rank(ranking, gold))


def _answers(
    path: Path | Sequence[Path],
    linker: Linker,
    asked: Sequence[_Asked],
    folds: int,
    scores: Callable[[Sequence[str], Collection[str]], tuple[float, ...]],
) -> list[_Answer]:
    """The scores of each text, in order."""
    if not asked:
        raise GoldInvalid(f"{', '.join(map(str, _paths(path)))} holds no text with a gold label; nothing can be measured")
    found: dict[int, _Answer] = {}
    learn = _lesson(linker) if isinstance(linker, LearningLinker) else None
    for own, positions in in_folds(linker, asked, folds=folds, text_of=lambda each: each.text, learn=learn):
        for at, ranking in _ranked(own, asked, positions):
            found[at] = _Answer(asked[at], scores(ranking, asked[at].gold), ranking[0] if ranking else None)
    return [found[at] for at in range(len(asked))]


def _lesson(linker: LearningLinker) -> Callable[[Sequence[_Asked]], Linker]:
    return lambda examples: linker.learn([LinkExample(each.text, each.gold) for each in examples])


def _ranked(linker: Linker, asked: Sequence[_Asked], positions: Sequence[int]) -> Iterator[tuple[int, Sequence[str]]]:
    """Rankings by position, language by language."""
    for language in dict.fromkeys(asked[at].language for at in positions):
        own = [at for at in positions if asked[at].language == language]
        yield from zip(own, linker.rank([asked[at].text for at in own], language=language), strict=True)


def _unknown(asked: Sequence[_Asked], taxonomy: Taxonomy) -> int:
    return sum(uri not in taxonomy for each in asked for uri in each.gold)


def _grouped(answers: Sequence[_Answer], group_of: Callable[[_Answer], str | None]) -> dict[str, list[_Answer]]:
    groups: dict[str, list[_Answer]] = {}
    for answer in answers:
        if (group := group_of(answer)) is not None:
            groups.setdefault(group, []).append(answer)
    return dict(sorted(groups.items()))


def _means(answers: Sequence[_Answer]) -> list[Figure]:
    columns = len(answers[0].scores)
    tally = Tally([answer.scores for answer in answers], columns)
    return [tally.figure(share(column, 0)) for column in range(1, columns)]


def _link_figures(answers: Sequence[_Answer]) -> LinkFigures:
    one, five, ten, rank = _means(answers)
    return LinkFigures(
        n=len(answers), rp_at_1=one.value, rp_at_5=five.value, rp_at_10=ten.value, mrr=rank.value,
        rp_at_1_ci=one.interval, rp_at_5_ci=five.interval, rp_at_10_ci=ten.interval, mrr_ci=rank.interval,
    )  # fmt: skip


def _name_figures(answers: Sequence[_Answer]) -> NameFigures:
    one, five, rank = _means(answers)
    return NameFigures(
        n=len(answers), hit_at_1=one.value, hit_at_5=five.value, mrr=rank.value,
        hit_at_1_ci=one.interval, hit_at_5_ci=five.interval, mrr_ci=rank.interval,
    )  # fmt: skip


def _slips(answers: Sequence[_Answer], taxonomy: Taxonomy) -> tuple[Slip, ...]:
    """Some of the texts whose right concepts are ranked last, spread evenly over the file."""
    worst = [answer for answer in answers if answer.scores[-1] < 0.1 and any(uri in taxonomy for uri in answer.asked.gold)]
    step = max(len(worst) // _SLIPS, 1)
    return tuple(_slip(answer, taxonomy) for answer in worst[::step][:_SLIPS])


def _slip(answer: _Answer, taxonomy: Taxonomy) -> Slip:
    right = next(taxonomy.label(uri) for uri in answer.asked.gold if uri in taxonomy)
    read = taxonomy.label(answer.first) if answer.first is not None and answer.first in taxonomy else "nothing"
    return Slip(few_words(answer.asked.text), right, read)
