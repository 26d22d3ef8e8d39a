"""A new key for the database, and another place for the keys. Whenever it is cut short, the database opens.

The caller holds the profile: the agent is stopped.
"""

import secrets
import sqlite3
import sys
from pathlib import Path

from agent.errors import BadInput, WrongKey
from agent.settings.program import CALLED
from agent.storage.copying import alone, check_database, copy_from, damaged, opens, remove_database, to_disk
from agent.storage.key import (
    DATABASE_FILE,
    DRAFTS,
    KEY_FILE,
    NEXT_KEY_FILE,
    REKEYED,
    SECRET_FILE,
    Keys,
    Place,
    own_folder,
    place_of,
)
from agent.storage.sqlcipher import make_or_check


def settle_key(keys: Keys) -> None:
    """Finish or undo a change of the key that was cut short, and remove what it, or a restore, has left."""
    database = keys.profile / DATABASE_FILE
    if (later := keys.place.get(NEXT_KEY_FILE)) is not None:
        if database.exists() and opens(database, later):
            keys.place.put(KEY_FILE, later)
        keys.place.remove(NEXT_KEY_FILE)
    if keys.profile.is_dir():
        for name in DRAFTS:
            remove_database(keys.profile / name)
        for left in keys.profile.glob("*.key*.[0-9]*"):  # a key that was being written
            left.unlink(missing_ok=True)


def change_key(keys: Keys) -> None:
    """Write the database anew under a new key; backups stay as they are, and can be restored as before.

    1. the new key is kept beside the old one; 2. the database is copied under it and checked; 3. the copy takes the
    database's place; 4. the new key takes the old one's. Between 3 and 4 ``Keys.database`` finds which one opens it.

    Raises:
        BadInput: there is no database yet.
        DiskFull: there is no room for a second copy of the database.
        ProfileLocked: another process has the database open.
        WrongKey: the key is not the database's.
        CorruptDatabase: the database, or its copy, is damaged; nothing was changed.
    """
    database, new = keys.profile / DATABASE_FILE, keys.profile / REKEYED
    if not database.is_file():
        raise BadInput(f"There is no database in {keys.profile} yet.", "Run Balcão with this profile first.")
    settle_key(keys)
    old, key = keys.database(), secrets.token_hex(32)
    make_or_check(database, old)
    try:
        with alone(database, old) as db:
            keys.place.put(NEXT_KEY_FILE, key)
            _copied(db, database, new, key)
            if sys.platform == "win32":
                db.close()  # there, no open file can be replaced
            swap(new, database)
        keys.place.put(KEY_FILE, key)
        keys.place.remove(NEXT_KEY_FILE)
    except Exception:
        settle_key(keys)
        raise


def _copied(db: sqlite3.Connection, database: Path, new: Path, key: str) -> None:
    facts = copy_from(db, database, new, key)
    if check_database(new, key) != facts:
        raise damaged(new)


def swap(new: Path, database: Path) -> None:
    """Let a database that lies still take the place of another one, in one step."""
    new.replace(database)
    to_disk(database.parent)


def move_keys(keys: Keys, to: Place) -> list[str]:
    """Move the keys to another place: written, read back, and only then removed from the old one; what was moved.

    Raises:
        WrongKey: another key of the same name is there already; nothing was changed.
        BalcaoError: the keyring cannot be used.
    """
    settle_key(keys)
    source, target = place_of(keys.profile, "keyring" if to == "file" else "file"), place_of(keys.profile, to)
    own_folder(keys.profile)
    found = {name: key for name in (KEY_FILE, SECRET_FILE) if (key := source.get(name)) is not None}
    for name, key in found.items():
        there = target.get(name)
        if there not in (None, key):
            raise WrongKey(
                f"Another key is there already: {target.where(name)}.",
                f"Put the wrong one aside; `{CALLED} key show-where` tells where both are.",
            )
    for name, key in found.items():
        target.put(name, key)
        if target.get(name) != key:
            raise WrongKey(f"{target.where(name)} does not hold what was written.", "The keys stay where they are.")
    for name in found:
        source.remove(name)
    return list(found)
