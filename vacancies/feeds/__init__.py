"""Feeds in the forms that partners hand them in: one reader per form, each a stream of records; and the mappings that come with us."""
