"""Start everything that tests may need, run all of them, and fail when one was skipped that could have run.

    python tests/services/test_all.py [pytest arguments]          (make test-all)

Only missing reference data may be a reason to skip: LABOURSCOPE_REFERENCE_DATA names their folder where there is one.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
MAY_BE_MISSING = "LABOURSCOPE_REFERENCE_DATA"


class Skipped(NamedTuple):
    """A test that was not run, and why."""

    test: str
    reason: str


def main(arguments: list[str]) -> int:
    """Run the tests with all services; the exit status is pytest's, or 1 when a service is missing or a test was skipped in vain."""
    # beside this file, and named so only while it runs as a script: in a test session `elasticsearch` is the client library
    from chromium import find_chromium
    from debian import ServiceMissing
    from elasticsearch import running_elasticsearch

    try:
        chromium = find_chromium()
        sys.stdout.write(f"Chromium: {chromium}\n")
        with running_elasticsearch() as address:
            sys.stdout.write(f"Elasticsearch: {address}\n")
            sys.stdout.flush()
            environment = {**os.environ, "LABOURSCOPE_TEST_ELASTICSEARCH": address, "LABOURSCOPE_TEST_CHROMIUM": chromium}
            return run_tests(environment, arguments)
    except ServiceMissing as error:
        sys.stderr.write(f"{error}\n")
        return 1


def run_tests(environment: dict[str, str], arguments: list[str]) -> int:
    """Run pytest, tell what was skipped and judge it."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        shared = ["-n", "2", "--dist", "loadscope", "--no-loadscope-reorder"]  # in two processes, as `make test` says
        command = [sys.executable, "-m", "pytest", *shared, f"--junitxml={report}", *arguments]
        status = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
        skipped = read_skipped(report) if report.exists() else []
    in_vain = [one for one in skipped if not (MAY_BE_MISSING in one.reason and not environment.get(MAY_BE_MISSING))]
    sys.stdout.write(f"\n{len(skipped)} tests skipped, {len(skipped) - len(in_vain)} of them for want of {MAY_BE_MISSING}\n")
    for one in in_vain:
        sys.stdout.write(f"skipped though it should run: {one.test}: {one.reason}\n")
    return status or bool(in_vain)


def read_skipped(report: Path) -> list[Skipped]:
    """The skipped tests of a JUnit report; expected failures are not among them."""
    found = []
    for case in ET.parse(report).iter("testcase"):
        for skip in case.iter("skipped"):
            if skip.get("type") != "pytest.xfail":
                found.append(Skipped(f"{case.get('classname')}::{case.get('name')}", f"{skip.get('message')} {skip.text}"))
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
