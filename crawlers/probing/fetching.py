"""The probing process: `python -m crawlers.probing.fetching JOB.json`; fetches a few addresses by the rules of a crawl.

A process of its own, since Twisted's reactor cannot be started twice. robots.txt, the address guard, the delay and the limits are those of
a crawled board. It reads lists of addresses as JSON lines from stdin, writes each answer as a JSON line to stdout, its body to a file
beside the job, and ends when stdin is closed.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict
from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.http import Response
from scrapy.settings import Settings
from twisted.python.failure import Failure

from crawlers.credentials import Credentials
from crawlers.job import CrawlOptions
from crawlers.politeness.address_guard import Site
from crawlers.politeness.bearer_token import TokenGrant
from crawlers.politeness.settings import board_settings, process_settings
from vacancies.source import Source


class ProbeJob(BaseModel):
    """As which row to fetch, and where answers go."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: Source
    folder: Path


class Answer(BaseModel):
    """What came of one address: a status with a file, or why there is none."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    asked: str
    url: str
    status: int | None = None
    body: Path | None = None
    problem: str | None = None


class ProbeSpider(Spider):
    """Asks for the addresses that stdin names, round by round, and follows no link."""

    token_grant: TokenGrant | None = None

    def __init__(self, job: ProbeJob) -> None:
        super().__init__(name="probe")
        self.site = Site(job.source.address, loopback=job.source.loopback)
        self.credentials = Credentials({})
        self._job = job
        self._answers = 0

    async def start(self) -> AsyncIterator[Request]:
        """Ask for each round's addresses; robots.txt itself is never forbidden. The next round comes when all answers have."""
        while line := await asyncio.to_thread(sys.stdin.readline):
            addresses: list[str] = json.loads(line)
            hosts = [urlsplit(address).hostname or "" for address in addresses]
            self.site = Site(addresses[0], more_hosts=hosts, loopback=self._job.source.loopback)
            for address in addresses:
                meta = {"dont_obey_robotstxt": True} if urlsplit(address).path == "/robots.txt" else {}
                yield Request(
                    address, callback=self._on_answer, errback=self._on_failure, cb_kwargs={"asked": address}, meta=meta, dont_filter=True
                )

    def _on_answer(self, response: Response, asked: str) -> None:
        self._answers += 1
        path = self._job.folder / f"answer-{self._answers}"
        path.write_bytes(response.body)
        _write(Answer(asked=asked, url=response.url, status=response.status, body=path))

    def _on_failure(self, failure: Failure) -> None:
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it
        asked = request.cb_kwargs["asked"]
        problem = str(failure.value) or type(failure.value).__name__
        _write(Answer(asked=asked, url=request.url, problem=problem[:500]))


def _write(answer: Answer) -> None:
    sys.stdout.write(answer.model_dump_json() + "\n")
    sys.stdout.flush()


def main(arguments: list[str]) -> int:
    """Run the job of the file named until stdin is closed."""
    job = ProbeJob.model_validate_json(Path(arguments[-1]).read_text(encoding="utf-8"))
    process = AsyncCrawlerProcess(process_settings([job.source]))
    settings = Settings(board_settings(job.source, CrawlOptions(retries=0, timeout=30)), priority="cmdline")
    process.crawl(Crawler(ProbeSpider, settings), job=job)
    process.start()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
