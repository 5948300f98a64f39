"""The lived-in world: a year in which everything has happened, told through the services at fixed days.

`build.py` builds it, `conftest.py` keeps it for a run, and every page, paper, mail and file is looked at in it.
"""
