"""Words of the page itself: a recording keeps them, because the reader knows by them what it reads.

They are the reader's own lists (``userscript/src/labels.ts`` and ``selectors.json``); a test holds the two together.
"""

import json
import re
import unicodedata
from enum import Enum, auto
from functools import cache
from pathlib import Path

_REGISTRY = Path(__file__).parents[2] / "userscript" / "selectors.json"
_BIDI = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")

_YOU = ("você", "tu", "you", "tú", "usted", "vos", "vous", "du", "sie")
_ANYWHERE = (
    *_YOU,
    *("editada", "editado", "edited", "modificato", "modificata", "modifié", "modifiée", "bearbeitet"),
    *("encaminhada", "encaminhado", "encaminhada com frequência", "encaminhada muitas vezes", "reencaminhada"),
    *("reencaminhada muitas vezes", "forwarded", "forwarded many times", "reenviado", "reenviado muchas veces"),
    *("inoltrato", "inoltrato molte volte", "transféré", "weitergeleitet"),
    *("conversar", "mensagem", "enviar mensagem", "message", "mensaje", "enviar mensaje", "messaggio"),
    *("ver todos", "ver todo", "view all"),
    *("ler mais", "read more", "leer más", "leggi tutto", "lire la suite", "mehr lesen"),
    *("hoje", "today", "hoy", "oggi", "aujourd’hui", "aujourd'hui", "heute"),
    *("ontem", "yesterday", "ayer", "ieri", "hier", "gestern"),
    *("domingo", "segunda-feira", "terça-feira", "quarta-feira", "quinta-feira", "sexta-feira", "sábado"),
    *("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"),
    *("lunes", "martes", "miércoles", "jueves", "viernes"),
    *("domenica", "lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato"),
    *("whatsapp", "whatsapp business", "digitando…", "gravando áudio…", "gravando um áudio…", "online"),
    *("typing…", "recording audio…", "escribiendo…", "grabando audio…", "a escrever…", "a gravar áudio…"),
    *("sta scrivendo…", "sta registrando un audio…", "usar aqui", "use here", "usar aquí", "saindo", "desconectando"),
)
_LABELS = (
    *("pendente", "pending", "pendiente", "in attesa", "en attente", "ausstehend", "enviada", "enviado", "sent"),
    *("inviato", "envoyé", "gesendet", "entregue", "delivered", "entregado", "consegnato", "distribué", "zugestellt"),
    *("lida", "lido", "read", "leído", "letto", "lu", "gelesen", "reproduzida", "reproduzido", "played"),
    *("reproducido", "ascoltato", "riprodotto", "écouté", "abgespielt"),
)
"""Of attributes for screen readers only: some are names of people, too."""

_MONTHS = (
    *("janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro", "outubro", "novembro"),
    *("dezembro", "january", "february", "march", "april", "may", "june", "july", "august", "september", "october"),
    *("november", "december", "enero", "febrero", "marzo", "mayo", "junio", "julio", "septiembre", "octubre"),
    *("noviembre", "diciembre", "gennaio", "febbraio", "aprile", "maggio", "giugno", "luglio", "settembre", "ottobre"),
    "dicembre",
)
_DATED = re.compile(rf"\d{{1,2}} de (?:{'|'.join(_MONTHS)})(?: del? 20\d\d)?|(?:{'|'.join(_MONTHS)}) \d{{1,2}}, 20\d\d")
_DAY, _MONTH = "(?:0?[1-9]|[12][0-9]|3[01])", "(?:0?[1-9]|1[0-2])"
_CALENDAR = (
    rf"(?:{_DAY}[/.\-]{_MONTH}|{_MONTH}[/.\-]{_DAY})[/.\-](?:20)?[0-9][0-9]"
    rf"|20[0-9][0-9][/.\-]{_MONTH}[/.\-]{_DAY}"
)
_DATE = re.compile(_CALENDAR)
_CLOCK = re.compile(
    rf"(?:(?:{_CALENDAR}),? )?(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?(?: ?[ap]\.? ?m\.?)?"
    rf"(?:,? (?:{_CALENDAR}))?"
)
"""A wall clock alone, or with its day: somebody's number that has a colon in it is none."""

