"""A passage of the knowledge base as a reply: only when it reads as one, and cut at a sentence."""

import re

LONGEST_REPLY = 400
"""Letters. A longer text is read by nobody in a chat."""

_SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=[^\W\d_a-zà-ú]|[\"“¿¡(])")
_SPACES = re.compile(r"[ \t]*\n+[ \t]*")
_STARTS = re.compile(r"[\w“\"(¿¡]")
_MOST_LINES = 6


def as_reply(text: str) -> str:
    """A passage's first sentences, at most ``LONGEST_REPLY`` letters; empty where the first alone is longer."""
    if len(text) <= LONGEST_REPLY:
        return text.strip()
    whole = ""
    for sentence in _SENTENCE.split(_SPACES.sub("\n", text.strip())):
        if len(whole) + 1 + len(sentence) > LONGEST_REPLY:
            break
        whole = f"{whole} {sentence}".strip()
    return whole


def presentable(text: str) -> bool:
    """Whether a passage reads as a reply: a sentence or more, no table of short lines, no code."""
    reply = as_reply(text)
    if not reply or not _STARTS.match(reply) or reply[-1] not in '.!?…)”"':
        return False
    letters = sum(character.isalpha() or character.isspace() for character in reply)
    return reply.count("\n") < _MOST_LINES and letters >= 0.6 * len(reply) and len(reply.split()) >= 3
