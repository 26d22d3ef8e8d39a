"""Takes out of a text who wrote it and whom it is about, before anything is learned from it.

What is taken out leaves a variable (``{nome}``, ``{telefone}``), so that a masked text can become a reply. Too much is
taken rather than too little: a size range that looks like a phone number costs one example, a phone number that looks
like a size costs a person's trust.

What is certain, ``agent.identifiers`` tells, by check digits and numbering plans. The patterns here take the rest, on
purpose without them, and the whole of a row of digits of which a part is certain: a CPF with two wrong digits, half a
telephone number, an order's number, a link, a street. A prompt or an export must stay readable and keeps those; what
is learned is offered to other customers and needs none.
"""

import re
import unicodedata
from collections.abc import Iterable

from agent.analysis.guarding.names import given_names
from agent.analysis.guarding.visible import fold, without_hidden
from agent.contract.learning import Correction
from agent.identifiers import Kind, find_identifiers

NAME, ORDER, DETAIL = "{nome}", "{pedido}", "{detalhe}"

_VARIABLE = {
    Kind.CPF: "{cpf}",
    Kind.CPF_TYPO: "{cpf}",
    Kind.CNPJ: "{cnpj}",
    Kind.CNPJ_TYPO: "{cnpj}",
    Kind.PHONE: "{telefone}",
    Kind.EMAIL: "{email}",
    Kind.PIX_KEY: "{pix}",
    Kind.PIX_CODE: "{pix}",
    Kind.CARD: "{cartao}",
    Kind.CARD_TYPO: "{cartao}",
    Kind.CEP: "{endereco}",
    Kind.BOLETO: DETAIL,
}
_WITH_LETTERS = frozenset({Kind.EMAIL, Kind.PIX_KEY, Kind.PIX_CODE})
_LINK = re.compile(
    r"(?:\w+://|www\.)\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:com|net|org|br|me|ly|app|io|link|shop|site|online)\b(?:/\S*)?",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"[^\s@,;:<>()]+@[^\s@,;:<>()]+")
