"""What the attendant asks for at the counter, beside the conversations: each file does one kind of errand."""
