"""Several records with one id: a board that repeats an advertisement once per place (Workable's widget does)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from vacancies.posting_draft import PostingDraft


def one_per_id(drafts: Iterable[PostingDraft], on_differing: Callable[[str, str], None]) -> tuple[PostingDraft, ...]:
    """Merge drafts of one native id into the first of them, with the places of all; drafts without an id stay as they are.

    What the first does not state is taken from the next that does. `on_differing` is told (field, value) of what another states
    differently and is left out.
    """
    found: dict[str | int, PostingDraft] = {}
    for number, draft in enumerate(drafts):
        key = draft.native_id if draft.native_id is not None else number
        first = found.get(key)
        found[key] = draft if first is None else _merged(first, draft, on_differing)
    return tuple(found.values())


def _merged(first: PostingDraft, other: PostingDraft, on_differing: Callable[[str, str], None]) -> PostingDraft:
    update: dict[str, object] = {"job_locations": tuple(dict.fromkeys((*first.job_locations, *other.job_locations)))}
    for name in sorted(PostingDraft.model_fields.keys() - update.keys()):
        stated, value = getattr(first, name), getattr(other, name)
        if stated in (None, "", ()):
            update[name] = value
        elif value not in (None, "", ()) and value != stated:
            on_differing(name, str(value))
    return first.model_copy(update=update)
