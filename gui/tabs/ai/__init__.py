"""What the agent understands and writes: its model, its intents, the replies and texts that it draws on."""
