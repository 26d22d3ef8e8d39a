"""What the business can answer: canned and learned replies, passages of its knowledge, and the search in them."""
