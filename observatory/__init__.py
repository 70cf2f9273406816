"""Figures: the demand cube and the published releases."""
