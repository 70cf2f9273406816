"""Keeps requests on the board's own site and away from private networks, redirects and robots.txt included."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Sequence
from typing import Final
from urllib.parse import SplitResult, urlsplit
from urllib.request import getproxies, proxy_bypass

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.base import ReactorBase
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError

from crawlers.politeness.refusal import Refused

PRIVATE_HOSTS_SETTING: Final = "LABOURSCOPE_PRIVATE_HOSTS"
"""Scrapy setting of the process: host names that may be at private addresses (loopback rows of the register, proxies)."""
OF_PAGE: Final = "labourscope_of_page"
"""Meta key of requests that a rendered page makes, beside that for its own address."""
_PORTS: Final = {"http": 80, "https": 443}


def is_public(address: str) -> bool:
    """Tell whether an IP address is one of the public internet (not private, loopback, link-local, reserved or multicast)."""
    try:
        ip = ipaddress.ip_address(address.split("%", maxsplit=1)[0])
    except ValueError:
        return False
    mapped = getattr(ip, "ipv4_mapped", None)
    ip = mapped or ip
    return ip.is_global and not ip.is_multicast


class Site:
    """The hosts of one board: that of its first address (with or without www.) and those the platform adds.

    A loopback board is bound to its very port. `script_hosts` (with a port, where it is not the usual one) may be asked by the scripts of
    its pages, and for their robots.txt; nothing leads there else.
    """

    def __init__(
        self, first_address: str, *, more_hosts: Sequence[str] = (), script_hosts: Sequence[str] = (), loopback: bool = False
    ) -> None:
        first = urlsplit(first_address)
        self.loopback = loopback
        self._port = _port(first)
        self._hosts = {_bare(host) for host in (first.hostname or "", *more_hosts)}
        self._script_hosts = frozenset(script_hosts)

    def holds(self, parts: SplitResult) -> bool:
        """Tell whether an address is of this site."""
        ports = {self._port} if self.loopback else {self._port, *_PORTS.values()}
        return _bare(parts.hostname or "") in self._hosts and _port(parts) in ports

    def lends(self, parts: SplitResult) -> bool:
        """Tell whether scripts of this site's pages may ask for an address."""
        host, port = (parts.hostname or "").rstrip("."), _port(parts)
        return f"{host}:{port}" in self._script_hosts or (port == _PORTS.get(parts.scheme) and host in self._script_hosts)


class AddressGuard:
    """Downloader middleware: refuses other schemes, other sites, and hosts at private addresses."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._checked: set[str] = set()
        self._proxies = getproxies()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> AddressGuard:
        """Make the middleware (Scrapy calls this)."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let the request pass, or raise Refused."""
        site: Site = self._crawler.spider.site  # type: ignore[union-attr]  # every spider of ours has one
        try:
            parts = urlsplit(request.url)
            is_lent = (OF_PAGE in request.meta or parts.path == "/robots.txt") and site.lends(parts)
            is_on_site = is_lent or site.holds(parts)
        except ValueError:
            raise Refused("bad_scheme", f"{request.url} is not an address that can be asked for") from None
        if parts.scheme not in _PORTS:
            raise Refused("bad_scheme", f"{request.url}: only http and https are fetched")
        if not is_on_site:
            raise Refused("off_site", f"{request.url} is not on the board's site")
        if site.loopback:
            request.meta["proxy"] = None
        elif not self._has_proxy(parts):
            await self._check_host(parts.hostname or "")

    def _has_proxy(self, parts: SplitResult) -> bool:
        return parts.scheme in self._proxies and not proxy_bypass(parts.hostname or "")

    async def _check_host(self, host: str) -> None:
        if host in self._checked:
            return
        try:
            found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
        except OSError:
            return  # not found: the download says so, with Scrapy's retries
        for entry in found:
            address = str(entry[4][0])
            if not is_public(address):
                raise Refused(
                    "private_address", f"{host} is at {address}; private addresses are fetched for rows with `loopback: true` only"
                )
        self._checked.add(host)


class GuardedResolver(CachingThreadedResolver):
    """The resolver that connections use: gives no private address, whatever the name server says at that moment."""

    private_hosts: frozenset[str] = frozenset()

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> GuardedResolver:
        """Make the resolver (Scrapy calls this)."""
        resolver = super().from_crawler(crawler, reactor)
        resolver.private_hosts = frozenset(crawler.settings.getlist(PRIVATE_HOSTS_SETTING))
        return resolver

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:  # noqa: N802 (Twisted's name)
        """Resolve a host; fails for private addresses of hosts that may not have one."""
        found: Deferred[str] = super().getHostByName(name, timeout)
        return found.addCallback(self._checked, name)

    def _checked(self, address: str, name: str) -> str:
        if name not in self.private_hosts and not is_public(address):
            raise DNSLookupError(f"{name} is at the private address {address}")
        return address


def _bare(host: str) -> str:
    return host.lower().rstrip(".").removeprefix("www.")


def _port(parts: SplitResult) -> int | None:
    return parts.port or _PORTS.get(parts.scheme)
