"""Turn what the Elasticsearch client raises into this package's errors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import unquote, urlsplit

from elastic_transport import TransportError
from elasticsearch import ApiError, NotFoundError, UnsupportedProductError

from search_api.error import IndexMissing, IndexUnavailable, SearchError


def split_credentials(url: str) -> tuple[str, tuple[str, str] | None]:
    """Part `https://user:password@host:9200` into the address, which may be told, and (user, password), which may not."""
    parts = urlsplit(url)
    credentials, at, host = parts.netloc.rpartition("@")
    if not at:
        return url, None
    user, _, password = credentials.partition(":")
    return parts._replace(netloc=host).geturl(), (unquote(user), unquote(password))


@contextmanager
def asking(url: str) -> Iterator[None]:
    """Ask the server: no answer, no rights and overload are IndexUnavailable, no index is IndexMissing, what it rejects is SearchError."""
    try:
        yield
    except NotFoundError as error:
        raise IndexMissing(f"Elasticsearch at {url} has no such index ({error.message}); build one with: labourscope index") from error
    except UnsupportedProductError as error:
        raise IndexUnavailable(f"{url} does not answer as Elasticsearch ({error.message}); check the address") from error
    except ApiError as error:
        status = error.meta.status
        if status in (401, 403):
            raise IndexUnavailable(f"Elasticsearch at {url} refuses these credentials (HTTP {status}); mend the search settings") from error
        if status == 429 or status >= 500:
            raise IndexUnavailable(f"Elasticsearch at {url} does not answer for now (HTTP {status}: {error.message}); try again") from error
        raise SearchError(f"Elasticsearch at {url} rejects the request (HTTP {status}: {error.message}); is it version 9?") from error
    except TransportError as error:
        raise IndexUnavailable(f"Elasticsearch at {url} cannot be reached ({error.message}); is it running?") from error
