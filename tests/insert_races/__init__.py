"""Eight of every insert at once: no raw error, and one row. `python -m tests.insert_races --rounds 300` soaks them."""
