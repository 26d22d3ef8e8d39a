"""Messages: who wrote, what was said, what was understood of it, what was suggested; and search over all of it."""
