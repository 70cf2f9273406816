"""What of a posting is compared when copies are sought."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from vacancies.identity import canonical_url
from vacancies.posting import Posting

_SPACE: Final = re.compile(r"\s+")
_WORDS: Final = re.compile(r"[^\W_]+(?:[+#]+)?")
_GENDER_MARK: Final = re.compile(
    r"\(\s*(?:[mfwdhvxnai]\s*[/|,*.\-]\s*){1,4}[mfwdhvxnai]\s*\)"
    r"|\b[mfwh]\s*/\s*[mfwdhvx](?:\s*/\s*[mfwdxn])?\b|\ball genders?\b|[*:_]in(?:nen)?\b",
    re.IGNORECASE,
)
_NUTS: Final = re.compile(r"[A-Z]{2}[0-9A-Z]{0,3}$")  # names of places are folded to small letters
_LEGAL_FORM: Final = re.compile(
    r"\b(?:gmbh|ggmbh|mbh|ag|se|kg|kgaa|ohg|e\s?v|co|ltd|limited|llc|llp|inc|corp|plc|sa|sas|sarl|s\s?a\s?r\s?l|bv|b\s?v|nv|n\s?v|ab|as|oy|spa|srl"
    r"|s\s?r\s?o|a\s?s|sp\s?z\s?o\s?o|group|holding)\b"
)
# Words that only tie a place or a part to a title: "Elektriker in Leipzig".
_LINKING_WORDS: Final = frozenset(
    {"in", "im", "am", "an", "auf", "bei", "für", "und", "der", "die", "das", "at", "for", "the", "and", "of", "à", "en", "de", "du", "des"}
    | {"la", "le", "les", "et", "te", "voor", "het", "een", "op", "na", "do", "v"}
)


@dataclass(frozen=True, slots=True)
class Signature:
    """The comparable form of one posting: folded texts without gender marks, legal forms and the place's own name."""

    posting_id: str
    board: str
    employer: str
    title: str
    text: str
    place: str  # NUTS code, else the folded locality, else empty (unknown)
    address: str


def signature_of(posting: Posting, regions_of: Mapping[str, str]) -> Signature:
    """Make the comparable form of a posting; `regions_of` gives the NUTS code of its place where reading found one."""
    localities = [fold(location.locality or location.text or "") for location in posting.job_locations]
    place = regions_of.get(posting.posting_id) or (" / ".join(sorted(filter(None, localities))))
    return Signature(
        posting_id=posting.posting_id,
        board=posting.board,
        employer=_words_of(_LEGAL_FORM.sub(" ", _words_of(fold(posting.hiring_organization or "")))),
        title=_clean_title(posting.title or "", localities),
        text=fold(posting.description_text),
        place=place,
        address=canonical_url(posting.url) if posting.url else "",
    )


def fold(text: str) -> str:
    """Fold case, compatibility forms and white space."""
    return _SPACE.sub(" ", unicodedata.normalize("NFKC", text)).strip().casefold()


def _words_of(text: str) -> str:
    return " ".join(_WORDS.findall(text))


def _clean_title(title: str, localities: list[str]) -> str:
    words = _WORDS.findall(fold(_GENDER_MARK.sub(" ", title)))
    names = {word for locality in localities for word in _WORDS.findall(locality)}
    kept = [word for word in words if word not in names and word not in _LINKING_WORDS]
    return " ".join(kept or words)


def places_agree(left: str, right: str) -> bool:
    """Tell whether two places can be the same: equal, one unknown, or one NUTS region within the other."""
    if not left or not right or left == right:
        return True
    return bool(_NUTS.match(left) and _NUTS.match(right)) and (left.startswith(right) or right.startswith(left))
