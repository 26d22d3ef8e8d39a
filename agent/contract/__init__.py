"""The shared words: frozen values that every part imports and that import nobody."""
