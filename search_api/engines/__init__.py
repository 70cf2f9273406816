"""Two search engines behind one protocol: tantivy embedded, Elasticsearch beyond one machine."""
