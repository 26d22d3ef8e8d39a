"""What WhatsApp writes into an exported chat in place of media, of deleted messages, and for its own lines."""

import re

from agent.contract.base import Value
from agent.contract.rows import Kind

MARKS = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
"""Marks of direction and the byte order mark; they stand before names, before texts and inside."""

_OMITTED = {
    Kind.IMAGE: r"imagem (?:ocultada|omitida)|image omitted|imagen omitida",
    Kind.VIDEO: r"v[ií]deo (?:ocultado|omitido)|video omitted",
    Kind.VOICE: r"[áa]udio (?:ocultado|omitido)|audio omitted|mensagem de voz (?:ocultada|omitida)|voice \w+ omitted",
    Kind.STICKER: r"figurinha (?:ocultada|omitida)|sticker omitted",
    Kind.GIF: r"GIF (?:ocultado|omitido|omitted)",
    Kind.DOCUMENT: r"documento (?:ocultado|omitido)|document omitted",
    Kind.CONTACT: r"cart[ãa]o (?:do|de) contato (?:ocultado|omitido)|contact card omitted",
}
_LEFT_OUT = [(kind, re.compile(rf"(?:{words})\.?", re.IGNORECASE)) for kind, words in _OMITTED.items()]
_HIDDEN = re.compile(
    r"<(?:m[ií]dia (?:oculta|omitida)|arquivo de m[ií]dia oculto|media omitted|multimedia omitido)>", re.IGNORECASE
)
_ATTACHED = re.compile(r"<(?:attached|anexado|adjunto):\s*(?P<name>[^>]+)>", re.IGNORECASE)
_FILE = re.compile(r"^(?P<name>[^\n]+\.\w{2,5}) \((?:arquivo anexado|file attached|archivo adjunto)\)$")
_DELETED = re.compile(
    r"(?:(?:esta )?mensagem (?:foi )?apagada|voc[êe] apagou esta mensagem|mensagem apagada pelo admin.*|"
    r"this message was deleted|you deleted this message|this message was deleted by admin.*)\.?",
    re.IGNORECASE,
)
_EDITED = re.compile(r"\s?<(?:(?:esta )?mensagem (?:foi )?editada|this message was edited)>$", re.IGNORECASE)
_WAITING = re.compile(r"(?:aguardando (?:esta )?mensagem|waiting for this message)\b.*", re.IGNORECASE)
_LOCATION = re.compile(
    r"(?:localiza[çc][ãa]o(?: em tempo real)?|location|live location)\s*:?\s*(?:https?://maps\S+|compartilhad[ao]|shared)",
    re.IGNORECASE,
)
_POLL = re.compile(r"(?:enquete|poll):\n", re.IGNORECASE)
_VIEW_ONCE = re.compile(
    r"<?(?:mensagem de visualiza[çc][ãa]o [úu]nica.*|view once (?:message|photo|video).*)>?", re.IGNORECASE
)
_CALL = re.compile(
    r"(?:liga[çc][ãa]o|chamada) de (?:voz|v[ií]deo)(?: perdida)?\b[^\n]{0,60}|"
    r"(?:missed )?(?:voice|video) call\b[^\n]{0,60}",
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
    r"adicionou |\badded\b|removeu |\bremoved\b|(?:saiu|left)(?: do grupo)?\.?$|entrou (?:usando|com)|joined using|"
    r"mudou (?:o|a|para|de)|changed (?:the|their|to|this)|agora [ée] (?:um )?admin|now an admin|"
    r"mensagens tempor[áa]rias|disappearing messages|c[óo]digo de seguran[çc]a|security code|"
    r"bloqueou este|desbloqueou este|blocked this contact|unblocked this contact|"
    r"esta empresa|this business|conta comercial|business account|fixou uma mensagem|pinned a message|"
    r"(?:est[áa]|is) (?:nos seus contatos|a contact)",
    re.IGNORECASE,
)


class Marked(Value):
    """What a message is, told by its marks."""

    kind: Kind
    text: str | None
    file_name: str | None = None
    edited: bool = False


def is_system(line: str) -> bool:
    """Whether WhatsApp wrote this line, not a person. ``line`` still has its sender's name, if there is one.

    Somebody's "Ana: fulano adicionou ..." has a name with its colon before the words; WhatsApp's own lines do not.
    """
    found = _SYSTEM.search(line)
    return found is not None and ": " not in line[: found.start()]


def marked(body: str) -> Marked:
    """A message's kind and text. ``body``: all that stands behind the sender's name."""
    edited = _EDITED.search(body) is not None
    body = _EDITED.sub("", body)
    first, _, below = body.partition("\n")
    bare = "".join(c for c in body if c not in MARKS).strip()
    head = "".join(c for c in first if c not in MARKS).strip()
    if found := _ATTACHED.search(bare):
        text = (bare[: found.start()] + bare[found.end() :]).strip()
        return Marked(kind=_by_name(found["name"]), text=text or None, file_name=found["name"].strip(), edited=edited)
    if found := _FILE.match(head):
        return Marked(kind=_by_name(found["name"]), text=below.strip() or None, file_name=found["name"], edited=edited)
    if found := _HIDDEN.match(bare):
        return Marked(kind=Kind.UNKNOWN, text=bare[found.end() :].strip() or None, edited=edited)
    # Only WhatsApp puts a mark of direction before these words: whoever types them has sent a text.
    if any(c in MARKS for c in body) and (omitted := _omitted(bare)) is not None:
        return omitted.model_copy(update={"edited": edited})
    for kind, form in (
        (Kind.DELETED, _DELETED),
        (Kind.WAITING, _WAITING),
        (Kind.VIEW_ONCE, _VIEW_ONCE),
        (Kind.CALL, _CALL),
    ):
        if form.fullmatch(bare):
            return Marked(kind=kind, text=None if kind is not Kind.CALL else bare)
    if _LOCATION.match(bare):
        return Marked(kind=Kind.LOCATION, text=None)
    if _POLL.match(bare):
        return Marked(kind=Kind.POLL, text=body.strip(MARKS))
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
