"""The search's figures for a person."""

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.table import Table


def show(found: Mapping[str, Any], plain: Mapping[str, Any]) -> None:
    """Print the figures with the encoder (where there is one) beside those without it."""
    table = Table(box=None, pad_edge=False)
    table.add_column("")
    if found["encoder"]:
        table.add_column("with the encoder", justify="right")
    table.add_column("without", justify="right")
    for name, value in plain.items():
        if name != "encoder":
            table.add_row(name.replace("_", " "), *([str(found[name])] if found["encoder"] else []), str(value))
    Console().print(table)
