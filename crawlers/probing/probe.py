"""Probing an address: which platform serves it, may it be fetched, and the row as far as it can be drafted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from protego import Protego
from pydantic import ValidationError

from crawlers.error import ProbeRefused
from crawlers.page_parsers.listing_links import listing_links
from crawlers.politeness.settings import ROBOTS_NAME, user_agent
from crawlers.probing.asking import Asking, Fetched
from crawlers.probing.recognition import (
    Candidate,
    PageSigns,
    Stated,
    by_address,
    by_job_page,
    by_page,
    jobs_first,
    sitemaps_of,
    speaks_of_jobs,
    stated_by,
)
from crawlers.registry import platforms
from vacancies.error import RecordInvalid
from vacancies.source import Source
from vacancies.values.countries import read_country

_MOST: Final = 8  # candidates that are told
_NO_COUNTRY: Final = frozenset({"IO", "AI", "CO", "ME", "TV"})  # endings that sites all over the world bear
_FOR_A_PERSON: Final = {
    "legal_basis": "on what legal basis the board is collected",
    "terms_url": "where its terms stand",
    "terms_read": "the day on which you read them",
    "owner": "who answers for the row in your house",
}
_SITEMAPS: Final = 3  # that are fetched, one leading to the next
_BY_PAGES: Final = frozenset({"generic", "jsonld", "microdata"})  # platforms that follow a listing's links
_BY_ITSELF: Final = 0.8  # a candidate so sure needs no look at an advertisement's page


class RobotsVerdict(NamedTuple):
    """What robots.txt says of the board's first address: `allowed` is None where the file could not be read."""

    address: str
    allowed: bool | None
    says: str
    delay: float | None = None


class Probe(NamedTuple):
    """What probing an address found; `row` is the drafted row's fields, `to_fill` what only a person knows.

    `asked` is what robots.txt says of the address asked, `robots` of the one that a crawl of the row asks first, or of an advertisement
    that it leads to where this is forbidden. `has_failed` says that the address could not be fetched for another reason.
    """

    url: str
    candidates: tuple[Candidate, ...]
    robots: RobotsVerdict | None
    row: dict[str, object]
    to_fill: dict[str, str]
    problems: tuple[str, ...]
    requests: int
    asked: RobotsVerdict | None = None
    has_failed: bool = False

    @property
    def is_forbidden(self) -> bool:
        """Whether robots.txt forbids the address asked or the row's, or could not be read for the row's."""
        asked = self.asked is not None and self.asked.allowed is False
        return asked or (self.robots is not None and not self.robots.allowed)


class _Further(NamedTuple):
    """What further pages show: candidates, whether an advertisement's page was looked at, and what it states."""

    candidates: list[Candidate]
    has_looked: bool = False
    stated: Stated = Stated()


def probe(url: str, *, contact: str, today: date, loopback: bool = False, delay: float = 1.0) -> Probe:
    """Look at an address with three to eight requests; raises ProbeRefused for what is no web address."""
    if not re.match(r"^https?://[^/\s]+", url):
        raise ProbeRefused(f"{url!r} is no address to probe; write it with https://")
    source = _asking_as(url, contact, today, loopback=loopback, delay=delay)
    with Asking(source) as asking:
        page, robots = asking.fetch((url, _robots_of(url)))
        asked = _verdict(robots, url, source)
        has_failed = page.status != 200 and asked.allowed is not False
        signs = by_page(page.body, page.url) if page.status == 200 else PageSigns()
        found = [candidate for candidate in by_address(url) if not has_failed or _wants_key(candidate, page)] + list(signs.candidates)
        further = _Further([])
        if signs.is_advertisement or not any(candidate.sure >= _BY_ITSELF for candidate in found):
            further = _look_further(asking, signs, robots, page.url)
            found = _of_listing(found, page.url) if signs.is_advertisement else found
            found += further.candidates if further.has_looked or not has_failed else []
        candidates = _ranked(found)
        verdict = _verdict_of_crawl(asking, candidates, signs, robots, url) if candidates else None
    signs = signs._replace(
        languages=_once(signs.languages, further.stated.languages), countries=_once(further.stated.countries, signs.countries)
    )
    row, to_fill = _draft(source, candidates, signs, verdict) if candidates or not has_failed else ({}, {})
    problems = tuple(_problems(page, drafted=bool(candidates)))
    return Probe(url, candidates, verdict, row, to_fill, problems, asking.requests, asked, has_failed)


def _once(*values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for each in values for value in each))


