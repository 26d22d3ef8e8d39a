"""The database: what was read from the page, what was understood, what was offered and what became of it."""
