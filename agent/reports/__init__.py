"""Reports as files: pure functions from a ``Report`` to bytes. Nothing is counted here, and nothing is looked up."""
