"""Probing an address: a few polite requests, from which the platform is recognised and a register row drafted."""
