"""Platforms: one small file each, in which a class of attributes says how boards of this platform are read."""
