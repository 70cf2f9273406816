"""A second linker, off by default: links by a sentence-embedding model (ONNX) that an installation keeps in a local folder."""
