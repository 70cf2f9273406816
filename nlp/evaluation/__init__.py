"""Accuracy on labelled files: linking, spans, occupations, names, whole advertisements, contact data."""
