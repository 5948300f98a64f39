"""The formats of a list's file, by the ending of its name, as people call them."""

FORMATS = {"csv": "CSV", "xlsx": "Excel", "docx": "Word"}
FOR_PROGRAMS = {"json": "JSON", "ics": "Calendar"}  # beside those, in the log of exports
