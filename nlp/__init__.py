"""Reading: a spaCy pipeline that finds skills, places and conditions in advertisements, with evidence."""
