"""The numbered event stream for other processes. Empty until a second process reads it; the log itself is a table."""
