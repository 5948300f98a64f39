"""The annual report's tables: read as a period ended, shown, and written to Word, Excel and CSV."""
