"""Finds proper names in a text: words with a capital inside a sentence, and given names anywhere."""

import re
from functools import cache
from pathlib import Path

from agent.analysis.guarding.visible import fold

_LIST = Path(__file__).parent / "given_names.txt"
"""Frequent given names and surnames of Brazil, folded: told from other words at the head of a sentence, too."""

_CAPITAL = re.compile(r"[A-ZÀ-ÖØ-Þ][\w'’]*")
_OPENS = re.compile(r"(?:^|[.!?…:;\n•*\-–—\"“”'(]|[\u2190-\u2BFF\uFE0F\u200D\U0001F000-\U0001FAFF])[\s\"“'(*_]*$")
_COMMON = frozenset(
    # Words that people write with a capital and that name nobody.
    """
    a o as os e eu nos voce voces vc sim nao ok oi ola opa bom boa dia tarde noite obrigado obrigada por favor
    senhor senhora sr sra srs sras dr dra dona seu prof professor professora doutor doutora deus nossa brasil
    brasileiro portugues ingles espanhol whatsapp whats zap pix cpf cnpj rg cep nf nfe os sms pdf lgpd procon
    correios sedex pac sac natal pascoa ano novo carnaval internet wifi wi fi site app email e-mail janeiro
    fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro segunda terca quarta quinta
    sexta sabado domingo feira rua avenida av alameda praca bairro cidade estado i i'm i'll i've i'd we you yes no
    hello hi hey dear please thank thanks mr mrs ms monday tuesday wednesday thursday friday saturday sunday january
    february march april june july august september october november december english portuguese spanish brazil
    usted senor pp p m g gg xg xgg tv ar cd dvd usb led hd ssd ram gb tb mb kg cm id qr vip
    """.split()  # noqa: SIM905 - a list of a hundred words reads better so
)


def names(text: str) -> set[str]:
    """The proper names in a text, folded: ``bia`` of "Falei com a Bia". At the head of a sentence only listed ones."""
    found = set[str]()
    for match in _CAPITAL.finditer(text):
        name = fold(match[0]).strip("'’")
        if name in _COMMON or not name or any(c.isdigit() for c in name):
            continue
        if not _OPENS.search(text[max(0, match.start() - 12) : match.start()]) or name in given_names():
            found.add(name)
    return found


@cache
def given_names() -> frozenset[str]:
    """The listed names."""
    return frozenset(_LIST.read_text("utf-8").split())
