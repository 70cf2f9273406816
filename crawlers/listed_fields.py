"""What listings state of advertisements that have a page of their own: it completes what the page leaves out.

Kept on disk until the pages are read, since a listing may name millions.
"""

from __future__ import annotations

import tempfile
from typing import IO, Final
from urllib.parse import urldefrag, urljoin

from crawlers.page_parsers.page_reading import PageReading
from vacancies.key_map import KeyMap, key_of
from vacancies.posting_draft import PostingDraft, whole

_OF_THE_PAGE: Final = frozenset(
    {"native_id", "url", "description", "description_is_html", "description_is_excerpt", "is_guessed", "date_modified", "telecommute"}
)
"""Fields that a page has by itself, or not at all; it says of hybrid work, too, that it is neither remote nor not (None)."""


class ListedFields:
    """Remembers listed drafts by the address and the native id of their page; close it with `close`."""

    def __init__(self) -> None:
        self._file: IO[bytes] | None = None
        self._offsets = KeyMap()

    def note(self, reading: PageReading, url: str) -> None:
        """Remember what a listing page at an address states of the pages that it leads to; what is stated later holds."""
        for link in reading.details:
            if link.listed is not None:
                offset = self._write(link.listed)
                self._offsets.put(key_of(_bare(urljoin(url, link.url))), offset)
                if link.listed.native_id is not None:
                    self._offsets.put(key_of(("id", link.listed.native_id)), offset)

    def complete(self, drafts: tuple[PostingDraft, ...], url: str) -> tuple[PostingDraft, ...]:
        """Give a page's drafts with what was listed of them where they state nothing; the address tells that of a single draft."""
        if self._file is None:
            return drafts
        by_address = self._offsets.get(key_of(_bare(url))) if len(drafts) == 1 else None
        return tuple(self._completed(draft, by_address) for draft in drafts)

    def _completed(self, draft: PostingDraft, by_address: int | None) -> PostingDraft:
        offset = self._offsets.get(key_of(("id", draft.native_id))) if by_address is None and draft.native_id else by_address
        if offset is None or self._file is None:
            return draft
        self._file.seek(offset)
        listed = PostingDraft.model_validate_json(self._file.readline())
        empty = {name for name in PostingDraft.model_fields.keys() - _OF_THE_PAGE if getattr(draft, name) in (None, ())}
        return draft.model_copy(update={name: getattr(listed, name) for name in empty})

    def _write(self, draft: PostingDraft) -> int:
        if self._file is None:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115 (closed by `close`)
        offset = self._file.seek(0, 2)
        self._file.write(whole(draft).model_dump_json(exclude_defaults=True).encode() + b"\n")
        return offset

    def close(self) -> None:
        """Delete what was kept."""
        if self._file is not None:
            self._file.close()


def _bare(url: str) -> str:
    return urldefrag(url).url
