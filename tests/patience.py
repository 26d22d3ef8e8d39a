"""How long a test waits for what must come: on a busy computer with two old cores that takes a while."""

PATIENCE_S = 45.0
