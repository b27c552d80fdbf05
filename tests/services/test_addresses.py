"""The table of addresses: what is inside stays inside, whatever form it is written in."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.services.addresses import NOT_PUBLIC_4, is_public

INSIDE = [
    "0.0.0.0", "0.1.2.3", "10.1.2.3", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.255.255.254",
    "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.192", "192.0.0.8", "192.0.2.1", "192.88.99.1",
    "192.168.1.1", "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.9", "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1", "255.255.255.255", "168.63.129.16",
    "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:7f00:1", "::ffff:169.254.169.254",
    "::ffff:0:10.0.0.1",
    "64:ff9b::7f00:1", "64:ff9b::169.254.169.254", "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1",
    "2002:7f00:1::", "2002:a00:1::1", "2002:c0a8:101::", "3fff::1", "5f00::1", "fc00::1", "fd00:ec2::254",
    "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "", "localhost", "127.1", "2130706433", "256.1.1.1",
    "1.2.3",
]  # fmt: skip
OUTSIDE = [
    "1.1.1.1", "8.8.8.8", "93.184.216.34", "100.63.255.255", "100.128.0.1", "172.15.0.1", "172.32.0.1",
    "192.0.1.1", "168.63.129.15", "168.63.129.17", "223.255.255.255", "2606:4700::1111", "2a00:1450::1",
    "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1",
]  # fmt: skip


@pytest.mark.parametrize("address", INSIDE)
def test_inside(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", OUTSIDE)
def test_outside(address: str) -> None:
    assert is_public(address)


@given(st.sampled_from(NOT_PUBLIC_4), st.integers(min_value=0))
def test_every_form_of_an_inside_address_is_inside(network: str, at: int) -> None:
    inside = ipaddress.ip_network(network)
    address = ipaddress.IPv4Address(int(inside.network_address) + at % inside.num_addresses)
    packed = int(address)
    forms = [
        str(address),
        f"::ffff:{address}",
        str(ipaddress.IPv6Address((0x64FF9B << 96) | packed)),
        str(ipaddress.IPv6Address((0x2002 << 112) | (packed << 80))),
        str(ipaddress.IPv6Address((0xFFFF << 48) | packed)),
    ]
    assert [form for form in forms if is_public(form)] == []
