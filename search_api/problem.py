"""Problems as RFC 9457 `application/problem+json`: what was wrong, with which value, what would fit, and what to do."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final

from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict
from rapidfuzz import fuzz, process, utils

MEDIA_TYPE: Final = "application/problem+json"
MAX_NEAR: Final = 5
_MAX_ECHO: Final = 200  # characters of a wrong value given back


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Near(_Frozen):
    """A value that would be taken, with its label."""

    code: str
    label: str


class ValueFault(_Frozen):
    """One wrong value: the parameter (or the place in the body), the value as given, why it is wrong, and near values that exist."""

    parameter: str
    value: str
    message: str
    near: tuple[Near, ...] = ()


class ProblemDocument(_Frozen):
    """Body of an answer with an error status (RFC 9457); `mend` says what to do."""

    type: str
    title: str
    status: int
    detail: str
    instance: str | None = None
    mend: str | None = None
    errors: tuple[ValueFault, ...] = ()


class Problem(Exception):
    """Raised by routes to answer with a problem document; `kind` ends up in its type, `urn:labourscope:problem:KIND`."""

    def __init__(
        self,
        status: int,
        kind: str,
        detail: str,
        *,
        mend: str | None = None,
        errors: Sequence[ValueFault] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.kind = kind
        self.detail = detail
        self.mend = mend
        self.errors = tuple(errors)
        self.headers = dict(headers or {})

    def document(self, instance: str | None = None) -> ProblemDocument:
        """The problem as it is sent; `instance` is the path asked for."""
        return ProblemDocument(
            type=f"urn:labourscope:problem:{self.kind}",
            title=HTTPStatus(self.status).phrase,
            status=self.status,
            detail=self.detail,
            instance=instance,
            mend=self.mend,
            errors=self.errors,
        )


def unknown_values(faults: Sequence[ValueFault], *, status: int = 422) -> Problem:
    """The problem of one or more values that are not known; its detail is the first one's message."""
    more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
    return Problem(status, "unknown-value", faults[0].message + more, errors=faults, mend="Take one of the near values, or look it up.")


def problem_response(problem: Problem, instance: str | None) -> JSONResponse:
    """Render a problem as JSON."""
    body = problem.document(instance).model_dump(exclude_none=True)
    return JSONResponse(body, problem.status, headers=problem.headers, media_type=MEDIA_TYPE)


def near_values(value: str, known: Mapping[str, str], *, limit: int = MAX_NEAR) -> tuple[Near, ...]:
    """The known codes whose code or label is like the value, best first."""
    by_label = process.extract(value, dict(known), scorer=fuzz.WRatio, processor=utils.default_process, limit=limit, score_cutoff=60)
    by_code = process.extract(
        value, {code: code for code in known}, scorer=fuzz.ratio, processor=utils.default_process, limit=limit, score_cutoff=60
    )
    best: dict[str, float] = {}
    for _, score, code in (*by_label, *by_code):
        best[code] = max(score, best.get(code, 0.0))
    ranked = sorted(best, key=lambda code: (-best[code], code))
    return tuple(Near(code=code, label=known[code]) for code in ranked[:limit])


def echo(value: object) -> str:
    """A wrong value as text, cut when long."""
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= _MAX_ECHO else text[:_MAX_ECHO] + "…"


def faults_of_validation(errors: Sequence[Mapping[str, Any]], parameters: Sequence[str]) -> tuple[ValueFault, ...]:
    """Turn pydantic's errors of a request into faults; `parameters` are the names that the route takes."""
    return tuple(_fault(error, parameters) for error in errors)


def _fault(error: Mapping[str, Any], parameters: Sequence[str]) -> ValueFault:
    source, *rest = error["loc"]
    if source == "query" and rest and isinstance(rest[-1], int):
        rest.pop()  # a repeated parameter: the value says which one
    place = [str(part) for part in rest] or [str(source)]
    name, value = ".".join(place), echo(error.get("input"))
    if error["type"] == "extra_forbidden":
        near = near_values(place[-1], {known: known for known in parameters})
        return ValueFault(parameter=name, value=value, message=f"there is no parameter {name!r}", near=near)
    if error["type"] in ("enum", "literal_error"):
        expected = re.findall(r"'([^']*)'", str(error.get("ctx", {}).get("expected", "")))
        known = {word: word.replace("_", " ") for word in expected}
        codes = dict.fromkeys((*(near.code for near in near_values(value, known)), *expected))
        message = f"{name} {value!r} is not known; known: {', '.join(expected)}"
        return ValueFault(
            parameter=name, value=value, message=message, near=tuple(Near(code=code, label=known[code]) for code in list(codes)[:MAX_NEAR])
        )
    if error["type"] == "missing":
        return ValueFault(parameter=name, value="", message=f"{name} is missing")
    return ValueFault(parameter=name, value=value, message=f"{name} {value!r}: {str(error['msg']).removeprefix('Value error, ')}")
