"""Collecting: spiders, page parsers and the source register."""
