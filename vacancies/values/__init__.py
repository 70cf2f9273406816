"""Readers of single field values as boards write them: dates, countries, salaries, employment types."""
