"""Words that structure advertisements, one YAML file per language, and the finder that meets them all in one pass."""
