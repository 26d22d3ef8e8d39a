"""The way out to other machines: the one place that decides which addresses the agent may ask."""
