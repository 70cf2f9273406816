"""Finds skills, their status and zones in advertisements with a small trained network; numpy alone, no readable words in the model."""
