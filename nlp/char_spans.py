"""spaCy spans from character offsets."""

from __future__ import annotations

from spacy.tokens import Doc, Span


def char_span(doc: Doc, start: int, end: int, label: str, kb_id: str = "") -> Span | None:
    """The span of whole tokens around [start, end), or None where there is no token."""
    if start >= end:
        return None
    return doc.char_span(start, end, label=label, kb_id=kb_id, alignment_mode="expand")
