"""Who lets a collection through its gate."""

from __future__ import annotations

import getpass
import os


def this_person() -> str:
    """Name the user of this computer; their number where a container knows no name."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # no such user in the password file: KeyError before Python 3.13, OSError since
        return f"user {os.getuid()}"
