"""Measurements for docs/performance.md: run by hand, never by the test suite."""
