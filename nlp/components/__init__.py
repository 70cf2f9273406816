"""The registered spaCy components, one file each; importing this package registers them all."""
