"""What belongs to the company itself: its PIX keys, domains and telephones are no reason to look twice."""

from collections.abc import Iterable
from dataclasses import dataclass

from agent.shield.hosts import hosts_in, registrable, spelled
from agent.shield.keys import key_of, keys_in


@dataclass(frozen=True, slots=True)
class Company:
    """The company's own, each in one spelling. Empty: it is not known."""

    keys: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()
    """What was registered: ``loja.com.br`` for ``www.loja.com.br/pix``."""

    @classmethod
    def read(cls, pix_keys: Iterable[str] = (), domains: Iterable[str] = (), texts: Iterable[str] = ()) -> "Company":
        """From the settings, and from texts that the company has approved (its canned replies and facts)."""
        texts = tuple(texts)
        named = (registrable(host.name) for text in texts for host in hosts_in(text) if not host.in_mail)
        bare = (registrable(spelled(_bare(domain))) for domain in domains)
        said = (key for text in texts for key in keys_in(text))
        return cls(
            keys=frozenset({*(key_of(key) for key in pix_keys if key.strip()), *(one.value for one in said)}),
            domains=frozenset({*named, *bare}) - {""},
        )


def _bare(domain: str) -> str:
    return domain.strip().lower().partition("://")[2].partition("/")[0] or domain.strip().lower().partition("/")[0]
