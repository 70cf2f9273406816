"""Who may use the API, and what every answer forbids browsers to do."""

from __future__ import annotations

import base64
import binascii
import hmac
import ipaddress
from collections.abc import Sequence
from typing import Final

from pydantic import SecretStr
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from search_api.error import ExposureRefused
from search_api.problem import Problem, problem_response
from search_api.settings import ApiSettings

SECURITY_HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=()",
}
_OPEN_PATHS: Final = ("/v1/health", "/static/")  # probes need no token; style sheets hold nothing


def check_exposure(host: str, settings: ApiSettings) -> None:
    """Refuse to listen beyond loopback without a login; raises ExposureRefused that names the settings that allow it."""
    if is_loopback(host) or settings.tokens or settings.behind_login_proxy:
        return
    raise ExposureRefused(
        f"listening on {host} would open Labourscope to the network without any login: set LABOURSCOPE_API_TOKENS, "
        "or LABOURSCOPE_API_BEHIND_LOGIN_PROXY=true when a proxy in front asks for one, or listen on 127.0.0.1"
    )


def is_loopback(host: str) -> bool:
    """Tell whether only this machine can reach the address; names other than localhost are taken as reachable."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def token_given(authorization: str | None) -> str | None:
    """The token of an Authorization header: Bearer, or the password of Basic so that a browser can ask for it."""
    scheme, _, value = (authorization or "").partition(" ")
    if scheme.lower() == "bearer":
        return value.strip() or None
    if scheme.lower() == "basic":
        try:
            return base64.b64decode(value.strip(), validate=True).decode().partition(":")[2] or None
        except (binascii.Error, UnicodeDecodeError):
            return None
    return None


def token_fits(given: str | None, tokens: Sequence[SecretStr]) -> bool:
    """Compare with every token, each in constant time."""
    encoded = (given or "").encode()
    fits = [hmac.compare_digest(encoded, token.get_secret_value().encode()) for token in tokens]
    return given is not None and any(fits)


def is_known(scope: Scope, tokens: Sequence[SecretStr]) -> bool:
    """Tell whether a request comes from somebody who may use the API: it carries a token, or none are set."""
    return not tokens or token_fits(token_given(Headers(scope=scope).get("authorization")), tokens)


class SecurityHeaders:
    """ASGI middleware: adds the security headers to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and add the headers to the answer's start."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers)


class TokenGate:
    """ASGI middleware: answers 401 to requests without a token, when tokens are set."""

    def __init__(self, app: ASGIApp, tokens: Sequence[SecretStr]) -> None:
        self.app = app
        self.tokens = tuple(tokens)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request through, or answer 401."""
        if scope["type"] == "http" and not self._allowed(scope):
            problem = Problem(
                401,
                "token-needed",
                "this Labourscope asks for an access token",
                mend="Send the header 'Authorization: Bearer TOKEN'; in a browser give the token as the password, with any user name.",
                headers={"WWW-Authenticate": 'Basic realm="Labourscope", charset="UTF-8"', "Cache-Control": "no-store"},
            )
            await problem_response(problem, str(scope["path"]))(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def _allowed(self, scope: Scope) -> bool:
        path = str(scope["path"]).removeprefix(str(scope.get("root_path") or ""))
        if path == _OPEN_PATHS[0] or path.startswith(_OPEN_PATHS[1]):
            return True
        return is_known(scope, self.tokens)


class BodyLimit:
    """ASGI middleware: refuses request bodies above a size, told or counted while they come."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self.app = app
        self.limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read the body up to the limit and pass it on, or answer 413."""
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS"):
            await self.app(scope, receive, send)
            return
        told = Headers(scope=scope).get("content-length", "")
        body = None if told.isdigit() and int(told) > self.limit else await self._read(receive)
        if body is None:
            problem = Problem(413, "body-too-large", f"the body is larger than {self.limit} bytes", mend="Send less at once.")
            await problem_response(problem, str(scope["path"]))(scope, receive, send)
            return
        messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive_read() -> Message:
            return messages.pop() if messages else await receive()

        await self.app(scope, receive_read, send)

    async def _read(self, receive: Receive) -> bytes | None:
        parts: list[bytes] = []
        size = 0
        while True:
            message = await receive()
            part = message.get("body", b"")
            size += len(part)
            if size > self.limit:
                return None
            parts.append(part)
            if not message.get("more_body"):
                return b"".join(parts)
