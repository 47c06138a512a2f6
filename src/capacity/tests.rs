//! What CIDR fields say, and what they offer.

use super::*;
use crate::text::SourceFile;

fn setting(name: &str, network: &str, cidr: &str) -> String {
    format!(
        "---\napiVersion: ako.vmware.com/v1beta1\nkind: AviInfraSetting\nmetadata: {{name: {name}}}\n\
         spec: {{network: {{vipNetworks: [{{networkName: {network}, {cidr}}}]}}}}\n"
    )
}

fn workspace(settings: &[(&str, &str, &str)], avi: &str) -> Workspace {
    let text: String = settings.iter().map(|(name, network, cidr)| setting(name, network, cidr)).collect();
    let avi = format!("apiVersion: akoplan/v1alpha1\nkind: AkoplanSettings\nspec: {{{avi}}}\n");
    let values = "NetworkSettings: {vipNetworkList: [{networkName: all, cidr: 10.223.62.0/26}]}\n";
    Workspace::new(&[
        SourceFile::new("platform.yaml", text),
        SourceFile::new("akoplan.yaml", avi),
        SourceFile::new("values.yaml", values),
    ])
}

fn v4<'a>(text: &'a str, network: &'a str) -> Asked<'a> {
    Asked { text, family: Family::V4, whose: Whose::Setting("new"), network }
}

fn offered(workspace: &Workspace, asked: Asked) -> String {
    look(workspace, asked).offer.map_or_else(String::new, |offer| format!("{}, {}", offer.cidr, offer.why))
}

#[test]
fn a_range_is_shown_as_it_is_meant() {
    let look = look(&Workspace::default(), v4("10.223.63.7/26", ""));
    let range = look.range.unwrap();
    assert_eq!((range.network.as_str(), range.is_canonical), ("10.223.63.0/26", false));
    assert_eq!([range.first, range.last, range.usable].join(" "), "10.223.63.1 10.223.63.62 62");
}

#[test]
fn what_is_no_range_is_told() {
    let wrong = |text, family| {
        look(&Workspace::default(), Asked { text, family, whose: Whose::New, network: "" }).wrong.unwrap_or_default()
    };
    assert!(wrong("10.0.0.0", Family::V4).contains("prefix length is missing"));
    assert!(wrong("2001:db8::/64", Family::V4).contains("`v6cidr`"));
    assert!(wrong("10.0.0.0/8", Family::V6).contains("`cidr`"));
    assert!(wrong("10.0.0.0/33", Family::V4).contains("address and a prefix length"));
    assert_eq!(wrong("", Family::V4), "");
}

#[test]
fn overlaps_name_the_other_and_never_the_field_itself() {
    let workspace = workspace(&[("oam", "o", "cidr: 10.223.63.0/26"), ("new", "n", "cidr: 10.223.60.0/22")], "");
    let overlaps = look(&workspace, v4("10.223.60.0/22", "n")).overlaps;
    assert_eq!(overlaps, ["the global network 10.223.62.0/26", "`oam` 10.223.63.0/26"]);
    assert!(look(&workspace, v4("10.223.64.0/26", "n")).overlaps.is_empty());
}

#[test]
fn the_next_free_one_is_inside_the_network() {
    let oam = ("oam", "o", "cidr: 10.223.63.0/26");
    let avi = "avi: {networks: [{name: n, uuid: network-1, subnets: [10.223.63.0/24]}, {name: own, subnets: [10.223.64.0/26]}]}";
    let workspace = workspace(&[oam], avi);
    assert_eq!(offered(&workspace, v4("", "n")), "10.223.63.64/26, the next free one in `n`");
    assert!(avi_network(&workspace, " ").is_none());
    assert_eq!(offered(&workspace, v4("", "own")), "10.223.64.0/26, the subnet of `own`");
    assert_eq!(
        offered(&workspace, v4("10.223.63.32/27", "network-1")),
        "10.223.63.64/27, the next free one in `network-1`"
    );
    assert_eq!(offered(&workspace, v4("10.9.0.0/26", "n")), "10.223.63.64/26, the next free one in `n`");
    assert_eq!(look(&workspace, v4("10.9.0.0/26", "n")).outside, ["10.223.63.0/24"]);
    assert_eq!(offered(&workspace, v4("10.223.63.128/26", "n")), "");
}

#[test]
fn without_known_subnets_it_follows_the_last() {
    let segments = [("oam", "o", "cidr: 10.223.63.0/26"), ("trf", "t", "cidr: 10.223.63.128/25")];
    let workspace = workspace(&segments, "cluster: {nodeCidrs: [10.223.64.0/24]}");
    assert_eq!(offered(&workspace, v4("", "x")), "10.223.65.0/25, the next free one after 10.223.63.128/25");
    assert_eq!(
        offered(&workspace, v4("10.223.63.5/32", "x")),
        "10.223.65.0/32, the next free one after 10.223.63.128/25"
    );
    assert_eq!(offered(&Workspace::default(), v4("", "x")), "");
}

#[test]
fn the_edges_of_the_address_space_are_no_panic() {
    let workspace = workspace(&[("last", "l", "cidr: 255.255.255.0/24"), ("all", "a", "v6cidr: '::/0'")], "");
    assert_eq!(offered(&workspace, v4("", "x")), "");
    for text in ["::/0", "ffff::/16", "::1/128", ""] {
        assert_eq!(offered(&workspace, Asked { family: Family::V6, ..v4(text, "x") }), "", "{text}");
    }
}

#[test]
fn counts_are_for_people() {
    assert_eq!([62, 16_777_214, 1 << 64, u128::MAX].map(count), ["62", "16,777,214", "2^64", "2^128"]);
}
