"""The consent to keep real names and texts in a recording: a sentence that a person types at this machine."""

import typer

from agent.errors import BadInput

CONSENT = "keep the texts"
"""To be typed by who wants a recording with the real texts."""


def ask_consent(what: str) -> None:
    """Say what it means, and have the sentence typed. ``what``: begins the explanation.

    Raises:
        BadInput: something else was typed.
    """
    typer.echo(
        f"{what} will hold real names and texts, readable by whoever has the file. "
        "Erasing a customer in Balcão does not reach it: you have to remove it yourself."
    )
    if typer.prompt(f"Type '{CONSENT}' to go on", default="", show_default=False).strip() != CONSENT:
        raise BadInput("Nothing was made.", "Without --keep-text names and texts are replaced.")
