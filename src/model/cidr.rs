//! A network in CIDR notation, parsed once, with what people ask of it.

use std::net::IpAddr;

use ipnet::IpNet;

/// A CIDR: an address with a prefix length; host bits are kept to be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cidr {
    written: IpNet,
}

impl Cidr {
    /// Reads `address/length`; `None` where either is missing or wrong. As with Go, and so with AKO, the octets of an
    /// address have no leading zeros.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (address, _) = text.split_once('/')?;
        let written = text.parse().ok()?;
        address.parse::<IpAddr>().is_ok().then_some(Self { written })
    }

    /// The network without host bits.
    #[must_use]
    pub fn network(self) -> IpNet {
        self.written.trunc()
    }

    /// Whether the address part has no host bits.
    #[must_use]
    pub fn is_canonical(self) -> bool {
        self.written == self.network()
    }

    /// Whether the two share an address.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.contains_network(other) || other.contains_network(self)
    }

    /// Whether `other` lies wholly inside.
    #[must_use]
    pub fn contains_network(self, other: Self) -> bool {
        self.network().contains(&other.network())
    }

    /// Whether an address lies inside.
    #[must_use]
    pub fn contains(self, address: IpAddr) -> bool {
        self.network().contains(&address)
    }

    /// First and last address that a VIP can have: without network and broadcast address in IPv4,
    /// both included where the prefix is 31 or 32 (RFC 3021) or the family is IPv6.
    #[must_use]
    pub fn usable(self) -> (IpAddr, IpAddr) {
        match self.network() {
            IpNet::V4(net) if net.prefix_len() < 31 => {
                let first = u32::from(net.network()).saturating_add(1);
                let last = u32::from(net.broadcast()).saturating_sub(1);
                (IpAddr::V4(first.into()), IpAddr::V4(last.into()))
            }
            net => (net.network(), net.broadcast()),
        }
    }

    /// How many addresses [`Cidr::usable`] spans; saturates.
    #[must_use]
    pub fn usable_count(self) -> u128 {
        match self.usable() {
            (IpAddr::V4(first), IpAddr::V4(last)) => u128::from(u32::from(last) - u32::from(first)) + 1,
            (IpAddr::V6(first), IpAddr::V6(last)) => (u128::from(last) - u128::from(first)).saturating_add(1),
            _ => 0,
        }
    }
}

impl std::fmt::Display for Cidr {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.written.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usable_addresses() {
        let of = |text| {
            let cidr = Cidr::parse(text).unwrap();
            let (first, last) = cidr.usable();
            (first.to_string(), last.to_string(), cidr.usable_count())
        };
        assert_eq!(of("10.223.63.0/26"), ("10.223.63.1".into(), "10.223.63.62".into(), 62));
        assert_eq!(of("10.0.0.0/31"), ("10.0.0.0".into(), "10.0.0.1".into(), 2));
        assert_eq!(of("10.0.0.7/32"), ("10.0.0.7".into(), "10.0.0.7".into(), 1));
        assert_eq!(of("0.0.0.0/0").2, (1 << 32) - 2);
        assert_eq!(of("2001:db8::/64").2, 1 << 64);
        assert_eq!(of("::/0").2, u128::MAX);
    }

    #[test]
    fn host_bits_and_overlap() {
        let cidr = Cidr::parse("10.223.63.7/26").unwrap();
        assert!(!cidr.is_canonical());
        assert_eq!(cidr.network().to_string(), "10.223.63.0/26");
        assert!(cidr.overlaps(Cidr::parse("10.223.0.0/16").unwrap()));
        assert!(!cidr.overlaps(Cidr::parse("2001:db8::/64").unwrap()));
        assert!(Cidr::parse("10.0.0.0").is_none());
        assert!(Cidr::parse("010.0.0.0/8").is_none());
        assert!(Cidr::parse("::/0").is_some());
    }
}
