"""Refuses a password that is none, in a sentence; what may be one says the contract, for the window knows it, too."""

from agent.contract.passwords import Weakness, weakness_of
from agent.contract.signing_in import PASSWORD_LENGTH
from agent.errors import BadInput

_LEAST, _MOST = PASSWORD_LENGTH
_SAID = {
    Weakness.LENGTH: (f"A password has {_LEAST} to {_MOST} characters.", "Several words with spaces are a good one."),
    Weakness.NAME: ("The password holds the user's name.", "Choose one that tells nothing of whose it is."),
    Weakness.GUESSED: (
        "This is one of the passwords that are tried first.",
        "Take several words that do not belong together.",
    ),
}


def check_password(password: str, user_name: str) -> None:
    """Refuse what is too easily guessed.

    Raises:
        BadInput: it is, and why.
    """
    weakness = weakness_of(password, user_name)
    if weakness is not None:
        raise BadInput(*_SAID[weakness])
