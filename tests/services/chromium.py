"""Chromium for tests of the dashboard: Debian's package, installed when root.

python tests/services/chromium.py          prints its path
"""

from __future__ import annotations

import subprocess
import sys

from debian import ServiceMissing, find_or_install

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_chromium() -> str:
    """Path of a Chromium that starts (tests run it with --no-sandbox when root); raises ServiceMissing."""
    path = find_or_install(PROGRAMS, "chromium")
    done = subprocess.run([path, "--version", "--no-sandbox"], capture_output=True, text=True, check=False, timeout=60)
    if done.returncode:
        raise ServiceMissing(f"{path} does not start:\n{done.stdout}{done.stderr}")
    return path


def main() -> int:
    """Print the path."""
    try:
        sys.stdout.write(f"{find_chromium()}\n")
    except ServiceMissing as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
