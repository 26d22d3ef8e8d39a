"""The way to the agent: its routes, its live events, and who is asking."""
