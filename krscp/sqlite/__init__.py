"""Django's SQLite, which makes no file by merely looking for one."""
