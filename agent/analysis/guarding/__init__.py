"""The check that a draft must pass before anybody sees it."""
