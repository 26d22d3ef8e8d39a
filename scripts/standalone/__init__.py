"""Builds that need no Python: what goes into them, how they are made, and where they are tried."""