def _problems(page: Fetched, *, drafted: bool) -> Iterator[str]:
    """Say why the address asked could not be looked at."""
    end = "" if drafted else "; nothing is drafted from it"
    if page.problem:
        at_home = "; when probing give --loopback, if the board is on this machine" if "loopback: true" in page.problem else ""
        yield f"{page.problem}{at_home}{end}"
    elif page.status != 200:
        yield f"{page.url} answered {page.status}: look at the address in a browser, and correct it{end}"


def _wants_key(candidate: Candidate, page: Fetched) -> bool:
    """Tell whether an address was refused only since its platform wants a key."""
    return page.status in {401, 403} and bool(platforms()[candidate.platform].needed_credentials)


def _of_listing(found: Sequence[Candidate], url: str) -> list[Candidate]:
    """Think less of an advertisement's own page as the address of its board."""
    because = "the address is a single advertisement; give the board's listing page or sitemap as address"
    return [one._replace(sure=0.3, because=because) if (one.platform, one.address) == ("jsonld", url) else one for one in found]


def _verdict_of_crawl(asking: Asking, candidates: Sequence[Candidate], signs: PageSigns, robots: Fetched, url: str) -> RobotsVerdict:
    """Say what robots.txt says of the address that a crawl asks first, or of an advertisement where it forbids this."""
    first = _first_address(candidates[0])
    if _robots_of(first) != _robots_of(url):
        return _verdict(asking.fetch((_robots_of(first),))[0], first, asking.source)
    verdict = _verdict(robots, first, asking.source)
    if verdict.allowed and signs.job_page is not None and candidates[0].platform in _BY_PAGES:
        of_job = _verdict(robots, signs.job_page, asking.source)
        return verdict if of_job.allowed else of_job
    return verdict


def _asking_as(url: str, contact: str, today: date, *, loopback: bool, delay: float) -> Source:
    try:
        return Source(
            board="probe", name="probe", platform="generic", address=url, countries=(), languages=(), legal_basis="a look by a person",
            contact=contact, delay=delay, concurrency=1, loopback=loopback, active_from=today, max_answer_bytes=8 * 1024 * 1024,
        )  # fmt: skip
    except ValidationError as error:
        raise ProbeRefused(f"the address cannot be probed so: {error.errors(include_url=False)[0]['msg']}") from None


def _look_further(asking: Asking, signs: PageSigns, robots: Fetched, url: str) -> _Further:
    """Look at one advertisement's page that the page names, or a sitemap of robots.txt."""
    sitemaps = sitemaps_of(robots.body.decode("utf-8", "replace"), url) if robots.status == 200 else []
    if signs.is_advertisement or signs.job_page is None:
        further = _look_into_sitemap(asking, sitemaps, url)
        return further._replace(candidates=[*further.candidates, *_as_it_is(signs, url)])
    answer = asking.fetch((signs.job_page,))[0]
    if answer.status != 200:
        why = answer.problem or f"it answered {answer.status}"
        return _Further([Candidate("generic", url, 0.2, f"{_named(signs)}; {signs.job_page} could not be looked at: {why}")])
    found = by_job_page(answer.body, answer.url, url)
    because = f"{found.because}; robots.txt names this sitemap: see that it holds every advertisement"
    others = [found._replace(address=address, sure=found.sure + 0.02, because=because) for address in sitemaps[:1]]
    if found.platform == "generic":
        found = found._replace(because=f"{_named(signs)}; {found.because}")
        others = [other._replace(sure=found.sure - 0.1) for other in others]  # what links tell, a sitemap's addresses may not
    return _Further([found, *others], has_looked=True, stated=stated_by(answer.body, answer.url))


def _named(signs: PageSigns) -> str:
    return f"the page leads to {signs.links} pages that look like advertisements"


def _as_it_is(signs: PageSigns, url: str) -> list[Candidate]:
    """Offer a page of which nothing is known but that its address speaks of jobs."""
    if not signs.is_page or signs.is_advertisement or not speaks_of_jobs(url):
        return []
    because = "no link of the page looks like an advertisement: name what their addresses have in common as job_address, or give their list"
    return [Candidate("generic", url, 0.15, because)]


