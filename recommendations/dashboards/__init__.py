"""Read-only pictures of the work, ready for templates: home for each role, and the review."""
