"""Learns the network of `nlp.people`; needs the extra `labourscope[train]`."""
