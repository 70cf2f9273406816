"""A process that runs steps in children and kills them (SIGKILL) at a named place; not a test itself.

It reads one order per line (JSON: home, sources, clock, step, at, times, what to forget) and answers with how the child ended.
Forking a process that has only imported spares each kill the seconds of importing. `at` is "call NAME" or "return NAME", NAME a
function's qualified name; the kill comes the `times`-th time.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import Any

from flows import steps
from flows.context import Home, RunContext
from flows.steps.forget import forget
from search_api.engines.tantivy_engine import TantivyEngine
from taxonomies.regions import Regions
from taxonomies.store import TaxonomyStore
from vacancies.forgetting.target import Forgetting
from vacancies.lake import Lake
from vacancies.register import SourceRegister
from vacancies.source import Source


def kill_at(at: str, times: int) -> None:
    """Kill this process when a function is called or returns."""
    wanted_event, _, wanted_name = at.partition(" ")
    left = times

    def profile(frame: FrameType, event: str, _: object) -> None:
        nonlocal left
        if event == wanted_event and frame.f_code.co_qualname == wanted_name:
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(profile)


def run_step(order: dict[str, Any]) -> None:
    """Run one step under the lake's lock, as the command line does."""
    home = Home(root=Path(order["home"]))
    context = RunContext(
        home=home,
        run_id="killed",
        register=SourceRegister(Source.model_validate(row) for row in order["sources"]),
        taxonomy="starter:1",
        engine=lambda: TantivyEngine(home.index),
        version="test",
        clock=datetime.fromisoformat(order["clock"]),
        workers=1,
    )
    lake = Lake.open(home.lake)
    with lake.lock("killed"):
        kill_at(order["at"], order["times"])
        if order["step"] == "forget":
            forget(context, lake, Forgetting.model_validate_json(order["forgetting"]))
        else:
            getattr(steps, order["step"])(context, lake)
        sys.setprofile(None)


def main() -> None:
    """Carry out orders until standard input ends."""
    Regions.open(TaxonomyStore(Path())).outside("Dublin")  # a gazetteer made in memory: once here, not in each child that reads
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if child == 0:
            run_step(order)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
