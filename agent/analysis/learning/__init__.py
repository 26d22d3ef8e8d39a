"""Learning from use: the order of replies, wordings, proposals; personal data is taken out first."""
