"""The set-up's steps. Standard library only: they run before anything is installed."""
