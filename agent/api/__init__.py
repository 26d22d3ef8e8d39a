"""The HTTP side of the agent. For now one public route: is it alive."""
