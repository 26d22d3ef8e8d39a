"""Logs, redaction and measurements."""
