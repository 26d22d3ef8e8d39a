"""What may be a password: long enough, not the user's name, and not what everybody takes. No rule asks for signs."""

import re
import unicodedata
from enum import StrEnum

from agent.contract.signing_in import PASSWORD_LENGTH

WORTH = 6
"""So many parts must not follow from the part before, or it is one of the passwords that are tried first."""

_WORDS = """
    senha senhas password passwd mudar mudarsenha trocar acesso entrar login admin administrador root usuario user
    supervisor atendente atendimento vendedor vendas venda gerente cliente clientes empresa loja balcao caixa whatsapp
    zap internet computador teste testando provisoria padrao bemvindo welcome letmein secret segredo iloveyou
    teamo euteamo amor amores meuamor vida familia felicidade feliz saudade princesa estrela sucesso liberdade
    deus deusefiel jesus jesuscristo cristo fiel brasil brazil bahia rio saopaulo minas flamengo corinthians palmeiras
    santos vasco gremio internacional cruzeiro atletico botafogo fluminense futebol campeao
    maria jose joao ana antonio francisco carlos paulo pedro lucas luiz marcos gabriel rafael daniel bruno
    silva souza oliveira pereira lima costa ferreira rodrigues almeida
    janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro
    segunda terca quarta quinta sexta sabado domingo verao inverno natal
    dragon monkey football baseball master hello sunshine superman batman pokemon
"""
_KNOWN = re.compile("|".join([*sorted(_WORDS.split(), key=len, reverse=True), r"(?:19|20)\d\d"]))
_LOOKS_LIKE = str.maketrans("@4310$57!", "aaeiossti")
_ROWS = ("1234567890-=", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_PLACES = {sign: (row, column) for row, signs in enumerate(_ROWS) for column, sign in enumerate(signs)}
_NAME_LENGTH = 4
"""Shorter names may be in there by chance."""


class Weakness(StrEnum):
    """Why something may be no password."""

    LENGTH = "length"
    NAME = "name"
    """The user's name is in it."""
    GUESSED = "guessed"
    """It is one of those that are tried first."""


def weakness_of(password: str, user_name: str) -> Weakness | None:
    """What is wrong with it; None: it may be one."""
    least, most = PASSWORD_LENGTH
    if not least <= len(password) <= most:
        return Weakness.LENGTH
    said = _plain(password)
    parts = [_plain(part) for part in (user_name, *re.split(r"[ ._@+-]+", user_name))]
    if any(len(part) >= _NAME_LENGTH and part in said for part in parts):
        return Weakness.NAME
    if min(_worth(said), _worth(said.translate(_LOOKS_LIKE))) < WORTH:
        return Weakness.GUESSED
    return None


def _plain(text: str) -> str:
    """Without case, accents and spaces."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in folded if not unicodedata.combining(sign) and not sign.isspace())


def _worth(said: str) -> int:
    """How many parts there are: a known word or a year is one, and what repeats or goes on a row is none."""
    if (block := (said + said).find(said, 1)) < len(said):
        said = said[:block]
    worth, before = 0, ""
    for sign in _KNOWN.sub("\0", said):
        if sign == "\0" or not (before and before != "\0" and _follows(before, sign)):
            worth += 1
        before = sign
    return worth


def _follows(before: str, sign: str) -> bool:
    """Whether it is the same sign, its neighbour in the alphabet, or its neighbour on the keyboard."""
    if abs(ord(before) - ord(sign)) <= 1:
        return True
    (row, column), (other_row, other_column) = _PLACES.get(before, (9, 99)), _PLACES.get(sign, (-9, -99))
    return abs(row - other_row) <= 1 and abs(column - other_column) <= 1
