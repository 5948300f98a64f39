"""What a review shows: one plain picture, drawn live, rebuilt for a past day, or read from the frozen record."""
