"""A part of a document that a program writes, between two marks that are not seen."""


def replaced(text: str, name: str, block: str) -> str:
    """The document with another block between ``<!-- name -->`` and ``<!-- /name -->``.

    Raises:
        ValueError: the marks are not there.
    """
    first, last = f"<!-- {name} -->\n", f"<!-- /{name} -->"
    before, begin, rest = text.partition(first)
    _, end, after = rest.partition(last)
    if not (begin and end):
        raise ValueError(f"the document lacks the lines {first.strip()} and {last}")
    return f"{before}{begin}{block}{end}{after}"
