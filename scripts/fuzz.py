"""Tries everything that the OpenAPI document allows, and what it does not, against the API as it is served.

All checks of schemathesis, with sequences of requests that follow from each other (stateful). The server is a process
of its own over a made-up company in a folder of its own.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TextIO

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Run, and return schemathesis' exit code: 0 when nothing was found."""
    parser = argparse.ArgumentParser(prog="scripts/fuzz", description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=int, default=120, help="How long (default 120).")
    options, rest = parser.parse_known_args()
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile("w+") as log:
        serving = subprocess.Popen(
            [sys.executable, "-m", "tests.fuzz.served", folder], cwd=ROOT, stdout=subprocess.PIPE, stderr=log, text=True
        )
        try:
            assert serving.stdout is not None  # noqa: S101 (it was asked for)
            told = serving.stdout.readline()
            if not told:
                print("The server did not start:", _end_of(log), sep="\n", file=sys.stderr)
                return 1
            at = json.loads(told)
            done = subprocess.run(
                [
                    str(Path(sys.executable).with_name("schemathesis")),
                    *("--config-file", str(ROOT / "tests" / "fuzz" / "schemathesis.toml")),
                    *("run", f"{at['url']}/api/openapi.json"),
                    *("--header", f"Authorization: Bearer {at['token']}"),
                    *("--checks", "all"),
                    *("--phases", "examples,coverage,fuzzing,stateful"),
                    *("--max-time", str(options.seconds)),
                    *("--continue-on-failure", "--output-sanitize", "true", "--no-color"),
                    *rest,
                ],
                cwd=folder,
                env={**os.environ, "PYTHONPATH": str(ROOT), "SCHEMATHESIS_HOOKS": "tests.fuzz.hooks"},
                check=False,
            )
            if serving.poll() is not None:
                print(f"The server ended with {serving.returncode}:", _end_of(log), sep="\n", file=sys.stderr)
                return 1
            if done.returncode:
                print("What the server logged as an error:", _end_of(log, "[error"), sep="\n")
            return done.returncode
        finally:
            serving.terminate()
            serving.wait(30)


def _end_of(log: TextIO, word: str = "") -> str:
    """The last 100 lines of the server's log, or of those with a word."""
    log.seek(0)
    return "".join([line for line in log if word in line][-100:])


if __name__ == "__main__":
    sys.exit(main())
