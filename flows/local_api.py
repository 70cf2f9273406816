"""Prefect without a server: its state in the installation's own folder, nothing sent anywhere, quiet logs."""

from __future__ import annotations

import os
from pathlib import Path


def configure_prefect(home: Path, *, errors_are_told: bool = False) -> None:
    """Set Prefect's environment for this process; call it before `flows.way` is imported. What is set already stays.

    `errors_are_told` says that whoever starts the flow explains its errors, so that Prefect need not log them with a traceback.
    """
    defaults = {
        "PREFECT_HOME": str((home / "prefect").resolve()),
        "PREFECT_LOGGING_LEVEL": "WARNING",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
        "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
        "PREFECT_CLI_PROMPT": "false",
        "DO_NOT_TRACK": "1",
    }
    if errors_are_told:
        defaults |= dict.fromkeys(
            ("PREFECT_LOGGING_LOGGERS_PREFECT_FLOW_RUNS_LEVEL", "PREFECT_LOGGING_LOGGERS_PREFECT_TASK_RUNS_LEVEL"), "CRITICAL"
        )
    for name, value in defaults.items():
        os.environ.setdefault(name, value)
