"""A small network that weighs what the rules of `nlp.contact_data` found and finds people whom they pass by."""
