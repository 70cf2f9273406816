"""Reading processes end when the run that started them is killed; nothing is left behind that holds memory."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from .conftest import make_posting

pytestmark = pytest.mark.long

SCRIPT = """
import multiprocessing, os, sys
from pathlib import Path

import pytest

from nlp.reading import read_parallel
from vacancies.posting import Posting

if __name__ == "__main__":
    posting = Posting.model_validate_json(sys.argv[2])
    readings = read_parallel(Path(sys.argv[1]), "starter:1", (posting for _ in range(100_000)), workers=2)
    next(readings)
    print(*(child.pid for child in multiprocessing.active_children()), flush=True)
    os.kill(os.getpid(), 9)
"""


def is_running(pid: int) -> bool:
    """Tell whether a process is there and no zombie."""
    listed = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout.strip()
    return bool(listed) and not listed.startswith("Z")


@pytest.mark.skipif(shutil.which("ps") is None, reason="needs ps to look at processes")
def test_a_killed_run_leaves_no_reading_processes(taxonomies: Path, tmp_path: Path) -> None:
    script = tmp_path / "reading.py"
    script.write_text(SCRIPT)
    command = [sys.executable, str(script), str(taxonomies), make_posting(0).model_dump_json()]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        readers = [int(pid) for pid in process.stdout.readline().split()]
        assert process.wait() == -signal.SIGKILL
    assert len(readers) == 2
    patience = time.monotonic() + 60
    while any(map(is_running, readers)) and time.monotonic() < patience:
        time.sleep(0.1)
    assert not any(map(is_running, readers))
