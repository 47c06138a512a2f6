//! A range of a VIP network, `cidr` or `v6cidr`: what AKO makes of it, and how it may be mended.

use super::{cidr_malformed, invalid_cidr};
use crate::ako::cidr_pattern::{takes_v4, takes_v6};
use crate::ako::versions::Capability;
use crate::model::Cidr;
use crate::model::infra_setting::VipNetwork;

/// A field that holds a range.
#[derive(Clone, Copy)]
pub struct Range {
    /// `cidr` or `v6cidr`.
    pub field: &'static str,
    /// A right one.
    pub example: &'static str,
}

/// Both of them.
pub const ALL: [Range; 2] =
    [Range { field: "cidr", example: "10.223.63.0/26" }, Range { field: "v6cidr", example: "2001:db8:63::/64" }];

/// What AKO makes of a range.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is the range that is written.
    Right,
    /// It does not take it.
    Refused,
    /// It takes it and ends as soon as a VIP is built from it.
    WithoutLength,
    /// It takes it although it is none.
    Malformed,
    /// It takes an address inside a network for the network.
    HostBits,
}

impl Range {
    /// What a network has in this field.
    pub fn of(self, network: &VipNetwork) -> Option<&str> {
        if self.field == "cidr" { network.cidr.as_deref() } else { network.v6cidr.as_deref() }
    }

    /// Since when AKO knows the field.
    pub fn since(self) -> Capability {
        if self.field == "cidr" { Capability::VipNetworkCidr } else { Capability::Ipv6 }
    }

    fn is_taken(self, text: &str) -> bool {
        if self.field == "cidr" { takes_v4(text) } else { takes_v6(text) }
    }

    /// What AKO makes of a text.
    pub fn judge(self, text: &str) -> Verdict {
        match Cidr::parse(text) {
            _ if !self.is_taken(text) => Verdict::Refused,
            None if !text.contains('/') => Verdict::WithoutLength,
            None => Verdict::Malformed,
            Some(range) if !range.is_canonical() => Verdict::HostBits,
            Some(_) => Verdict::Right,
        }
    }

    /// What is wrong with a text that is not right.
    pub fn reason(self, text: &str) -> &'static str {
        match self.judge(text) {
            Verdict::Refused => invalid_cidr::reason(text, self.field),
            Verdict::WithoutLength => "the prefix length is missing",
            Verdict::HostBits => "it is an address inside the network",
            Verdict::Malformed | Verdict::Right => "it is not in the form of a network",
        }
    }

    /// What was most likely meant, and whether it is the same network for sure.
    pub fn mend(self, text: &str) -> Option<(String, bool)> {
        match self.judge(text) {
            Verdict::Right => None,
            Verdict::HostBits => Some((Cidr::parse(text)?.network().to_string(), true)),
            Verdict::WithoutLength => Some((format!("{text}/64"), false)),
            Verdict::Malformed => Some((cidr_malformed::without_zeros(text)?, false)),
            Verdict::Refused => {
                let trimmed = Cidr::parse(text.trim())?.network().to_string();
                (self.is_taken(&trimmed) && trimmed.contains(':') == (self.field == "v6cidr"))
                    .then_some((trimmed, false))
            }
        }
    }
}
