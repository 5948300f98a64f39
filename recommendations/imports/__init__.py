"""From a report's file to a parsed report to a preview; only apply.py touches the database."""
