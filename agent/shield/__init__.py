"""Finds in a text what a person should look at twice: keys, domains, files, requests for codes. ``docs/care.md``."""

from agent.shield.company import Company
from agent.shield.signs import Sign, Signs, read_signs

__all__ = ["Company", "Sign", "Signs", "read_signs"]
