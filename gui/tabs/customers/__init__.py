"""Customers: the list, the card of one, and the board of their conversations."""
