"""Forgetting postings or a whole board: what goes, the traces that it leaves, erasing it, and the search that proves it."""
