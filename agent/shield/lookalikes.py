"""Domains that are nearly a known one, or hide which one they are."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from agent.shield.hosts import RISKY, Host, hosts_in, own_label, registrable

_FILE = Path(__file__).parent / "brands.txt"

_DRAWN_ALIKE = str.maketrans(
    {
        **dict(zip("0134578", "oleastb", strict=True)),
        # Cyrillic and Greek letters that are drawn as Latin ones.
        **dict(zip("абвеёзикмнорсстухіѕјԛԝһԁӏɡ", "a6bee3ukmhopcctyxisjqwhdlg", strict=True)),
        **dict(zip("αβγεικνορτυχωϲ", "abyeikvoptuxwc", strict=True)),
        **dict(zip("ıłøđħŧ", "ilodht", strict=True)),
    }
)
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"))
"""Two letters that are read as one."""

_LURES = frozenset(
    """
    seguro segura seguranca login acesso acessar conta contas verifica verificacao verificar atualiza atualizacao
    atualizar cadastro recadastro rastreio rastreamento rastrear premio premios promo promocao oficial suporte
    atendimento ajuda central app pagamento pagar boleto fatura pix entrega encomenda taxa resgate resgatar pontos
    bonus cartao cliente clientes online web br brasil secure account verify update support help bank banco
    desbloqueio bloqueio token validar validacao confirma confirmar segundavia 2via renegocia limpanome ofertas
    oferta loja shop store free gratis internet
    """.split()  # noqa: SIM905 - a long list of words reads better so
)
_SHORTEST_EDITED = 6
"""One letter more or less turns a shorter name into many honest ones."""
_SHORTEST_LABEL = 4
_SHORTEST_PREFIX = 5
_MOST = 200
"""So many hosts of one message are looked at: nobody writes more, and each is compared with all known ones."""


@dataclass(frozen=True, slots=True)
class Known:
    """A name that others may be made to look like."""

    label: str
    look: str
    """Its skeleton."""
    domains: frozenset[str]


@cache
def brands() -> tuple[Known, ...]:
    """Those of ``brands.txt``."""
    lines = (line.partition("#")[0].split() for line in _FILE.read_text("utf-8").splitlines())
    return tuple(known_of(line) for line in lines if line)


def known_of(domains: Iterable[str]) -> Known:
    """A name and its domains, the one to compare with first."""
    domains = tuple(domains)
    label = domains[0].removesuffix(".uol.com.br").partition(".")[0]
    return Known(label, skeleton(label), frozenset(domains))


def lookalike(text: str, own: frozenset[str] = frozenset()) -> str | None:
    """The first host in a text that is nearly a known one, as it is written. ``own``: domains of the company."""
    named = (*brands(), *(known_of((domain,)) for domain in sorted(own)))
    genuine = frozenset().union(*(one.domains for one in named))
    hosts = {host.name: host for host in reversed(hosts_in(text)[:_MOST])}
    found = next((host for host in reversed(hosts.values()) if is_lookalike(host, named, genuine)), None)
    return None if found is None else _told_apart(found)


def _told_apart(host: Host) -> str:
    """With the letters that the network uses, where those that are drawn would hide what it is."""
    if host.written.isascii():
        return host.written
    try:
        return f"{host.written} ({host.name.encode('idna').decode('ascii')})"
    except UnicodeError:
        return host.written


def is_lookalike(host: Host, named: Iterable[Known], genuine: frozenset[str]) -> bool:
    """Whether a host is nearly one of these, but is none of them."""
    if host.hides:
        return True
    whole = registrable(host.name)
    if whole.endswith("gov.br") or whole in genuine or any(host.name.endswith(f".{one}") for one in genuine):
        return False
    if any(_is_mixed(label) for label in host.name.split(".")):
        return True
    return any(_is_nearly(host, whole, one) for one in named)


def _is_nearly(host: Host, whole: str, known: Known) -> bool:
    label, brand = own_label(host.name), known.label
    before = host.name.removesuffix(whole).rstrip(".")
    if any(f".{domain}." in f".{before}." for domain in known.domains if "." in domain):
        return True  # itau.com.br.seguro-login.xyz
    if len(brand) < _SHORTEST_LABEL:
        return False
    lured = _lures(label) or whole.rpartition(".")[2] in RISKY
    if lured and brand in before.split("."):
        return True  # correios.rastreio.xyz
    if label == brand:
        return whole.rpartition(".")[2] in RISKY  # correios.online
    if skeleton(label) == known.look:
        return True
    if _is_dressed_up(label, known, lured=lured):
        return True
    # People mistype their own addresses.
    return not host.in_mail and len(brand) >= _SHORTEST_EDITED and is_one_edit(label, brand)


def _is_dressed_up(label: str, known: Known, *, lured: bool) -> bool:
    """``itau-seguro``, ``bradescoatendimento``: the name with words that ask for trust."""
    parts = [skeleton(part) for part in label.split("-")]
    if len(parts) > 1 and known.look in parts:
        return lured or all(part in _LURE_SKELETONS for part in parts if part != known.look)
    bare = skeleton(label)
    if len(known.label) < _SHORTEST_PREFIX or known.look not in bare:
        return False
    return bare.replace(known.look, "", 1) in _LURE_SKELETONS


def _lures(label: str) -> bool:
    return any(part in _LURES for part in label.split("-"))


def skeleton(label: str) -> str:
    """What a label looks like at a glance: ``ba\u0441co`` and ``banco`` differ, ``1tau`` and ``itau`` do not."""
    parts = unicodedata.normalize("NFKD", label.lower())
    drawn = "".join(char for char in parts if not unicodedata.combining(char)).translate(_DRAWN_ALIKE)
    for pair, one in _PAIRS:
        drawn = drawn.replace(pair, one)
    return drawn.replace("i", "l").replace("-", "")


def is_one_edit(one: str, other: str) -> bool:
    """Whether one letter was added, left out, changed, or two neighbours were swapped."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest, more = one[start:], other[start:]
    if len(one) == len(other):
        return rest[1:] == more[1:] or (rest[:2] == more[1::-1] and rest[2:] == more[2:])
    return rest[1:] == more if len(one) > len(other) else rest == more[1:]


def _is_mixed(label: str) -> bool:
    """Letters of two alphabets in one label: no name that a person chose is written so."""
    scripts = {unicodedata.name(char, "").split()[0] for char in label if char.isalpha()}
    return len(scripts & {"LATIN", "CYRILLIC", "GREEK"}) > 1


_LURE_SKELETONS = frozenset(map(skeleton, _LURES))
