"""Debian packages that test services need, installed when root and asked for only then."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence


class ServiceMissing(Exception):
    """A program that a test service needs is not here and cannot be installed; the text says what to do."""


def find_or_install(programs: Sequence[str], package: str) -> str:
    """Path of the first of these programs that is installed; as root on Debian the package is installed when none is."""
    found = next((path for program in programs if (path := shutil.which(program))), None)
    if found:
        return found
    install(package)
    found = next((path for program in programs if (path := shutil.which(program))), None)
    if not found:
        raise ServiceMissing(f"{package} is installed but has none of {', '.join(programs)}")
    return found


def install(package: str) -> None:
    """Install a Debian package; raises ServiceMissing when not root, without apt-get, or when apt-get fails."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise ServiceMissing(f"{package} is not installed; install it (on Debian, as root: apt-get install {package})")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-qq", "-y", "--no-install-recommends", package]):
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise ServiceMissing(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
