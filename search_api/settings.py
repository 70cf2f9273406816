"""Settings of the HTTP API and the dashboard, read from the environment (`LABOURSCOPE_API_...`)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict


class ApiSettings(BaseSettings):
    """How the API and the dashboard are served, who may use them, and their limits."""

    model_config = SettingsConfigDict(env_prefix="LABOURSCOPE_API_", env_file=".env", frozen=True, extra="ignore")

    host: str = Field("127.0.0.1", description="Address to listen on; anything but loopback needs tokens or behind_login_proxy.")
    port: Annotated[int, Field(ge=0, le=65535)] = Field(8000, description="Port to listen on; 0 takes a free one.")
    tokens: Annotated[tuple[SecretStr, ...], NoDecode] = Field(
        (), description="Access tokens, separated by commas, 16 characters or more each. With one set, every request needs one."
    )
    behind_login_proxy: bool = Field(False, description="A proxy in front asks for a login, so that listening beyond loopback is safe.")
    root_path: str = Field("", description="Path under which a proxy serves this, for example /labourscope; handed to the server.")
    max_body_bytes: Annotated[int, Field(ge=1024)] = Field(256 * 1024, description="Largest request body taken, in bytes.")
    retry_after: Annotated[int, Field(ge=1)] = Field(30, description="Seconds after which clients are told to come back when down.")
    few_cases: Annotated[int, Field(ge=0)] = Field(10, description="Figures below this many vacancies are marked as resting on few cases.")

    @field_validator("tokens", mode="before")
    @classmethod
    def _split_tokens(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(token.strip() for token in value.split(",") if token.strip())
        return value

    @field_validator("tokens")
    @classmethod
    def _long_enough(cls, value: tuple[SecretStr, ...]) -> tuple[SecretStr, ...]:
        if any(len(token.get_secret_value()) < 16 for token in value):
            raise ValueError(
                "each token needs 16 characters or more; make one with: python -c 'import secrets; print(secrets.token_urlsafe())'"
            )
        return value

    @field_validator("root_path")
    @classmethod
    def _plain_path(cls, value: str) -> str:
        if value and (not value.startswith("/") or value.endswith("/")):
            raise ValueError(f"root_path {value!r} must begin with a slash and not end with one, for example /labourscope")
        return value
