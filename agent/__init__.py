"""Balcão's agent: reads WhatsApp Web beside an attendant and offers replies. It never sends."""

__version__ = "0.1.0"
