"""What WhatsApp writes into an exported chat in place of media, of deleted messages, and for its own lines."""

import re

from agent.contract.base import Value
from agent.contract.rows import Kind

MARKS = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
"""Marks of direction and the byte order mark; they stand before names, before texts and inside."""

_GONE = r"(?:ocult(?:ad)?[ao]|omitid[ao])"
_OMITTED = {
    Kind.VIEW_ONCE: (
        r"view once (?:voice )?(?:message|photo|image|video) omitted|"
        rf"(?:mensagem|foto|v[ií]deo|[áa]udio|mensagem de voz) de visualiza[çc][ãa]o [úu]nica {_GONE}"
    ),
    Kind.IMAGE: rf"(?:imagem|foto) {_GONE}|image omitted|imagen omitida",
    Kind.VIDEO: rf"(?:mensagem de |nota de )?v[ií]deo {_GONE}|video (?:note )?omitted",
    Kind.VOICE: rf"[áa]udio {_GONE}|audio omitted|mensagem de voz {_GONE}|voice \w+ omitted",
    Kind.STICKER: rf"(?:figurinha|sticker) {_GONE}|sticker omitted",
    Kind.GIF: rf"GIF (?:{_GONE}|omitted)",
    Kind.DOCUMENT: rf"(?:documento|arquivo) {_GONE}|document omitted",
    Kind.CONTACT: rf"cart[ãa]o (?:do|de) contato {_GONE}|contact card omitted",
}
_LEFT_OUT = [(kind, re.compile(rf"<?(?:{words})\.?>?", re.IGNORECASE)) for kind, words in _OMITTED.items()]
_HIDDEN = re.compile(
    r"<(?:m[ií]dia (?:oculta|omitida)|arquivo de m[ií]dia oculto|media omitted|multimedia omitido)>", re.IGNORECASE
)
_ATTACHED = re.compile(r"<(?:attached|anexado|adjunto):\s*(?P<name>[^>]+)>", re.IGNORECASE)
_PAGES = re.compile(r"^(?P<name>[^\n]+\.\w{2,5}) • \d+ \w+$")
"""What stands before a document: its name, and how many pages it has."""
_FILE = re.compile(r"^(?P<name>[^\n]+\.\w{2,5}) \((?:arquivo anexado|file attached|archivo adjunto)\)$")
_DELETED = re.compile(
    r"(?:(?:esta )?mensagem (?:foi )?apagada(?: (?:pelo|por) (?:um )?admin.*)?|"
    r"voc[êe] apagou es[st]a mensagem(?: .{0,20}admin.*)?|"
    r"this message was deleted(?: by admin.*)?|you deleted this message(?: as admin.*)?)\.?",
    re.IGNORECASE,
)
_EDITED = re.compile(r"\s?<(?:(?:esta )?mensagem (?:foi )?editada|this message was edited)>$", re.IGNORECASE)
_WAITING = re.compile(
    r"(?:aguardando (?:esta )?mensagem|waiting for this message)(?:[.,] [^\n]{1,80})?\.?", re.IGNORECASE
)
_LOCATION = re.compile(
    r"(?:localiza[çc][ãa]o(?: em tempo real)?|(?:live )?location)\s*:?\s*"
    r"(?:https?://(?:maps\.|www\.google\.|goo\.gl|maps\.app)\S+|compartilhada|shared)",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"(?:localiza[çc][ãa]o|location): (?P<name>[^\n]+) https?://(?:maps\.|foursquare\.)\S+", re.IGNORECASE
)
_POLL = re.compile(r"(?:enquete|poll):\n", re.IGNORECASE)
_VIEW_ONCE = re.compile(
    r"<?(?:mensagem|foto|v[ií]deo|[áa]udio) de visualiza[çc][ãa]o [úu]nica>?|<?view once (?:message|photo|video)>?",
    re.IGNORECASE,
)
_CALL = re.compile(
    r"(?:(?:liga[çc][ãa]o|chamada) de (?:voz|v[ií]deo)(?: em grupo)?(?: perdida| silenciada| recusada| cancelada)?|"
    r"(?:missed |silenced )?(?:group )?(?:voice|video) call)"
    r"(?:\s?[.,•]\s?(?:\d+[^\n]{0,20}|\d+:\d\d|sem resposta|n[ãa]o atendida|recusada|no answer|declined|"
    r"(?:toque|clique|tap|click) [^\n]{1,40}|(?:modo|atendida em|answered on) [^\n]{1,40}|focus mode))?\.?",
    re.IGNORECASE,
)
_BY_NAME = (
    (Kind.STICKER, re.compile(r"sticker|^STK-|\.webp$", re.IGNORECASE)),
    (Kind.VOICE, re.compile(r"-AUDIO-|^PTT-|\.opus$", re.IGNORECASE)),
    (Kind.GIF, re.compile(r"-GIF-|\.gif$", re.IGNORECASE)),
    (Kind.IMAGE, re.compile(r"-PHOTO-|^IMG-|\.(?:jpe?g|png|heic)$", re.IGNORECASE)),
    (Kind.VIDEO, re.compile(r"-VIDEO-|^VID-|\.(?:mp4|mov|3gp)$", re.IGNORECASE)),
    (Kind.AUDIO, re.compile(r"^AUD-|\.(?:mp3|m4a|aac|ogg|wav)$", re.IGNORECASE)),
    (Kind.CONTACT, re.compile(r"\.vcf$", re.IGNORECASE)),
)
_SYSTEM = re.compile(
    r"protegidas? com a criptografia|end-to-end encrypted|criptografia de ponta a ponta|"
    r"criou (?:o|este) grupo|created (?:this )?group|voc[êe] criou|you created|"
    r"adicionou |\badded\b|removeu |\bremoved\b|(?:saiu|left)(?: do grupo)?\.?$|"
    r"entrou (?:usando|com|neste|no)\b|"
    r"joined (?:using|from|this)|foi (?:adicionad|removid)[ao]\b|"
    r"mudou (?:o|a|para|de)|changed (?:the|their|to|this)|agora (?:voc[êe] )?[ée] (?:um )?admin|"
    r"n[ãa]o [ée] mais (?:um )?admin|"
    r"now an admin|no longer an admin|"
    r"mensagens tempor[áa]rias|disappearing messages|c[óo]digo de seguran[çc]a|security code|"
    r"bloqueou este|desbloqueou este|blocked this contact|unblocked this contact|"
    r"esta empresa|this business|conta comercial|business account|fixou uma mensagem|pinned a message|"
    r"(?:est[áa]|is) (?:nos seus contatos|a contact)",
    re.IGNORECASE,
)