_COUNTED = re.compile(
    r"\d{1,4} (?:mensagens? (?:não|nao) lidas?|unread messages?|mensajes? no leídos?|messaggi(?:o)? non lett[oi])"
)
_NOTICES = re.compile(
    r"(?:(?:esta )?mensagem (?:foi )?apagada(?: (?:por|pelo)\b)?|você apagou (?:esta|uma) mensagem"
    r"|this message was deleted|you deleted this message|(?:se eliminó|eliminaste) este mensaje"
    r"|este mensaje (?:fue|ha sido) eliminado|(?:questo messaggio è stato|hai) eliminato"
    r"|aguardando (?:a |esta )?mensagem|waiting for this message|esperando (?:el|este) mensaje"
    r"|in attesa (?:del|di questo) messaggio|en attente de ce message|warten? auf diese nachricht"
    r"|(?:chamada|ligação) (?:de (?:voz|vídeo)|perdida|em grupo|não atendida|recusada)(?: perdida)?"
    r"|(?:voice|video|missed|group|silenced|declined)(?: group)?(?: voice| video)? call"
    r"|(?:llamada|videollamada)(?: de (?:voz|video))?(?: perdida| grupal)?|(?:chiamata|videochiamata)"
    r"|(?:rascunho|draft|borrador|bozza|brouillon|entwurf):"
    r"|(?:reagiu|reagiste|reacted|reaccionó|reaccionaste|ha reagito|hai reagito) (?:com|with|con) "
    r"|(?:ver|baixar|view|download|open|descargar|abrir|scarica) \""
    r"|(?:funciona no|funciona com o|works with|funciona con) google chrome )",
    re.IGNORECASE,
)
_TYPING = re.compile(
    r"(?:digitando|gravando(?: um)? áudio|a escrever|a gravar(?: um)? áudio|typing|recording(?: an)?(?: audio)?"
    r"|escribiendo|grabando(?: un)? audio|sta scrivendo|sta registrando(?: un audio)?)(?:…|\.{3})$",
    re.IGNORECASE,
)
_CONTAINED = (
    *("não lida", "unread", "no leíd", "non lett", "em grupo", "group call", "grupal", "grupo"),
    *("sem conexão", "desconectado", "not connected", "no internet", "offline", "sin conexión", "conectando"),
    *("connecting", "atualizar", "update", "actualizar", "temporariamente", "temporarily", "temporalmente"),
    *("banido", "bloqueado", "suspenso", "banned", "blocked", "suspended", "usar aqui", "use here", "usar aquí"),
)
_ATTRIBUTE = re.compile(r"""\[(?:aria-label|title|alt)([~^$*|]?=)["'](.*?)["']\s?i?\]""")


class Place(Enum):
    """Where a text stands in the page: what of it may be the page's own follows from that."""

    ELSEWHERE = auto()
    ROW = auto()
    """In a message's row, beside what was written."""
    WRITTEN = auto()
    """Somebody wrote it: no time, no date and no number in it is the page's."""
    PREVIEW = auto()
    """A chat's last message in the list; somebody wrote that, too."""
    TIME = auto()
    """The line of time and ticks, a chat's time in the list."""
    NAME = auto()
    MEMBERS = auto()
    """Names, and what the page says of them: the head of a chat."""


def plain(text: str) -> str:
    """As the reader compares words: without marks of direction, one blank for many, small."""
    return re.sub(r"\s+", " ", _BIDI.sub("", unicodedata.normalize("NFC", text))).strip().lower()


def is_page_word(text: str, *, label: bool, place: Place = Place.ELSEWHERE) -> bool:
    """Whether a whole text is the page's own; ``label``: it stands in an attribute for screen readers."""
    said = plain(text)
    if said in _ANYWHERE or (label and (said in _LABELS or said in _exact())):
        return True
    if place not in (Place.ELSEWHERE, Place.ROW, Place.TIME):
        return False
    if _CLOCK.fullmatch(said) or _COUNTED.fullmatch(said):
        return True
    return place is not Place.ROW and (_DATED.fullmatch(said) or _DATE.fullmatch(said)) is not None


def is_you(name: str) -> bool:
    """Whether in the place of a name the page has its word for the person at this computer, perhaps with a colon."""
    return plain(name).rstrip(":：").rstrip() in _YOU


def page_parts(text: str, *, label: bool) -> list[tuple[str, bool]]:
    """A text in pieces, and which of them are words of the page."""
    found = _NOTICES.match(_BIDI.sub("", text)) or _TYPING.search(text)
    if found is None and label:
        found = _contained().search(text)
    if found is None or found[0] not in text:
        return [(text, False)]
    before, own, after = text.partition(found[0])
    return [(before, False), (own, True), (after, False)]


def listed() -> frozenset[str]:
    """Every phrase that is kept whole, for the test that compares them with the reader's."""
    return frozenset((*_ANYWHERE, *_LABELS, *_exact()))


@cache
def _named() -> tuple[tuple[str, str], ...]:
    """Words of the page in the registry's selectors, and how they are compared."""
    registry = json.loads(_REGISTRY.read_text("utf-8"))
    rules = (alternative["css"] for anchor in registry["anchors"] for alternative in anchor["alternatives"])
    return tuple(found for css in rules for found in _ATTRIBUTE.findall(css))


@cache
def _exact() -> frozenset[str]:
    return frozenset(plain(words) for how, words in _named() if how == "=")


@cache
def _contained() -> re.Pattern[str]:
    loose = {words for how, words in _named() if how != "=" and any(c.isalpha() for c in words)}
    every = sorted({*loose, *_CONTAINED}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, every)), re.IGNORECASE)
