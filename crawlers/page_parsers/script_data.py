"""Objects that a page's scripts assign to a name (`window.pageData = {...};`), where sites keep what their pages show."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Final

from w3lib.encoding import html_to_unicode

from vacancies.error import RecordInvalid

_DECODER: Final = json.JSONDecoder(strict=False)


def assigned_object(body: bytes, name: str) -> Mapping[str, object]:
    """Read the object that is assigned to a name; raises RecordInvalid (`unexpected_shape`, `broken_json`)."""
    _, text = html_to_unicode(None, body)
    found = re.search(rf"(?<![\w.]){re.escape(name)}\s*=\s*(?=\{{)", text)
    if found is None:
        raise RecordInvalid("unexpected_shape", f"expected a page with a script that assigns an object to {name}, found none")
    try:
        value, _ = _DECODER.raw_decode(text, found.end())
    except (ValueError, RecursionError) as error:
        raise RecordInvalid("broken_json", f"what the page assigns to {name} is not JSON: {error}") from error
    if not isinstance(value, Mapping):
        raise RecordInvalid("unexpected_shape", f"expected an object in {name}, found {type(value).__name__}")
    return value
