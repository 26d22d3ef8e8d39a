"""The HTTP side of the agent: every route behind one guard, every error a problem."""
