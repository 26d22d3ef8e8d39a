"""Passwords: hashed by argon2id, in threads, a few at a time; what may be one says the contract."""

import asyncio
import base64
import secrets
from datetime import timedelta
from typing import NamedTuple

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

ONCE_GROUPS = 4
"""A password that we make has so many groups of four signs, 20 bits each."""

ONCE_LASTS = timedelta(days=3)
"""For so long one is good that somebody gets to sign in with for the first time."""

_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
"""None that looks like another one."""
_AT_ONCE = 2
"""Each takes a processor and 64 MiB for a tenth of a second: a crowd at the door must not take the whole machine."""


class Cost(NamedTuple):
    """What one hash costs: RFC 9106's choice for machines with little memory, four times what OWASP asks for."""

    memory_kib: int = 65_536
    passes: int = 3
    lanes: int = 4


class Verdict(NamedTuple):
    """What came of comparing a password."""

    right: bool
    rehashed: str | None = None
    """The same password at today's cost, where the stored hash has another one."""


class Passwords:
    """Makes and compares hashes."""

    def __init__(self, cost: Cost | None = None) -> None:
        """``cost``: None takes the one that is meant for use."""
        chosen = cost or Cost()
        hasher = Argon2Hasher(time_cost=chosen.passes, memory_cost=chosen.memory_kib, parallelism=chosen.lanes)
        self._hashes = PasswordHash((hasher,))
        self._nobodys = _random_hash(chosen)
        self._turn = asyncio.Semaphore(_AT_ONCE)

    async def hash(self, password: str) -> str:
        """What is stored of it."""
        async with self._turn:
            return await asyncio.to_thread(self._hashes.hash, password)

    async def verify(self, password: str, stored: str | None) -> Verdict:
        """Compare it. Without a stored one it takes as long, and is wrong."""
        async with self._turn:
            right, rehashed = await asyncio.to_thread(self._hashes.verify_and_update, password, stored or self._nobodys)
        return Verdict(right, rehashed) if stored else Verdict(right=False)


def make_password() -> str:
    """A random one that can be read out: 79 bits."""
    groups = ("".join(secrets.choice(_SIGNS) for _ in range(4)) for _ in range(ONCE_GROUPS))
    return "-".join(groups)


def _random_hash(cost: Cost) -> str:
    """A hash of the right form that no password is known for."""
    salt, digest = (base64.b64encode(secrets.token_bytes(size)).decode().rstrip("=") for size in (16, 32))
    return f"$argon2id$v=19$m={cost.memory_kib},t={cost.passes},p={cost.lanes}${salt}${digest}"
