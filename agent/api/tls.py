"""Where the API may be offered, and with which certificate."""

import os
import ssl
from pathlib import Path

from agent.api.server import is_loopback
from agent.errors import BadSettings

_CIPHERS = "ECDHE+AESGCM:ECDHE+CHACHA20"
"""For TLS 1.2: each connection has keys of its own (forward secrecy). TLS 1.3 has only such."""

_TOO_OPEN = 0o027
"""Rights of a key's file that it must not have: any for others, writing for its group."""


def server_context(certificate: Path | None, key: Path | None) -> ssl.SSLContext | None:
    """TLS 1.2 and later with these PEM files; None where neither is given.

    Raises:
        BadSettings: a file is missing, cannot be read, can be read by others, or the two do not belong together.
    """
    if certificate is None and key is None:
        return None
    if certificate is None or key is None:
        what = "Only one of api.tls_certificate and api.tls_key is set."
        raise BadSettings(what, "Set both to speak HTTPS, or neither.")
    _check_file(certificate, "api.tls_certificate")
    _check_file(key, "api.tls_key")
    if os.name != "nt" and key.stat().st_mode & _TOO_OPEN:
        what = f"The key {key} (api.tls_key) can be read or changed by others on this machine."
        raise BadSettings(what, f"Close it to them: chmod 600 {key}")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.options |= ssl.OP_NO_COMPRESSION | ssl.OP_NO_RENEGOTIATION
    context.set_ciphers(_CIPHERS)
    context.set_alpn_protocols(["http/1.1"])
    try:
        # Without a password of its own OpenSSL would ask for one at the console, and wait.
        context.load_cert_chain(certificate, key, password=lambda: "")
    except ssl.SSLError as error:
        if error.reason == "KEY_VALUES_MISMATCH":
            what = f"The key {key} does not belong to the certificate {certificate}."
            raise BadSettings(what, "Set the two files that were made together.") from error
        what = f"{certificate} and {key} cannot be used as certificate and key ({error.reason or error})."
        hint = "Give PEM files: the certificate first and then those that signed it; the key without a password."
        raise BadSettings(what, hint) from error
    return context


def check_address(host: str, tls: ssl.SSLContext | None) -> None:
    """Passwords and customers' words go over no network unencrypted.

    Raises:
        BadSettings: others can reach the address, and there is no certificate.
    """
    if tls is not None or is_loopback(host):
        return
    raise BadSettings(
        f"The API is not opened on {host} without a certificate: everybody on the network could read along.",
        "Set api.tls_certificate and api.tls_key, or keep api.host at 127.0.0.1 and let a proxy with HTTPS stand before"
        " it (docs/events.md shows nginx).",
    )


def _check_file(path: Path, setting: str) -> None:
    try:
        with path.open("rb"):
            pass
    except OSError as error:
        what = f"{path} ({setting}) cannot be read: {error.strerror}."
        raise BadSettings(what, "Correct the path, or give this user the right to read it.") from error
