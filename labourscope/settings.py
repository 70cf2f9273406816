"""Settings of an installation: environment variables with the prefix LABOURSCOPE_, or a `.env` file beside."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from pydantic import AwareDatetime, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Engine(StrEnum):
    """Where the search index lives."""

    TANTIVY = "tantivy"
    ELASTICSEARCH = "elasticsearch"


class Settings(BaseSettings):
    """Everything that can be set for the command line and scheduled runs; the API has its own in `search_api.settings`."""

    model_config = SettingsConfigDict(env_prefix="LABOURSCOPE_", env_file=".env", extra="ignore", frozen=True)

    home: Path = Field(Path(".labourscope"), description="Folder of all state: lake, taxonomies, index, releases.")
    source_register: Path | None = Field(
        None, description="Source register (YAML). Without it `sources.yaml` in the home folder, else the bundled sample boards."
    )
    taxonomy: str | None = Field(
        None, description="Taxonomy for reading, as scheme:version. Without it the newest ESCO imported, else the starter."
    )
    engine: Engine = Field(Engine.TANTIVY, description="Search engine: tantivy (embedded) or elasticsearch.")
    elasticsearch_url: str = Field("http://127.0.0.1:9200", description="Address of Elasticsearch, when it is the engine.")
    elasticsearch_user: str | None = Field(None, description="User for Elasticsearch (basic authentication).")
    elasticsearch_password: SecretStr | None = Field(None, description="Password for Elasticsearch.")
    elasticsearch_api_key: SecretStr | None = Field(None, description="API key for Elasticsearch, instead of user and password.")
    elasticsearch_ca: Path | None = Field(None, description="Certificate authority of Elasticsearch (PEM), where it is not a public one.")
    elasticsearch_index: str = Field("labourscope-vacancies", description="Name of the alias that the index is published under.")
    sentence_model: Path | None = Field(
        None,
        description="Folder of a sentence-embedding model (ONNX export) that links skills beside the trained linker; needs the extra "
        "`sentence-linker`. Unset: the trained linker alone.",
    )
    sentence_model_threads: int = Field(1, ge=1, le=64, description="Threads that the sentence model may use in each process.")
    workers: int = Field(2, ge=1, le=64, description="Processes that read advertisements side by side.")
    clock: AwareDatetime | None = Field(None, description="A fixed time (ISO 8601 with zone) instead of now, for replays and the demo.")
