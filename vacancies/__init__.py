"""The shared model: sources, captures, postings and vacancies, their identity, their text and the lake they live in."""