_HANDLE = re.compile(r"(?<!\w)@[\w.]+")
_UUID = re.compile(r"\b[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}\b", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\w])[+(#]*\d(?:[\d\s().\-–/+]*\d)?(?![\w])")
"""Digits with whatever people put between them."""
_CPF = re.compile(r"\d{3}\.\d{3}\.\d{3}[-/]\d{2}")
_CNPJ = re.compile(r"\d{2}\.\d{3}\.\d{3}/\d{4}-\d{2}")
_CEP = re.compile(r"\d{2}\.?\d{3}-\d{3}")
_MONEY = re.compile(r"(?:\d{1,3}(?:\.\d{3})+|\d{1,6}),\d{2}")
_CODE = re.compile(r"(?<![\w{])#?(?=\w*[^\W\d_])(?=\w*\d)(?=(?:\w*\d){3})[\w-]{5,}(?!\w)")
"""Letters and at least three digits in one word: tracking codes, order codes, licence plates."""
_ORDER = re.compile(
    r"(\b(?:pedidos?|compras?|protocolos?|os|ordem(?: de servi[çc]o)?|rastreio|c[óo]digo|contrato|matr[íi]cula|"
    r"nota(?: fiscal)?|nf-?e?|n[º°o]\.?|n[úu]mero)\s*(?:n[º°o.]*\s*|[ée:#]\s*)*)#?\d[\d.\-/]*",
    re.IGNORECASE,
)
_HASH = re.compile(r"#\s?\d+")
_ADDRESS = re.compile(
    r"\b(?:rua|r\.|avenida|av\.?|alameda|al\.|travessa|tv\.|pra[çc]a|p[çc]a\.?|rodovia|estrada|quadra|qd\.?|"
    r"servid[ãa]o|largo|beco|viela)\s+[^,;\n!?]{2,60}?[\s,]+(?:n[º°o.]*\s*)?\d+\w?"
    r"(?:\s*[,\-–]?\s*(?:ap(?:to|artamento|t)?\.?|casa|bloco|bl\.?|fundos|lote|lt\.?|sala|torre)\s*\w+)*",
    re.IGNORECASE,
)
_UNIT = re.compile(r"\b(?:ap(?:to|artamento|t)\.?|bloco|bl\.|lote|sala|torre)\s+(?:\d+\w?|\w\b)", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_INTRODUCES = re.compile(
    r"(?:\bsou (?:[oa] )?|\bme chamo |\bmeu nome (?:completo )?(?:e|eh)[: ]+|\baqui (?:e|eh|quem fala e) (?:[oa] )?"
    r"|\bnome(?: completo)?: ?|\bfala(?:ndo)? com (?:[oa] )?|\bchamad[oa] |\bpara? (?:[oa] )?(?:sr|sra|dona|seu)\.? )$"
)
_VARIABLES = frozenset(
    {"nome", "pedido", "detalhe", "link", "email", "contato", "pix", "endereco", "cnpj", "cpf", "cartao", "telefone"}
)
_CONNECTS = frozenset({"de", "da", "do", "das", "dos", "e", "di", "du"})
_REPEATED = re.compile(r"\{nome\}(?:\s+(?:(?:de|da|do|das|dos|e)\s+)?\{nome\})+")


def mask(text: str, people: Iterable[str] = ()) -> str:
    """The text with a variable in place of everything personal. Masking twice changes nothing more.

    Args:
        text: what a customer or an attendant wrote.
        people: names by which the customer is known (the chat's title, the push name), or their phone number.
    """
    seen = without_hidden(unicodedata.normalize("NFKC", without_hidden(text)))
    known = {part for person in people for part in _parts(person)}
    seen = _without_words(seen)
    seen = _LINK.sub("{link}", _HANDLE.sub("{contato}", _EMAIL.sub("{email}", seen)))
    seen = _UUID.sub("{pix}", seen)
    seen = _ADDRESS.sub("{endereco}", seen)
    seen = _UNIT.sub("{endereco}", seen)
    seen = _ORDER.sub(lambda found: found[1] + ORDER, seen)
    seen = _HASH.sub(ORDER, seen)
    seen = _NUMBER.sub(lambda found: _number(found[0], known), seen)
    seen = _CODE.sub(ORDER, seen)
    return _REPEATED.sub(NAME, _names(seen, known))


def _without_words(text: str) -> str:
    """Without identifiers that are not digits alone: those are looked at in ``_number``, with all that stands by."""
    parts, end = list[str](), 0
    for found in find_identifiers(text):
        if found.kind in _WITH_LETTERS or not found.value.lstrip("+").isdigit():
            parts += [text[end : found.start], _VARIABLE[found.kind]]
            end = found.end
    return "".join([*parts, text[end:]])


def _parts(person: str) -> set[str]:
    """The words and numbers of a name, folded: every one of them is taken out, but for what joins them."""
    written = unicodedata.normalize("NFKC", without_hidden(person))
    words = {fold(word) for word in re.findall(r"[^\W_]+", written)}
    words |= {fold(word) for word in re.findall(r"[^\W\d_]+|\d+", written)}
    return {word for word in words if word not in _CONNECTS and (len(word) > 1 or word.isdigit())}


def _number(found: str, known: set[str]) -> str:
    lead = found[: len(found) - len(found.lstrip("+(#"))]
    bare = found.strip()
    digits = re.sub(r"\D", "", bare)
    if _MONEY.fullmatch(bare):
        return found
    for sure in find_identifiers(bare):
        if sure.end - sure.start == len(bare):
            return _VARIABLE[sure.kind]
    if _CNPJ.search(bare):
        return "{cnpj}"
    if _CPF.search(bare) or (len(digits) == 11 and bare.isdigit() and bare[2] != "9"):
        return "{cpf}"
    if _CEP.fullmatch(bare):
        return "{endereco}"
    if len(digits) >= 13 and "+" not in lead:
        return "{cartao}"
    if len(digits) >= 8:
        return "{telefone}"
    if len(digits) >= 5 or any(part in known for part in re.findall(r"\d+", bare)):
        return ORDER
    return found


def _names(text: str, known: set[str]) -> str:
    listed = given_names()
    parts, end, after_name = list[str](), 0, False
    for match in _LETTERS.finditer(text):
        between, word = text[end : match.start()], match[0]
        folded = fold(word)
        pieces = {folded, *re.split(r"['’]", folded)}
        variable = folded in _VARIABLES and between.endswith("{") and text[match.end() : match.end() + 1] == "}"
        named = (
            not variable
            and bool(
                pieces & known
                or (folded in listed and (word[0].isupper() or _INTRODUCES.search(fold(text[: match.start()]))))
                # "Ana Beatriz Moura": what follows a name with a capital belongs to it.
                or (after_name and word[0].isupper() and not between.strip())
                or (word[0].isupper() and _INTRODUCES.search(fold(text[: match.start()])))
            )
        )
        parts += [between, NAME if named else word]
        after_name = named or (after_name and folded in _CONNECTS and not between.strip())
        end = match.end()
    return "".join([*parts, text[end:]])


def masked(corrections: Iterable[Correction]) -> list[tuple[str, str]]:
    """Pairs of a message, masked, and the intent that a person gave it."""
    return [(mask(one.text, one.people), one.intent) for one in corrections]