_QUOTED = re.compile(r'"[^"\n]*"|“[^”\n]*”|«[^»\n]*»')
_COLON = re.compile(r":(?: |$)")


class Marked(Value):
    """What a message is, told by its marks."""

    kind: Kind
    text: str | None
    file_name: str | None = None
    edited: bool = False


def is_system(line: str) -> bool:
    """Whether WhatsApp wrote this line, not a person. ``line`` still has its sender's name, if there is one.

    Somebody's "Ana: fulano adicionou ..." has a name with its colon, and so has "Ana (esta empresa): oi". In WhatsApp's
    own lines a colon stands before the words never, and behind them in what somebody named alone, in quotation marks.
    """
    found = _SYSTEM.search(line)
    if found is None or ": " in line[: found.start()]:
        return False
    return _COLON.search(_QUOTED.sub("", line)) is None


def marked(body: str) -> Marked:
    """A message's kind and text. ``body``: all that stands behind the sender's name."""
    edited = _EDITED.search(body) is not None
    body = _EDITED.sub("", body)
    first, _, below = body.partition("\n")
    bare = "".join(c for c in body if c not in MARKS).strip()
    head = "".join(c for c in first if c not in MARKS).strip()
    if found := _ATTACHED.search(bare):
        text = (bare[: found.start()] + bare[found.end() :]).strip()
        if shown := _PAGES.match(text):
            return Marked(kind=_by_name(found["name"]), text=None, file_name=shown["name"], edited=edited)
        return Marked(kind=_by_name(found["name"]), text=text or None, file_name=found["name"].strip(), edited=edited)
    if found := _FILE.match(head):
        return Marked(kind=_by_name(found["name"]), text=below.strip() or None, file_name=found["name"], edited=edited)
    if found := _HIDDEN.match(bare):
        return Marked(kind=Kind.UNKNOWN, text=bare[found.end() :].strip() or None, edited=edited)
    # Only WhatsApp puts a mark of direction or brackets about these words: whoever types them has sent a text.
    if (any(c in MARKS for c in body) or bare[-1:] == ">") and (omitted := _omitted(bare)) is not None:
        return omitted.model_copy(update={"edited": edited})
    for kind, form in (
        (Kind.DELETED, _DELETED),
        (Kind.WAITING, _WAITING),
        (Kind.VIEW_ONCE, _VIEW_ONCE),
        (Kind.CALL, _CALL),
    ):
        if form.fullmatch(bare):
            return Marked(kind=kind, text=None if kind is not Kind.CALL else bare)
    if _LOCATION.fullmatch(bare):
        return Marked(kind=Kind.LOCATION, text=None)
    if place := _PLACE.fullmatch(bare):
        return Marked(kind=Kind.LOCATION, text=place["name"])
    if _POLL.match(bare):
        return Marked(kind=Kind.POLL, text=bare)
    if not bare and not edited:  # What the export has no word for, such as a picture that can be opened once.
        return Marked(kind=Kind.UNKNOWN, text=None)
    text = body.strip(MARKS).rstrip(f" {MARKS}") if edited else body.strip(MARKS)
    return Marked(kind=Kind.TEXT, text=text or None, edited=edited)


def _omitted(bare: str) -> Marked | None:
    for kind, form in _LEFT_OUT:
        found = form.search(bare)
        if found is None or bare[found.end() :].strip():
            continue
        before = bare[: found.start()].strip()
        named = before.split(" • ")[0] if kind is Kind.DOCUMENT and before else None
        return Marked(kind=kind, text=None if named else before or None, file_name=named)
    return None


def _by_name(name: str) -> Kind:
    return next((kind for kind, form in _BY_NAME if form.search(name.strip())), Kind.DOCUMENT)
