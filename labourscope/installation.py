"""From settings to the parts of one installation: folders, register, engine, run context."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from flows.context import Home, Reporter, RunContext
from labourscope.error import CommandError
from labourscope.settings import Engine, Settings
from nlp.sentence_linker.model_folder import SentenceModel
from taxonomies.store import TaxonomyStore
from vacancies.register import SourceRegister, load_register

if TYPE_CHECKING:
    from search_api.engines.protocol import SearchEngine


def home_of(settings: Settings) -> Home:
    """Give the installation's folders, made when they are new."""
    root = settings.home.expanduser().resolve()
    try:
        root.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CommandError(f"the home folder {root} cannot be made ({error.strerror}); set LABOURSCOPE_HOME to another") from error
    return Home(root=root)


def own_register_path(settings: Settings) -> Path:
    """Give where rows of one's own are written: the register set, else `sources.yaml` in the home folder; it may not be there yet."""
    return settings.source_register if settings.source_register is not None else home_of(settings).root / "sources.yaml"


def register_path(settings: Settings) -> Path:
    """Find the source register: the one set, else `sources.yaml` in the home folder, else the bundled sample boards."""
    own = own_register_path(settings)
    return own if settings.source_register is not None or own.exists() else _sample_path()


def _sample_path() -> Path:
    return Path(str(files("crawlers") / "sample_boards" / "register.yaml"))


def sample_register(address: str) -> SourceRegister:
    """Load the bundled register of sample boards, served at this address."""
    return load_register(_sample_path()).filled(sample=address)


def register_of(settings: Settings) -> SourceRegister:
    """Load the source register; raises RegisterInvalid."""
    return load_register(register_path(settings))


def taxonomy_store(settings: Settings) -> TaxonomyStore:
    """Open the compiled taxonomies; the starter is there always."""
    store = TaxonomyStore(home_of(settings).taxonomies)
    store.ensure_starter()
    return store


def engine_of(settings: Settings) -> SearchEngine:
    """Make the search engine that the settings name."""
    if settings.engine is Engine.TANTIVY:
        from search_api.engines.tantivy_engine import TantivyEngine

        return TantivyEngine(home_of(settings).index)
    from search_api.engines.elasticsearch_engine import ElasticsearchEngine

    user, password, key = settings.elasticsearch_user, settings.elasticsearch_password, settings.elasticsearch_api_key
    return ElasticsearchEngine(
        settings.elasticsearch_url,
        index=settings.elasticsearch_index,
        basic_auth=(user, password.get_secret_value()) if user and password else None,
        api_key=key.get_secret_value() if key else None,
        ca_certs=settings.elasticsearch_ca,
    )


def sentence_model_of(settings: Settings) -> SentenceModel | None:
    """Name the sentence model that links skills, where the settings have one."""
    if settings.sentence_model is None:
        return None
    return SentenceModel(settings.sentence_model.expanduser().resolve(), settings.sentence_model_threads)


def new_run_id() -> str:
    """Name a run by its time and a few random digits, so that names sort."""
    return f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"


def run_context(
    settings: Settings,
    reporter: Reporter,
    *,
    boards: tuple[str, ...] = (),
    force: bool = False,
    taxonomy: str | None = None,
    register: SourceRegister | None = None,
    clock: datetime | None = None,
) -> RunContext:
    """Put together what a run needs."""
    taxonomy_store(settings)
    return RunContext(
        home=home_of(settings),
        run_id=new_run_id(),
        register=register if register is not None else register_of(settings),
        taxonomy=taxonomy or settings.taxonomy,
        engine=lambda: engine_of(settings),
        version=version("labourscope"),
        clock=clock or settings.clock,
        workers=settings.workers,
        sentence_model=sentence_model_of(settings),
        force=force,
        boards=boards,
        reporter=reporter,
    )
