"""A Debian in a folder, with nothing in it but what every Debian has: there is no Python."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from standalone.building import Say
from standalone.editions import ROOT
from standalone.screen import SOCKETS

SUITE = "bookworm"
DESKTOP = ("fontconfig-config", "fonts-dejavu-core")
"""Letters to write with. Every desktop has some, and a Debian without a desktop has none."""
BROWSER = ("chromium",)
PLACE = "opt"
"""Where the builds lie in it."""

_ENTER = """
set -e
root="$1" builds="$2" sockets="$3"; shift 3
mkdir -p "$root/opt" "$root/tmp/.X11-unix"
mount --bind /proc "$root/proc"
mount --rbind /dev "$root/dev"
mount --bind "$builds" "$root/opt"
mount -o remount,bind,ro "$root/opt"
if [ -d "$sockets" ]; then mount --bind "$sockets" "$root/tmp/.X11-unix"; fi
exec chroot "$root" /usr/bin/env -i "$@"
"""
"""In a mount namespace of its own, so that nothing stays mounted. The builds can only be read there."""


class Impossible(Exception):
    """It cannot be tried on this machine. The text says why."""


class BareRoot:
    """One such folder."""

    def __init__(self, folder: Path, builds: Path) -> None:
        """``builds``: the folder in which the editions lie."""
        self.folder, self.builds = folder, builds

    def make(self, say: Say) -> None:
        """Make it, or take the one that an earlier check has left.

        Raises:
            Impossible: this machine cannot.
        """
        for name in ("debootstrap", "unshare", "chroot", "Xvfb"):
            if shutil.which(name) is None:
                raise Impossible(f"there is no {name} here (apt-get install debootstrap xvfb).")
        if not sys.platform.startswith("linux") or os.geteuid() != 0:
            raise Impossible("a bare root folder needs Linux and root.")
        if self.folder.resolve().is_relative_to(ROOT):
            raise Impossible("the root folder must not lie in the project's folder.")
        if self._done.is_file():
            say(f"bare root: {self.folder}, from an earlier check")
            return
        say(f"bare root: Debian {SUITE}, minbase, in {self.folder} ...")
        self.folder.mkdir(parents=True, exist_ok=True)
        self._run(["debootstrap", "--variant=minbase", SUITE, str(self.folder)])
        self.install(DESKTOP)
        self._done.touch()

    def install(self, packages: Sequence[str]) -> None:
        """Install packages of Debian, without what they only recommend.

        Raises:
            Impossible: they cannot be had.
        """
        self._run(["chroot", str(self.folder), "apt-get", "install", "-y", "-q", "--no-install-recommends", *packages])

    def copied(self, name: str, say: Say, packages: Sequence[str]) -> "BareRoot":
        """A second folder beside it, with further packages."""
        other = BareRoot(self.folder.with_name(f"{self.folder.name}-{name}"), self.builds)
        if not other._done.is_file():
            say(f"bare root with {', '.join(packages)}: {other.folder} ...")
            self._run(["cp", "-a", f"{self.folder}/.", f"{other.folder}/"], other.folder)
            other._done.unlink()
            other.install(packages)
            other._done.touch()
        return other

    def pythons(self) -> list[Path]:
        """Every interpreter and Python library in it. The list is to be empty."""
        return [
            file
            for pattern in ("python", "python[0-9]*", "libpython*", "pypy*")
            for place in ("usr", "opt", "etc", "var", "root", "home")
            for file in (self.folder / place).rglob(pattern)
            if file.is_file()
        ]

    def home(self) -> Path:
        """A new home folder in it, seen from outside."""
        (self.folder / "home").mkdir(exist_ok=True)
        return Path(tempfile.mkdtemp(prefix="person-", dir=self.folder / "home"))

    def inside(self, path: Path) -> str:
        """How a path in it is called there."""
        return f"/{path.relative_to(self.folder)}"

    def command(
        self, program: str, *arguments: str, home: Path, environment: Mapping[str, str] | None = None
    ) -> list[str]:
        """The command line that starts a program in it, with nothing of this machine's environment."""
        inside = {
            "PATH": "/usr/bin:/bin",
            "HOME": self.inside(home),
            "LANG": "C.UTF-8",
            **(environment or {}),
        }
        return [
            *("unshare", "--mount", "--propagation", "private", "sh", "-c", _ENTER, "sh"),
            *(str(self.folder), str(self.builds), str(SOCKETS)),
            *(f"{name}={value}" for name, value in inside.items()),
            *(program, *arguments),
        ]

    @property
    def _done(self) -> Path:
        return self.folder / "balcao-bare-root"

    def _run(self, command: Sequence[str], folder: Path | None = None) -> None:
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
        ran = subprocess.run(
            command,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"},
        )
        if ran.returncode != 0:
            lines = (ran.stderr or ran.stdout).strip().splitlines()
            raise Impossible(f"{command[0]} failed: {lines[-1] if lines else ran.returncode}")
