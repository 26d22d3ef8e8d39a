"""Folds a message into the form that the classifiers and the search see.

People type the same thing in many ways ("Vc tem em PRETO???", "voces tem em preto?"). Folding makes those alike; what
it takes away and still says something (shouting, a link, a sum of money) is left as a marker word.
"""

import re
import unicodedata
from functools import lru_cache

_SHORT_FORMS = {
    "vc": "voce", "vcs": "voces", "ce": "voce", "cs": "voces", "oce": "voce",
    "q": "que", "oq": "o que", "pq": "porque", "qnd": "quando", "qdo": "quando", "qd": "quando",
    "qto": "quanto", "qnto": "quanto", "qt": "quanto", "qtos": "quantos",
    "tb": "tambem", "tbm": "tambem", "n": "nao", "nn": "nao", "naum": "nao", "num": "nao",
    "hj": "hoje", "amn": "amanha", "dps": "depois", "agr": "agora", "td": "tudo", "tds": "todos",
    "mt": "muito", "mto": "muito", "mta": "muita", "mts": "muitos", "msm": "mesmo", "msg": "mensagem",
    "obg": "obrigado", "obgd": "obrigado", "brigado": "obrigado", "brigada": "obrigada", "brigadao": "obrigado",
    "vlw": "valeu", "flw": "falou", "blz": "beleza", "bdia": "bom dia", "pfv": "por favor", "pf": "por favor",
    "pfvr": "por favor", "cmg": "comigo", "ctg": "contigo", "p": "para", "pra": "para", "pro": "para o",
    "pras": "para as", "pros": "para os", "ta": "esta", "tao": "estao", "to": "estou", "tava": "estava",
    "aki": "aqui", "eh": "e", "ent": "entao", "kd": "cade", "cel": "celular", "tam": "tamanho", "zap": "whatsapp",
    "whats": "whatsapp", "wpp": "whatsapp", "insta": "instagram", "note": "notebook", "end": "endereco",
    "bjs": "beijos", "bj": "beijo", "abs": "abraco", "abc": "abraco", "ngm": "ninguem", "vdd": "verdade",
    "pgto": "pagamento", "pag": "pagamento", "cred": "credito", "deb": "debito", "min": "minutos",
    "nf": "nota fiscal", "hr": "hora", "hrs": "horas", "xau": "tchau",
}  # fmt: skip

_LINK = re.compile(
    r"(?:https?://|www\.)\S+|\b[\w.-]+\.(?:com|net|org|ly|me|top|win|site|online|link|apk)(?:\.br)?(?:/\S*)?"
)
_EMAIL = re.compile(r"\S+@\S+\.\S+")
_MONEY = re.compile(r"r\$\s*\d[\d.,]*")
_LAUGH = re.compile(r"\b(?:k{2,}|(?:rs){1,}|(?:ha|he|hua|hue){2,}h?|a(?:ha){2,})\b")
_EMPHASIS = re.compile(r"[!?]{2,}")
_ELONGATED = re.compile(r"(.)\1{2,}")
_TRAILING = re.compile(r"([aeiou])\1+\b")
_DIGIT = re.compile(r"\d")
_TOKEN = re.compile(r"\w+|[^\w\s]")
_SHOUTED_LETTERS = 8
_SHOUTED_SHARE = 0.7


@lru_cache(maxsize=256)
def normalise(text: str) -> str:
    """The folded words of ``text``, one space apart; emoji and punctuation are words of their own.

    Never fails: whatever is not text (bidi marks, variation selectors, control characters) is left out.
    """
    shouted = _is_shouted(text)
    folded = "".join(c for c in unicodedata.normalize("NFKD", text) if unicodedata.category(c) not in _DROPPED).lower()
    folded = _LINK.sub(" _link ", _EMAIL.sub(" _email ", folded))
    folded = _LAUGH.sub(" _risada ", _MONEY.sub(" _dinheiro ", folded))
    folded = _EMPHASIS.sub(r" \g<0> _enfase ", folded)
    folded = _TRAILING.sub(r"\1", _ELONGATED.sub(r"\1", folded))
    words = [_SHORT_FORMS.get(word, word) for word in _TOKEN.findall(_DIGIT.sub("0", folded))]
    if shouted:
        words.append("_gritando")
    return " ".join(words)


_DROPPED = frozenset({"Mn", "Me", "Cf", "Cs", "Co", "Cn", "Sk"})


def _is_shouted(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    upper = sum(c.isupper() for c in letters)
    return len(letters) >= _SHOUTED_LETTERS and upper >= _SHOUTED_SHARE * len(letters)
