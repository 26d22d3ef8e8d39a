"""Timed work: backup, retention, digests. Empty until the first job lands."""
