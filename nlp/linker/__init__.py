"""Links texts to the skills of a taxonomy by meaning; learns from the taxonomy's own words alone."""
