"""Understands messages and finds or drafts replies, on this machine alone."""
