"""The API as it is served, for tools that try everything against it."""
