"""Decisions only: ``handle(state, event) -> (state, effects)``. No await, no clock, no randomness, no I/O."""
