"""The player: a recorded session is looked at again, its page beside what happened."""
