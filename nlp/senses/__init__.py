"""Decides by context what a word means: which of several concepts of one name, or none where an everyday word is no skill."""
