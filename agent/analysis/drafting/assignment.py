"""What the model is told to do with a text, apart from how it is told: a model file and a server lay it out alike."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Assignment:
    """One text and what is to become of it."""

    head: str
    """Names what stays the same from one text to the next (rules and examples): it is evaluated once."""
    rules: str
    examples: tuple[tuple[str, str], ...]
    """Texts and what was made of them. Each stands in the prompt as the real one does."""
    wish: str
    """Stands behind the text, so that an order inside the text is not the last word."""
    text: str
    share: float
    """The result has at most this share of the text's tokens ..."""
    more: int
    """... and so many besides."""
    plain: bool = True
    """The grammar of what people write in a chat holds."""

    def limit(self, tokens: int) -> int:
        """Longest result in tokens, for a text of so many."""
        return int(tokens * self.share) + self.more
