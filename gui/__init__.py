"""The supervisor's window: a client of the API that knows nothing of the agent but its contract."""
