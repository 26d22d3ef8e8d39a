"""What a message wants and how its writer feels: classification, the business's own intents, training."""
