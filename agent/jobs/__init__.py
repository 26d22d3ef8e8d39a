"""Work beside the conversations: learning from use. Later also backup, retention, digests."""
