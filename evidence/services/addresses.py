"""Which addresses of the internet are public: our own table, so that a cited link never leads inside.

Python's `ipaddress.is_global` calls several inside addresses public (NAT64 and 6to4 forms of
127.0.0.1, 192.0.0.192; its tables were mended only from 3.12.4, CVE-2024-4032), so the table is
carried here: the IANA special-purpose registries for IPv4 and IPv6, and what the large clouds use
for their metadata.
"""

from __future__ import annotations

import ipaddress
from functools import cache

#: Ranges of IPv4 that are not public: IANA IPv4 Special-Purpose Address Registry (RFC 6890 and
#: later), and 168.63.129.16, the wire server of one cloud, which no "private" table holds.
NOT_PUBLIC_4 = (
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
    "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
    "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32",
)  # fmt: skip

#: Ranges within the global unicast space 2000::/3 that are not public: IANA IPv6 Special-Purpose
#: Address Registry. Everything outside 2000::/3 is not public either (fc00::/7, fe80::/10 …).
NOT_PUBLIC_6 = ("2001::/23", "2001:db8::/32", "3fff::/20")

#: IPv6 forms that carry an IPv4 address, and how far from the right it stands: mapped (RFC 4291),
#: translated (RFC 7915), NAT64 (RFC 6052), 6to4 (RFC 3056). The inner address decides: to refuse
#: NAT64 as a whole would break networks that reach the public IPv4 internet through it.
CARRIERS = (("::ffff:0:0/96", 0), ("::ffff:0:0:0/96", 0), ("64:ff9b::/96", 0), ("2002::/16", 80))


@cache
def _networks(version: int) -> tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]:
    return tuple(map(ipaddress.ip_network, NOT_PUBLIC_4 if version == 4 else NOT_PUBLIC_6))


@cache
def _carriers() -> tuple[tuple[ipaddress.IPv6Network, int], ...]:
    return tuple((ipaddress.IPv6Network(network), shift) for network, shift in CARRIERS)


def is_public(address: str) -> bool:
    """Tell whether `address` (IPv4 or IPv6 text, as a resolver gives it) is a public one.

    Text that is no address is not public. IPv4 addresses carried within IPv6 ones are unwrapped.
    """
    try:
        parsed = ipaddress.ip_address(address.split("%", 1)[0])
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv6Address):
        for network, shift in _carriers():
            if parsed in network:
                inner = ipaddress.IPv4Address((int(parsed) >> shift) & 0xFFFFFFFF)
                return is_public(str(inner))
        if int(parsed) >> 125 != 0b001:
            return False
    return not any(parsed in network for network in _networks(parsed.version))
