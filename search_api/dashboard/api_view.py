"""The API described as a page, from its own OpenAPI document."""

from __future__ import annotations

from typing import Any, NamedTuple


class Parameter(NamedTuple):
    """One parameter of an operation."""

    name: str
    place: str  # path or query
    kind: str
    required: bool
    text: str


class Operation(NamedTuple):
    """One operation: method, path, what it does and takes."""

    method: str
    path: str
    text: str
    parameters: tuple[Parameter, ...]
    takes_body: bool


def operations_of(openapi: dict[str, Any]) -> dict[str, tuple[Operation, ...]]:
    """All operations by tag, in the order of the document."""
    found: dict[str, list[Operation]] = {}
    for path, methods in openapi["paths"].items():
        for method, described in methods.items():
            if method != "head":
                found.setdefault(described.get("tags", ["other"])[0], []).append(_operation(path, method, described, openapi))
    return {tag: tuple(operations) for tag, operations in found.items()}


def _operation(path: str, method: str, described: dict[str, Any], openapi: dict[str, Any]) -> Operation:
    return Operation(
        method=method.upper(),
        path=path,
        text=described.get("description", ""),
        parameters=tuple(_parameter(parameter, openapi) for parameter in described.get("parameters", ())),
        takes_body="requestBody" in described,
    )


def _parameter(parameter: dict[str, Any], openapi: dict[str, Any]) -> Parameter:
    schema = parameter.get("schema", {})
    text = parameter.get("description") or schema.get("description", "")
    return Parameter(parameter["name"], parameter["in"], _kind(schema, openapi), parameter.get("required", False), text)


def _kind(schema: dict[str, Any], openapi: dict[str, Any]) -> str:
    if "$ref" in schema:
        return _kind(openapi["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]], openapi)
    if "enum" in schema:
        return ", ".join(map(str, schema["enum"]))
    if "anyOf" in schema:
        return " or ".join(_kind(part, openapi) for part in schema["anyOf"] if part.get("type") != "null")
    if schema.get("type") == "array":
        return f"repeatable: {_kind(schema.get('items', {}), openapi)}"
    return str(schema.get("format") or schema.get("type", "text"))
