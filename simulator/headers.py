"""The security headers of the real page, and the two stricter policies seen or feared since.

Source: a full response of March 2024; nonces instead of ``'unsafe-inline'`` are what accounts got since; no report
of Trusted Types is known, so that policy is the harder test.
"""

from simulator.world import Csp

_SCRIPT_HOSTS = (
    "https://static.whatsapp.net https://*.youtube.com https://maps.googleapis.com https://maps.gstatic.com "
    "https://*.google-analytics.com"
)
_STYLE_HOSTS = "https://static.whatsapp.net https://fonts.googleapis.com"
_CONNECT = (
    "connect-src 'self' data: blob: https://*.whatsapp.net https://www.facebook.com "
    "https://crashlogs.whatsapp.net/wa_clb_data https://crashlogs.whatsapp.net/wa_fls_upload_check "
    "wss://*.web.whatsapp.com wss://web.whatsapp.com wss://web-fallback.whatsapp.com https://www.whatsapp.com "
    "https://dyn.web.whatsapp.com https://graph.whatsapp.com/graphql/ https://graph.facebook.com/graphql "
    "https://*.tenor.co https://*.giphy.com https://maps.googleapis.com https://*.google-analytics.com"
)
_REST = (
    "font-src data: 'self' https://static.whatsapp.net https://fonts.googleapis.com https://fonts.gstatic.com; "
    "child-src 'self' data: blob:; frame-src 'self' data: blob: https://www.youtube.com/embed/; "
    "img-src 'self' data: blob: https://*.whatsapp.net https://*.fbcdn.net https://maps.googleapis.com; "
    "media-src 'self' data: blob: mediastream: https://*.whatsapp.net; "
    "block-all-mixed-content; upgrade-insecure-requests;"
)


def content_security_policy(csp: Csp, nonce: str) -> str:
    """The policy's value: two policies joined by a comma, as two headers would be."""
    if csp == "unsafe-inline":
        script, style = "'unsafe-eval' 'unsafe-inline' 'report-sample'", "'unsafe-inline'"
    else:
        script, style = f"'nonce-{nonce}' 'report-sample'", f"'nonce-{nonce}'"
    policy = (
        "default-src 'self' data: blob:; "
        f"script-src 'self' data: blob: {script} {_SCRIPT_HOSTS}; "
        f"style-src 'self' data: blob: {style} {_STYLE_HOSTS}; "
        f"{_CONNECT}; {_REST}"
    )
    if csp == "trusted-types":
        policy += " require-trusted-types-for 'script';"
    return f"frame-ancestors 'self', {policy}"


def page_headers(csp: Csp, nonce: str) -> dict[str, str]:
    """All headers of the document."""
    return {
        "content-type": "text/html; charset=utf-8",
        "content-security-policy": content_security_policy(csp, nonce),
        "cross-origin-opener-policy": "unsafe-none",
        "cross-origin-embedder-policy-report-only": "require-corp",
        "permissions-policy": "clipboard-read=(), clipboard-write=(self), camera=(self), microphone=(self)",
        "strict-transport-security": "max-age=31536000; preload; includeSubDomains",
        "x-content-type-options": "nosniff",
        "cache-control": "no-store",
    }
