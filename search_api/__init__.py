"""Serving: two search engines behind one protocol, the HTTP API and the staff dashboard."""
