"""The formats of a list's file, by the ending of its name, as people call them."""

FORMATS = {"csv": "CSV", "xlsx": "Excel", "docx": "Word"}
