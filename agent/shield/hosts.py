"""Hosts in a text, and which part of one was registered."""

import re
from dataclasses import dataclass

_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_HOST = re.compile(rf"(?<![\w.\-])(?:{_LABEL}\.){{1,9}}[^\W\d_][\w-]{{1,23}}(?![\w-])")
_LINK = re.compile(r"(?<![\w])(?:h(?:tt|xx)ps?://|www\.)([^\s/?#<>\"\\]{1,300})", re.IGNORECASE)
_ADDRESS = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?")
_AT_HOME = re.compile(r"(?:10|127|192\.168|169\.254|172\.(?:1[6-9]|2\d|3[01]))\.")

_BRAZIL = (
    "com.br net.br org.br gov.br edu.br ind.br art.br adv.br eco.br emp.br srv.br tec.br tur.br tv.br inf.br blog.br "
    "app.br dev.br log.br med.br mil.br jus.br leg.br mp.br pro.br rec.br wiki.br esp.br etc.br far.br imb.br jor.br "
    "nom.br odo.br psc.br vet.br vlog.br agr.br bio.br cnt.br ecn.br eng.br fot.br fst.br g12.br mus.br ntr.br ppg.br"
)
_ABROAD = "com.ar com.mx com.co com.pe com.uy com.py com.bo com.pt com.es co.uk org.uk com.au co.jp com.cn co.za"
SUFFIXES = frozenset((*_BRAZIL.split(), *_ABROAD.split()))
"""Suffixes of two labels under which people register. The public list has thousands, most of them of no use here: a
suffix that is missing makes a domain look one label shorter, which never makes it more like another one."""

ENDINGS = frozenset(
    """
    com net org br info biz io co me ly app dev site online store shop loja xyz top click link live vip club icu
    page website space fun tech digital cloud pro cc ru cn tk ml ga cf gq pw ws su in us uk eu pt es ar mx cl pe uy
    py de fr it gov edu art blog bond buzz cam cfd sbs rest support help help services team today world zip mov bank
    email
    """.split()  # noqa: SIM905 - a long list of words reads better so
)
"""Last labels that make a word with points a domain where no ``https://`` or ``www.`` says so."""

RISKY = frozenset(
    """
    xyz top click link live vip club icu site online store shop website space fun tk ml ga cf gq pw ws su cc buzz
    cam cfd sbs rest bond today world help support zip mov info
    """.split()  # noqa: SIM905 - a long list of words reads better so
)
"""Endings that cost next to nothing and that real banks and shops do not use."""


@dataclass(frozen=True, slots=True)
class Host:
    """A host as it is compared, and as it was written."""

    name: str
    """Lower case; labels that begin with ``xn--`` in their letters."""
    written: str
    in_mail: bool = False
    """Behind an ``@``."""
    hides: bool = False
    """A number, or another host stands before an ``@``: the one that is read is not the one that is opened."""


def hosts_in(text: str) -> tuple[Host, ...]:
    """All hosts in a text, links first. The part of an e-mail address behind its ``@`` is one too."""
    found = list[Host]()
    spans = list[tuple[int, int]]()
    for link in _LINK.finditer(text):
        authority = link[1]
        user, _, rest = authority.rpartition("@")
        host = rest.partition(":")[0].rstrip(".,;!)]}'*_»”")
        if _ADDRESS.fullmatch(host):
            found.append(Host(host, host, hides=not _AT_HOME.match(host)))
        elif "." in host:
            found.append(Host(spelled(host), host, hides="." in user))
        spans.append(link.span())
    rest = _without(text, spans)
    found += [
        Host(spelled(match[0]), match[0], in_mail=rest[match.start() - 1 : match.start()] == "@")
        for match in _HOST.finditer(rest)
        if _is_ending(match[0].rpartition(".")[2])
    ]
    return tuple(found)


def registrable(name: str) -> str:
    """What was registered: ``itau.com.br`` of ``www.itau.com.br``; the host itself where it has no more labels."""
    labels = name.rstrip(".").split(".")
    kept = 3 if ".".join(labels[-2:]) in SUFFIXES else 2
    return ".".join(labels[-kept:])


def own_label(name: str) -> str:
    """The label that somebody chose: ``itau`` of ``www.itau.com.br``."""
    return registrable(name).partition(".")[0]


def spelled(host: str) -> str:
    """In small letters, with those that ``xn--`` stands for."""
    return ".".join(map(_label, host.lower().split(".")))


def _label(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except (UnicodeError, OverflowError):
        return label


def _is_ending(label: str) -> bool:
    return label.lower() in ENDINGS or label.lower().startswith("xn--")


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    parts, end = list[str](), 0
    for start, stop in spans:
        parts += [text[end:start], " "]
        end = stop
    return "".join([*parts, text[end:]])