def _look_into_sitemap(asking: Asking, sitemaps: Sequence[str], url: str) -> _Further:
    """Look at one advertisement's page that the first sitemap names, through an index where it is one."""
    unseen = [Candidate("jsonld", address, 0.35, "robots.txt names this sitemap; its pages were not looked at") for address in sitemaps[:2]]
    address = next(iter(sitemaps), None)
    for _ in range(_SITEMAPS):
        if address is None:
            break
        page, address = _in_sitemap(asking.fetch((address,))[0], url)
        if page is not None:
            looked = asking.fetch((page,))[0]
            if looked.status != 200:
                break
            found = by_job_page(looked.body, looked.url, sitemaps[0])
            found = found._replace(because=f"{found.because}; robots.txt names this sitemap, which leads to it")
            return _Further([found], has_looked=True, stated=stated_by(looked.body, looked.url))
    return _Further(unseen)


def _in_sitemap(answer: Fetched, url: str) -> tuple[str | None, str | None]:
    """Give an advertisement's page on the address's own host that a sitemap names, else a sitemap that it leads to."""
    if answer.status != 200:
        return None, None
    try:
        links = listing_links(answer.body, answer.url)
    except RecordInvalid:
        return None, None
    own = (link for link in links.details if urlsplit(link).netloc == urlsplit(url).netloc)
    return next(own, None), next(iter(jobs_first(links.listings)), None)


def _ranked(found: Sequence[Candidate]) -> tuple[Candidate, ...]:
    best: dict[tuple[str, str], Candidate] = {}
    for candidate in sorted(found, key=lambda one: -one.sure):
        best.setdefault((candidate.platform, candidate.address), candidate)
    return tuple(best.values())[:_MOST]


def _first_address(candidate: Candidate) -> str:
    """Give the address that a crawl of the candidate would ask first."""
    if "://" in candidate.address:
        return candidate.address
    return platforms()[candidate.platform].address_template.format(address=candidate.address)


def _robots_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/robots.txt"


def _verdict(robots: Fetched, first: str, source: Source) -> RobotsVerdict:
    """Read robots.txt as a crawl does: what is not there allows everything, what cannot be fetched nothing (RFC 9309)."""
    if robots.status is not None and 400 <= robots.status < 500:
        return RobotsVerdict(first, True, f"there is none ({robots.status})")
    if robots.status != 200:
        return RobotsVerdict(first, None, f"it could not be fetched ({robots.problem or robots.status}), so nothing is fetched (RFC 9309)")
    rules = Protego.parse(robots.body.decode("utf-8", "replace"))
    delay = rules.crawl_delay(ROBOTS_NAME)
    allowed = rules.can_fetch(first, ROBOTS_NAME)
    says = "it allows the address" if allowed else f"it forbids {first} to {user_agent(source).partition('/')[0]}"
    return RobotsVerdict(first, allowed, says, float(delay) if delay else None)


def _draft(
    source: Source, candidates: Sequence[Candidate], signs: PageSigns, verdict: RobotsVerdict | None
) -> tuple[dict[str, object], dict[str, str]]:
    """Draft the row for what was asked as `source`: what is known, and what a person must say."""
    host = (urlsplit(source.address).hostname or "").removeprefix("www.")
    best = candidates[0] if candidates else None
    token = best.address if best is not None and "://" not in best.address else host
    board = re.sub(r"[^a-z0-9]+", "-", token.lower()).strip("-")[:60] or "board"
    ending = read_country(host.rpartition(".")[2]) if len(host.rpartition(".")[2]) == 2 else None
    countries = list(signs.countries) or ([ending] if ending and ending not in _NO_COUNTRY else [])
    row: dict[str, object] = {"board": board if len(board) > 1 else f"board-{board}", "name": signs.name or host}
    to_fill = dict(_FOR_A_PERSON)
    if best is not None:
        row |= {"platform": best.platform, "address": best.address}
        to_fill |= {f"credentials.{name}": "environment variable that holds it" for name in platforms()[best.platform].needed_credentials}
        to_fill |= {"mapping": "labourscope ingest --draft-mapping proposes one"} if best.platform == "feedfile" else {}
    else:
        to_fill |= {"platform": "not recognised; see labourscope sources platforms", "address": "where its advertisements are listed"}
    for name, values in (("countries", countries), ("languages", list(signs.languages))):
        if values:
            row[name] = values
        else:
            to_fill[name] = "the page does not say"
    if verdict is not None and verdict.allowed is not None:
        row["robots_read"] = source.active_from
    if verdict is not None and verdict.allowed is False:
        to_fill["robots_agreement"] = f"{verdict.says}: only with an agreement, which is named here"
    if verdict is not None and verdict.delay:
        row["delay"] = verdict.delay
    row |= {"contact": source.contact, "active_from": source.active_from}
    return row | ({"loopback": True} if source.loopback else {}), to_fill
