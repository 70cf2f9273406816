"""From titles and texts to occupations: ESCO and ISCO-08."""
