"""Backup and restore of the whole database, whichever it is: copied, counted, checked, and put back whole or not."""
