"""Reads the rows of one conversation for what a person should look at twice, and remembers what was read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from agent.contract.analysis import SuggestionKind
from agent.contract.cares import CareCode
from agent.contract.rows import Direction, Kind, Row
from agent.contract.workplace import Care
from agent.identifiers import Kind as Identifier
from agent.identifiers import Style, find_identifiers, mask_identifiers
from agent.shield import Company, Sign, Signs, read_signs
from agent.shield.files import plain_name

LONGEST = 120
"""Characters that are shown of what a caution is about."""
MOST = 20
"""So many cautions of one conversation are told, the most serious ones."""

_NOTHING = Signs()
_PERSONAL = frozenset({Identifier.CPF, Identifier.CARD})
_SILENT = frozenset({Kind.SYSTEM, Kind.CALL, Kind.DELETED, Kind.WAITING})
_SERIOUS = (CareCode.CODE_ASKED, CareCode.PIX_CHANGED, CareCode.DANGEROUS_FILE, CareCode.LOOKALIKE)
"""The most serious first."""


@dataclass(frozen=True, slots=True)
class Cautions:
    """What was read of the open chat."""

    order: tuple[str, ...] = ()
    """All rows that were shown since it was opened, in the chat's order, also those that have left the window."""
    read: Mapping[str, tuple[Row, Signs]] = field(default_factory=dict)
    told: tuple[Care, ...] = ()
    """What is to be said of it now."""


def after(known: Cautions, rows: Mapping[str, Row], window: tuple[str, ...], company: Company) -> Cautions:
    """What is to be said now. A row that is as it was is not read again; one that was edited or deleted is."""
    order = _joined(known.order, window)
    read = dict[str, tuple[Row, Signs]]()
    for wa_id in order:
        row, before = rows.get(wa_id), known.read.get(wa_id)
        if row is not None:
            read[wa_id] = before if before and _is_same(before[0], row) else (row, _signs(row, company))
    found = [*_of_rows(read), *_of_keys(read, company)]
    place = {wa_id: n for n, wa_id in enumerate(order)}
    once = {(care.code, care.wa_id): care for care in found}
    told = sorted(once.values(), key=lambda care: (_SERIOUS.index(care.code), -place[care.wa_id or ""]))
    return Cautions(order, read, tuple(told[:MOST]))


def _signs(row: Row, company: Company) -> Signs:
    if row.kind in _SILENT:
        return _NOTHING
    return read_signs(row.text or "", row.file_name, company)


def _is_same(before: Row, row: Row) -> bool:
    return before is row or (before.kind, before.direction, before.text, before.file_name) == (
        row.kind,
        row.direction,
        row.text,
        row.file_name,
    )


def _of_rows(read: Mapping[str, tuple[Row, Signs]]) -> Iterator[Care]:
    """What a message of the other side shows by itself; where it is not known whose it is, its words are left alone."""
    for wa_id, (row, signs) in read.items():
        for sign, words in signs.found:
            of_words = sign in (Sign.PIX_CHANGED, Sign.CODE_ASKED)
            if row.direction is Direction.IN or (row.direction is Direction.UNKNOWN and not of_words):
                yield Care(code=CareCode(sign.value), wa_id=wa_id, shown=shown(words))


def _of_keys(read: Mapping[str, tuple[Row, Signs]], company: Company) -> Iterator[Care]:
    """Keys that are other ones than those before.

    One of ours must be the company's, or the one that we gave before, or what the customer named. One of theirs is
    another one beside their own of before; and beside ours, unless they say that it is theirs.
    """
    ours, theirs = set(company.keys), set[str]()
    for wa_id, (row, signs) in read.items():
        known = ours | theirs
        other = [key for key in signs.keys if key.value not in known]
        if row.direction is Direction.OUT:
            changed = other[:1] if ours else []
            ours.update(key.value for key in signs.keys)
        else:
            changed = [key for key in other if theirs or (ours and not key.own)][:1]
            theirs.update(key.value for key in other)
        for key in changed:
            yield Care(code=CareCode.PIX_CHANGED, wa_id=wa_id, shown=shown(f"PIX: {key.written}"))


def cares_of(text: str, kind: SuggestionKind, found: tuple[CareCode, ...], company: Company) -> tuple[CareCode, ...]:
    """Why to look twice at a reply before it goes out. The company's own texts may say what they say.

    Args:
        text: The reply.
        kind: Where it comes from.
        found: What the analysis has found in it.
        company: Its keys may be somebody's CPF.
    """
    if kind in (SuggestionKind.CANNED, SuggestionKind.PASSAGE):
        return ()
    personal = any(one.kind in _PERSONAL and one.value not in company.keys for one in find_identifiers(text))
    return (*found, CareCode.PERSONAL_NUMBER) if personal else found


def shown(words: str) -> str:
    """On one line, without marks that nobody sees, numbers of people masked, not too long."""
    line = mask_identifiers(" ".join(plain_name(words.replace("\n", " ")).split()), Style.PARTIAL)
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1].rstrip()}…"


def _joined(known: tuple[str, ...], window: tuple[str, ...]) -> tuple[str, ...]:
    """The window in its place among all that was shown: what stood above and below it stays there."""
    here = set(window)
    shared = [place for place, wa_id in enumerate(known) if wa_id in here]
    if not shared:
        return (*known, *window)
    above = known[: shared[0]]
    below = tuple(wa_id for wa_id in known[shared[-1] + 1 :] if wa_id not in here)
    return (*above, *window, *below)
