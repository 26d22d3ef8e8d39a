"""Recorded sessions: pseudonymised before anything touches the disk, replayed and compared. ``docs/recordings.md``."""
