"""Which addresses may be asked: every form in which something inside can be named."""

import ipaddress

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.net.addresses import Reach, Unreachable, check_url, reach_of, resolved

INSIDE = [
    "127.0.0.1", "127.255.255.254", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1",
    "100.127.255.255", "::1", "fc00::1", "fd12:3456::1",
]  # fmt: skip
NEVER = [
    "0.0.0.0",  # noqa: S104
    "0.1.2.3", "169.254.169.254", "100.100.100.200", "192.0.0.8", "192.0.2.1", "192.88.99.1", "198.18.0.1",
    "203.0.113.9", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "::", "fe80::1", "fe80::1%eth0",
    "fec0::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "::ffff:0:127.0.0.1", "64:ff9b::7f00:1",
    "64:ff9b:1::a00:1", "2002:7f00:1::", "2002:a00:1::1", "2001:0:4136:e378::", "2001:db8::1", "3fff::1", "5f00::1",
    "fd00:ec2::254", "fd20:ce::254", "100::1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "localhost", "",
]  # fmt: skip
PUBLIC = ["8.8.8.8", "93.184.216.34", "200.147.3.157", "2606:2800:220:1:248:1893:25c8:1946", "2800:3f0:4001:80d::200e"]


@pytest.mark.parametrize(
    ("address", "where"),
    [
        *((one, Reach.PRIVATE) for one in INSIDE),
        *((one, Reach.NEVER) for one in NEVER),
        *((one, Reach.PUBLIC) for one in PUBLIC),
    ],
)
def test_where_an_address_lies(address: str, where: Reach) -> None:
    assert reach_of(address) is where


@given(st.ip_addresses())
def test_what_counts_as_public_is_public_by_every_measure(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    if reach_of(str(address)) is not Reach.PUBLIC:
        return
    assert address.is_global
    odd = (address.is_private, address.is_loopback, address.is_link_local, address.is_multicast, address.is_unspecified)
    assert not any(odd)
    assert not address.is_reserved
    if isinstance(address, ipaddress.IPv6Address):
        assert address.ipv4_mapped is None
        assert address.sixtofour is None
        assert address.teredo is None
        assert not address.is_site_local


@given(st.ip_addresses(v=4), st.sampled_from(["::ffff:0:0", "::", "64:ff9b::", "64:ff9b:1::", "::ffff:0:0:0"]))
def test_an_ipv4_address_inside_an_ipv6_one_is_never_asked(address: ipaddress.IPv4Address, prefix: str) -> None:
    inside = ipaddress.IPv6Address(int(ipaddress.IPv6Address(prefix)) | int(address))
    assert reach_of(str(inside)) is not Reach.PUBLIC
    of_6to4 = ipaddress.IPv6Address((0x2002 << 112) | (int(address) << 80) | 1)
    assert reach_of(str(of_6to4)) is Reach.NEVER


@given(st.ip_addresses(v=4))
def test_a_number_in_an_odd_form_is_no_name(address: ipaddress.IPv4Address) -> None:
    number = int(address)
    a, b, c, d = address.packed
    forms = [
        str(number), hex(number), f"0{number:o}", f"{a}.{number & 0xFFFFFF}", f"{a}.{b}.{number & 0xFFFF}",
        f"0{a:o}.{b}.{c}.{d}", f"{a:#x}.{b:#x}.{c:#x}.{d:#x}", f"{a}.{b}.{c}.{d}.", f"{number}.", f"x.{d:#x}",
    ]  # fmt: skip
    for form in forms:
        for private in (False, True):
            with pytest.raises(Unreachable):
                check_url(f"https://{form}/", private=private)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://a.example/", "refused_url"),
        ("file:///etc/passwd", "refused_url"),
        ("gopher://a.example/", "refused_url"),
        ("//a.example/", "refused_url"),
        ("https://", "refused_url"),
        ("https://user:secret@a.example/", "refused_url"),
        ("https://user@a.example/", "refused_url"),
        ("https://@a.example/", "refused_url"),
        ("https://good.example\\@127.0.0.1/", "refused_url"),
        ("https://a.example /", "refused_url"),
        ("https://a.example/\r\nX: y", "refused_url"),
        ("https://a.example/\x00", "refused_url"),
        ("https://a.example:0/", "refused_url"),
        ("https://a.example:99999/", "refused_url"),
        ("https://ⓛocalhost/", "refused_url"),
        ("https://127。0。0。1/", "refused_url"),
        ("https://a..example/[", "refused_url"),
        ("https://[::1%25eth0]/", "refused_address"),
        ("http://a.example/", "plain_http"),
        ("http://8.8.8.8/", "plain_http"),
        ("https://127.0.0.1/", "refused_address"),
        ("https://[::1]/", "refused_address"),
        ("https://[::ffff:7f00:1]/", "refused_address"),
        ("https://[fe80::1]/", "refused_address"),
    ],
)
def test_what_may_not_be_asked(url: str, reason: str) -> None:
    with pytest.raises(Unreachable) as caught:
        check_url(url, private=False)
    assert caught.value.reason == reason


def test_what_the_settings_allow_inside() -> None:
    for url in ("http://10.0.0.5:3000/hook", "https://[fd12::1]/", "http://erp.intern/", "https://a.example/x?y=@z"):
        check_url(url, private=True)
    for url in ("http://8.8.8.8/", "http://169.254.169.254/", "https://[fe80::1]/", "https://0.0.0.0/"):
        with pytest.raises(Unreachable):
            check_url(url, private=True)


async def names(url: str, *found: str, private: bool = False) -> list[str]:
    async def look_up(host: str, port: int) -> list[str]:
        assert (host, port) == ("a.example", 443 if url.startswith("https") else 80)
        return list(found)

    return await resolved(httpx.URL(url), private=private, look_up=look_up)


async def test_a_name_is_as_good_as_the_worst_of_its_addresses() -> None:
    assert await names("https://a.example/", *PUBLIC) == PUBLIC
    for bad in (*INSIDE, *NEVER):
        with pytest.raises(Unreachable, match="refused_address"):
            await names("https://a.example/", "8.8.8.8", bad)
    with pytest.raises(Unreachable, match="unresolved"):
        await names("https://a.example/")


async def test_inside_http_goes_to_private_addresses_only() -> None:
    assert await names("http://a.example/", "10.0.0.1", private=True) == ["10.0.0.1"]
    assert await names("https://a.example/", "10.0.0.1", "8.8.8.8", private=True) == ["10.0.0.1", "8.8.8.8"]
    with pytest.raises(Unreachable, match="plain_http"):
        await names("http://a.example/", "10.0.0.1", "8.8.8.8", private=True)
    with pytest.raises(Unreachable, match="refused_address"):
        await names("http://a.example/", "169.254.169.254", private=True)
