"""Concepts, labels, relations and versions of the classifications that Labourscope speaks."""
