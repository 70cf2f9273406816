"""From postings and their links to vacancies with ids that stay."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from vacancies.merging.links import certain_links
from vacancies.merging.signature import places_agree, signature_of
from vacancies.posting import Posting, PostingLife
from vacancies.vacancy import PostingLink, Vacancy

REPOST_AFTER: Final = timedelta(days=21)  # between the end of one posting and the beginning of the next: the job is advertised anew
_OPEN: Final = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Member:
    posting_id: str
    board: str
    is_doubtful: bool  # an excerpt, or guessed
    text_length: int
    place: str
    begin: datetime
    life: PostingLife

    @property
    def end(self) -> datetime:
        return _OPEN if self.life.gone_at is None else max(self.life.last_seen, self.begin)


def merge(
    postings: Iterable[Posting], lives: Iterable[PostingLife], regions_of: Mapping[str, str], previous: Iterable[Vacancy] = ()
) -> list[Vacancy]:
    """Put postings of the same job together; a posting without a life is left out.

    Postings that lie more than three weeks apart are not copies: the later vacancy names the earlier one in `repost_of`. A vacancy never
    holds two known places. `regions_of` gives a posting's NUTS code where one was read. A vacancy takes its first posting's id (earliest
    first seen, then id); where `previous` already knows one of its postings, the oldest such vacancy's id stays. Ordered by vacancy id.
    """
    life_of = {life.posting_id: life for life in lives}
    members: dict[str, _Member] = {}
    signatures = []
    for posting in postings:
        life = life_of.get(posting.posting_id)
        if life is not None:
            signature = signature_of(posting, regions_of)
            members[posting.posting_id] = _member(posting, life, signature.place)
            signatures.append(signature)
    signatures.sort(key=lambda signature: _age(members[signature.posting_id]))
    clusters = _cluster(members, certain_links(signatures))
    known = {posting_id: vacancy for vacancy in previous for posting_id in vacancy.posting_ids}
    return _name_vacancies([[members[posting_id] for posting_id in group] for group in clusters.groups], clusters, known)


def _member(posting: Posting, life: PostingLife, place: str) -> _Member:
    posted = posting.date_posted
    begin = life.first_seen if posted is None else min(life.first_seen, datetime(posted.year, posted.month, posted.day, tzinfo=UTC))
    doubtful = posting.description_is_excerpt or posting.is_guessed
    return _Member(posting.posting_id, posting.board, doubtful, len(posting.description_text), place, begin, life)


def _age(member: _Member) -> tuple[object, str]:
    return (member.life.first_seen, member.posting_id)


@dataclass(frozen=True, slots=True)
class _Clusters:
    groups: list[list[str]]
    links: Mapping[str, list[PostingLink]]  # those that joined something, under their later posting
    reposts: Mapping[str, str]  # posting -> posting of the same job that had ended long before


def _cluster(members: Mapping[str, _Member], links: Iterable[PostingLink]) -> _Clusters:
    """Join linked postings (union-find), the surer links first."""
    parent = {posting_id: posting_id for posting_id in members}
    place = {posting_id: member.place for posting_id, member in members.items()}

    def root(item: str) -> str:
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    kept: dict[str, list[PostingLink]] = defaultdict(list)
    reposts: dict[str, str] = {}
    for link in links:
        earlier, later = sorted((members[link.posting_id], members[link.other_id]), key=lambda member: (member.begin, member.posting_id))
        if later.begin - REPOST_AFTER > min(earlier.end, _OPEN - REPOST_AFTER):
            reposts.setdefault(later.posting_id, earlier.posting_id)
            continue
        left, right = root(link.posting_id), root(link.other_id)
        if left != right and places_agree(place[left], place[right]):
            parent[left] = right
            place[right] = max(place[left], place[right], key=len)
            kept[link.posting_id].append(link)
    groups: dict[str, list[str]] = defaultdict(list)
    for posting_id in members:
        groups[root(posting_id)].append(posting_id)
    return _Clusters(list(groups.values()), kept, reposts)


def _name_vacancies(groups: list[list[_Member]], clusters: _Clusters, known: Mapping[str, Vacancy]) -> list[Vacancy]:
    named: dict[str, list[_Member]] = {}
    for group in sorted((sorted(group, key=_age) for group in groups), key=lambda members: _age(members[0])):
        former = sorted({(v.first_seen, v.vacancy_id) for m in group if (v := known.get(m.posting_id)) is not None})
        names = [vacancy_id for _, vacancy_id in former] + [member.posting_id for member in group]
        named[next(candidate for candidate in names if candidate not in named)] = group
    vacancy_of = {member.posting_id: name for name, group in named.items() for member in group}
    return [_vacancy(name, named[name], clusters, vacancy_of) for name in sorted(named)]


def _worth(member: _Member) -> tuple[bool, bool, int, tuple[object, str]]:
    """Open before gone, whole and stated texts before excerpts and guesses, long before short, old before new."""
    return member.life.gone_at is not None, member.is_doubtful, -member.text_length, _age(member)


def _vacancy(name: str, group: list[_Member], clusters: _Clusters, vacancy_of: Mapping[str, str]) -> Vacancy:
    is_open = [member.life.gone_at is None for member in group]
    representative = min(group, key=_worth)
    forerunners = (vacancy_of[clusters.reposts[member.posting_id]] for member in group if member.posting_id in clusters.reposts)
    return Vacancy(
        vacancy_id=name,
        posting_ids=tuple(member.posting_id for member in group),
        representative_id=representative.posting_id,
        links=tuple(link for member in group for link in clusters.links.get(member.posting_id, ())),
        boards=tuple(sorted({member.board for member in group})),
        first_seen=min(member.life.first_seen for member in group),
        last_seen=max(member.life.last_seen for member in group),
        gone_at=None if any(is_open) else max(member.life.gone_at for member in group if member.life.gone_at is not None),
        repost_of=next((forerunner for forerunner in forerunners if forerunner != name), None),
    )
