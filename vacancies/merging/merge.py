"""From postings and their links to vacancies with ids that stay."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from vacancies.merging.links import certain_links
from vacancies.merging.signature import signature_of
from vacancies.posting import Posting, PostingLife
from vacancies.vacancy import PostingLink, Vacancy


@dataclass(frozen=True, slots=True)
class _Member:
    posting_id: str
    board: str
    text_length: int
    life: PostingLife


def merge(
    postings: Iterable[Posting], lives: Iterable[PostingLife], regions_of: Mapping[str, str], previous: Iterable[Vacancy] = ()
) -> list[Vacancy]:
    """Put postings of the same job together; a posting without a life is left out.

    `regions_of` gives a posting's NUTS code where one was read. A vacancy takes its first posting's id (earliest first seen, then id);
    where `previous` already knows one of its postings, the oldest such vacancy's id stays. Result is ordered by vacancy id.
    """
    life_of = {life.posting_id: life for life in lives}
    members: dict[str, _Member] = {}
    signatures = []
    for posting in postings:
        life = life_of.get(posting.posting_id)
        if life is not None:
            members[posting.posting_id] = _Member(posting.posting_id, posting.board, len(posting.description_text), life)
            signatures.append(signature_of(posting, regions_of))
    signatures.sort(key=lambda signature: _age(members[signature.posting_id]))
    clusters, links = _cluster(list(members), certain_links(signatures))
    known = {posting_id: vacancy for vacancy in previous for posting_id in vacancy.posting_ids}
    return _name_vacancies([[members[posting_id] for posting_id in cluster] for cluster in clusters], links, known)


def _age(member: _Member) -> tuple[object, str]:
    return (member.life.first_seen, member.posting_id)


def _cluster(posting_ids: list[str], links: Iterable[PostingLink]) -> tuple[list[list[str]], dict[str, list[PostingLink]]]:
    """Join linked postings (union-find); keeps just the links that joined something, under their later posting."""
    parent = {posting_id: posting_id for posting_id in posting_ids}

    def root(item: str) -> str:
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    kept: dict[str, list[PostingLink]] = defaultdict(list)
    for link in links:
        left, right = root(link.posting_id), root(link.other_id)
        if left != right:
            parent[left] = right
            kept[link.posting_id].append(link)
    clusters: dict[str, list[str]] = defaultdict(list)
    for posting_id in posting_ids:
        clusters[root(posting_id)].append(posting_id)
    return list(clusters.values()), kept


def _name_vacancies(clusters: list[list[_Member]], links: Mapping[str, list[PostingLink]], known: Mapping[str, Vacancy]) -> list[Vacancy]:
    vacancies: dict[str, Vacancy] = {}
    for cluster in sorted((sorted(cluster, key=_age) for cluster in clusters), key=lambda members: _age(members[0])):
        former = sorted({(v.first_seen, v.vacancy_id) for m in cluster if (v := known.get(m.posting_id)) is not None})
        names = [vacancy_id for _, vacancy_id in former] + [member.posting_id for member in cluster]
        name = next(candidate for candidate in names if candidate not in vacancies)
        vacancies[name] = _vacancy(name, cluster, links)
    return [vacancies[name] for name in sorted(vacancies)]


def _vacancy(name: str, cluster: list[_Member], links: Mapping[str, list[PostingLink]]) -> Vacancy:
    is_open = [member.life.gone_at is None for member in cluster]
    representative = min(cluster, key=lambda member: (member.life.gone_at is not None, -member.text_length, _age(member)))
    return Vacancy(
        vacancy_id=name,
        posting_ids=tuple(member.posting_id for member in cluster),
        representative_id=representative.posting_id,
        links=tuple(link for member in cluster for link in links.get(member.posting_id, ())),
        boards=tuple(sorted({member.board for member in cluster})),
        first_seen=min(member.life.first_seen for member in cluster),
        last_seen=max(member.life.last_seen for member in cluster),
        gone_at=None if any(is_open) else max(member.life.gone_at for member in cluster if member.life.gone_at is not None),
    )
