"""What one message shows by itself, without the others around it."""

from dataclasses import dataclass
from enum import StrEnum

from agent.shield.asked import code_asked_in
from agent.shield.changed import changed_in
from agent.shield.company import Company
from agent.shield.files import dangerous_links, is_dangerous_file, plain_name
from agent.shield.keys import Key, keys_in
from agent.shield.lookalikes import lookalike


class Sign(StrEnum):
    """Why to look twice; the values are those of ``agent.contract.workplace.CareCode``."""

    PIX_CHANGED = "pix_changed"
    LOOKALIKE = "lookalike"
    DANGEROUS_FILE = "dangerous_file"
    CODE_ASKED = "code_asked"


@dataclass(frozen=True, slots=True)
class Signs:
    """What was found in one message."""

    found: tuple[tuple[Sign, str], ...] = ()
    """Each with the words that it is about, as they are written."""
    keys: tuple[Key, ...] = ()
    """PIX keys that it names: whether one of them is another one depends on the messages before."""


def read_signs(text: str, file_name: str | None = None, company: Company | None = None) -> Signs:
    """Read one message of the other side. Takes any text; time grows with its length."""
    found = list[tuple[Sign, str]]()
    if file_name and is_dangerous_file(file_name):
        found.append((Sign.DANGEROUS_FILE, plain_name(file_name)))
    elif links := dangerous_links(text):
        found.append((Sign.DANGEROUS_FILE, links[0]))
    if host := lookalike(text, company.domains if company else frozenset()):
        found.append((Sign.LOOKALIKE, host))
    if sentence := changed_in(text):
        found.append((Sign.PIX_CHANGED, sentence))
    if sentence := code_asked_in(text):
        found.append((Sign.CODE_ASKED, sentence))
    return Signs(tuple(found), keys_in(text))
