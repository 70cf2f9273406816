"""Trains the tagger. Needs the extra `train` (JAX, Optax); reading does not."""
