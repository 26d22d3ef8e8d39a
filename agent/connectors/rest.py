"""The example of a connector: any system that answers ``GET <url with the number>`` with JSON."""

import json
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

from agent.connectors.asking import AskingOnce
from agent.connectors.record import LONGEST_LABEL, YES_NO, cleaned, record_from
from agent.contract.connector import CustomerRecord
from agent.errors import BadInput
from agent.net.addresses import Unreachable, check_url
from agent.net.client import Outside

LARGEST = 256 * 1024
"""Bytes of an answer; a larger one is none."""


@dataclass(frozen=True)
class RestOptions:
    """Which system, and what is wanted of its answers."""

    url: str
    """With ``{phone}`` where the number goes."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """Label -> where its value stands in the answer."""
    key_env: str | None = None
    """Environment variable that holds the key, sent as ``Authorization: Bearer``."""
    timeout_s: float = 2.0
    cache_minutes: int = 10
    private_address: bool = False
    language: str = "pt-BR"


class RestConnector:
    """Looks customers up by HTTP."""

    def __init__(
        self, options: RestOptions, outside: Outside | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Nothing is asked yet.

        Raises:
            BadInput: the address may not be asked, or the key is missing.
        """
        try:
            check_url(_filled(options.url, "+5511900000000"), private=options.private_address)
        except Unreachable as error:
            raise BadInput(
                f"connector.url in config.yaml may not be asked ({error.reason}).",
                "Name an https address, or set connector.private_address for a system inside the company.",
            ) from error
        self._options = options
        self._headers = {"Accept": "application/json"}
        if options.key_env:
            key = os.environ.get(options.key_env)
            if not key:
                raise BadInput(
                    f"The environment variable {options.key_env} is not set.",
                    "Set it to the system's key, or take connector.key_env out of config.yaml.",
                )
            self._headers["Authorization"] = f"Bearer {key}"
        self.source = cleaned(urlsplit(options.url).hostname or "", LONGEST_LABEL)
        self._outside = outside or Outside(private=options.private_address, timeout_s=options.timeout_s)
        self._asking = AskingOnce(self._ask, keep_s=options.cache_minutes * 60.0, clock=clock)

    async def look_up(self, phone: str) -> CustomerRecord | None:
        """What the system says of a number, in E.164; None where it knows nobody, or more than one.

        Raises:
            ConnectionError: it does not answer, or not as it should.
        """
        return await self._asking.look_up(phone)

    def forget(self) -> None:
        """Keep no answer of anybody."""
        self._asking.forget()

    async def close(self) -> None:
        """Close the connections."""
        await self._outside.close()

    async def _ask(self, phone: str) -> CustomerRecord | None:
        url = _filled(self._options.url, phone)
        answer = await self._outside.ask("GET", url, headers=self._headers, limit=LARGEST)
        if answer.status in (204, 404):
            return None
        if answer.status != 200:
            raise Unreachable(f"status_{answer.status}")
        if not answer.whole:
            raise Unreachable("too_large")
        try:
            parsed = json.loads(answer.body)
        except (ValueError, RecursionError) as error:
            raise Unreachable("no_json") from error
        return record_from(parsed, self._options.fields, self.source, YES_NO.get(self._options.language, YES_NO["en"]))


def _filled(url: str, phone: str) -> str:
    return url.replace("{phone}", quote(phone, safe=""))
