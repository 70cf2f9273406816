"""Releases: published, immutable, versioned sets of datasets, made beside and then listed."""

from observatory.release.catalogue import latest_release as latest_release
from observatory.release.catalogue import list_releases as list_releases
from observatory.release.catalogue import open_release_file as open_release_file
from observatory.release.frames import read_frame as read_frame
from observatory.release.publish import MadeRelease as MadeRelease
from observatory.release.publish import make_release as make_release
