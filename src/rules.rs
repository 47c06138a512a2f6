//! The rules: one problem, one code, one file, and the ONE list of them all.
//!
//! A rule is a static made by [`rule!`](crate::rule): its doc comment is its page (`akoplan explain`,
//! the page's Rules place, `docs/rules.md`), with the headings *What it does*, *Why it matters*,
//! *Example* and *Use instead*. To add one: write `rules/<group>/<problem>.rs` and add a line to
//! [`ALL`]. The tests in `tests/rules.rs` run every page: each example must raise exactly its code,
//! each *Use instead* none, each fix must remove its finding.
//!
//! Codes: hundreds by group (see [`Group`]); a code names a problem for ever and is never reused.

mod addresses;
mod advice;
mod conflicts;
mod context;
mod landing;
mod links;
mod macros;
mod order;
mod references;
mod schema;
mod suggest;
mod values;
mod versions;
mod yaml;

pub(crate) use addresses::address_outside_in_cluster::ADDRESS_OUTSIDE_IN_CLUSTER;
pub use context::{Context, Findings, Report};
pub(crate) use versions::convert as ingress_conversion;

use crate::ako::versions::{AkoVersion, Capability};
use crate::diagnostic::Severity;
use crate::model::Kind;

/// A rule.
pub struct Rule {
    /// `AKP###`.
    pub code: &'static str,
    /// In kebab case: what is wrong, as in `gateway-class-not-found`.
    pub name: &'static str,
    /// Severity of its findings.
    pub severity: Severity,
    /// The kinds it looks at; a test compares with what it reads.
    pub reads: &'static [Kind],
    /// Since which akoplan version.
    pub since: &'static str,
    /// What AKO must be able to for the rule to be true: an older AKO is not asked.
    pub needs: &'static [Capability],
    /// Whether it judges each object by itself: it goes through objects once, and asks for others by name only.
    /// Then a large project is checked in pieces; a test compares with the whole.
    pub by_object: bool,
    /// What it has to know of for its findings to be so, where helm has yet to render some of it.
    pub needs_known: Needs,
    /// Its page in Markdown, line by line: its doc comment; empty without [`HAVE_PAGES`]. See [`Rule::page`].
    pub lines: &'static [&'static str],
    /// The check.
    pub check: fn(&Context<'_>, &mut Findings<'_>),
}

/// What a rule has to know of besides the value that it finds, for what it says to be so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Needs {
    /// The object, and what it names.
    #[default]
    Named,
    /// Nothing: it looks at one written value, and what it finds is so whatever is around it.
    Nothing,
    /// Also objects that refer to this one by its name.
    Referring,
    /// Also whether there is a Namespace of a name in it, though it reads no kind.
    Namespace,
}

/// What the hundreds of the codes stand for.
pub const GROUPS: [(&str, &str); 10] = [
    ("AKP0", "YAML"),
    ("AKP1", "Schema"),
    ("AKP2", "Values of one object"),
    ("AKP3", "References"),
    ("AKP4", "Conflicts between objects"),
    ("AKP5", "Landing"),
    ("AKP6", "Capacity and addresses"),
    ("AKP7", "Versions and migration"),
    ("AKP8", "Order, Helm and export"),
    ("AKP9", "Advice"),
];

/// Codes that once had a meaning and must never be used again.
pub const RETIRED: &[&str] = &[];

/// Whether the rules carry their pages. In the browser they do not: its Rules place fetches `docs/rules.md`.
pub const HAVE_PAGES: bool = !cfg!(target_arch = "wasm32");

/// A line of a doc comment without the blank that stands after its slashes.
#[must_use]
pub const fn page_line(line: &'static str) -> &'static str {
    match line.as_bytes() {
        [b' ', ..] => line.split_at(1).1,
        _ => line,
    }
}

impl Rule {
    /// Whether the rule is true of a version of AKO.
    #[must_use]
    pub fn is_true_of(&self, version: AkoVersion) -> bool {
        self.needs.iter().all(|capability| version.has(*capability))
    }

    /// The page in Markdown.
    #[must_use]
    pub fn page(&self) -> String {
        let mut page = self.lines.join("\n");
        page.push('\n');
        page
    }

    /// The lines under a heading of the page; none where it has no such heading.
    fn section(&self, heading: &str) -> &'static [&'static str] {
        let is_heading = |line: &&str| line.starts_with("## ");
        let Some(start) = self.lines.iter().position(|line| line.strip_prefix("## ") == Some(heading)) else {
            return &[];
        };
        let body = &self.lines[start + 1..];
        &body[..body.iter().position(is_heading).unwrap_or(body.len())]
    }

    /// Whether the page has this heading.
    #[must_use]
    pub fn has_heading(&self, heading: &str) -> bool {
        self.lines.iter().any(|line| line.strip_prefix("## ") == Some(heading))
    }

    /// The page's first paragraph: what the rule finds.
    #[must_use]
    pub fn summary(&self) -> String {
        let lines = self.section("What it does").iter().take_while(|line| !line.is_empty());
        lines.copied().collect::<Vec<_>>().join(" ")
    }

    /// The YAML under a heading of the page, one text per fenced block.
    ///
    /// Characters that nobody sees stand there by stand-ins: `⇥` is a tab, `␀` a NUL and `⟨BOM⟩` a
    /// byte-order mark.
    #[must_use]
    pub fn examples(&self, heading: &str) -> Vec<String> {
        let mut blocks = Vec::new();
        let mut open: Option<String> = None;
        for line in self.section(heading) {
            match (&mut open, *line) {
                (None, "```yaml") => open = Some(String::new()),
                (None, _) => {}
                (Some(_), "```") => blocks.extend(open.take()),
                (Some(block), line) => {
                    block.push_str(&line.replace('⇥', "\t").replace('␀', "\0").replace("⟨BOM⟩", "\u{feff}"));
                    block.push('\n');
                }
            }
        }
        blocks
    }

    /// Codes that may be left when this rule's fix is applied, from the heading *What remains*.
    #[must_use]
    pub fn remains(&self) -> Vec<&'static str> {
        let words = self.section("What remains").iter().flat_map(|line| line.split('`'));
        words.filter(|word| word.starts_with("AKP")).collect()
    }
}

/// The rule of a code or a name.
#[must_use]
pub fn find(code: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.code.eq_ignore_ascii_case(code) || rule.name == code)
}

/// Every rule, in the order of the codes.
pub static ALL: &[&Rule] = &[
    &yaml::invalid_yaml::INVALID_YAML,
    &yaml::duplicate_key::DUPLICATE_KEY,
    &yaml::tab_indentation::TAB_INDENTATION,
    &yaml::helm_template::HELM_TEMPLATE,
    &yaml::not_text::NOT_TEXT,
    &yaml::unknown_alias::UNKNOWN_ALIAS,
    &yaml::recursive_alias::RECURSIVE_ALIAS,
    &yaml::excessive_aliases::EXCESSIVE_ALIASES,
    &yaml::too_large::TOO_LARGE,
    &yaml::not_an_object::NOT_AN_OBJECT,
    &yaml::empty_file::EMPTY_FILE,
    &yaml::byte_order_mark::BYTE_ORDER_MARK,
    &yaml::typographic_quote_breaks::TYPOGRAPHIC_QUOTE_BREAKS,
    &yaml::typographic_quotes::TYPOGRAPHIC_QUOTES,
    &yaml::loose_metadata::LOOSE_METADATA,
    &schema::unknown_field::UNKNOWN_FIELD,
    &schema::wrong_type::WRONG_TYPE,
    &schema::required_field::REQUIRED_FIELD,
    &schema::value_not_allowed::VALUE_NOT_ALLOWED,
    &schema::number_out_of_range::NUMBER_OUT_OF_RANGE,
    &schema::unknown_key::UNKNOWN_KEY,
    &schema::unknown_api::UNKNOWN_API,
    &values::invalid_cidr::INVALID_CIDR,
    &values::cidr_malformed::CIDR_MALFORMED,
    &values::cidr_host_bits::CIDR_HOST_BITS,
    &values::v6cidr_without_mask::V6CIDR_WITHOUT_MASK,
    &values::bgp_labels_without_rhi::BGP_LABELS_WITHOUT_RHI,
    &values::listeners_without_ssl::LISTENERS_WITHOUT_SSL,
    &values::network_name_or_uuid::NETWORK_NAME_OR_UUID,
    &values::invalid_name::INVALID_NAME,
    &values::invalid_label::INVALID_LABEL,
    &values::gateway_name_too_long::GATEWAY_NAME_TOO_LONG,
    &values::listener_protocol::LISTENER_PROTOCOL,
    &values::ingress_class_without_api_group::INGRESS_CLASS_WITHOUT_API_GROUP,
    &values::ingress_resource_backend::INGRESS_RESOURCE_BACKEND,
    &values::namespace_annotation_crash::NAMESPACE_ANNOTATION_CRASH,
    &values::address_not_an_ip::ADDRESS_NOT_AN_IP,
    &values::address_ignored::ADDRESS_IGNORED,
    &values::service_ports::SERVICE_PORTS,
    &values::gateway_api_protocol::GATEWAY_API_PROTOCOL,
    &values::https_without_certificate::HTTPS_WITHOUT_CERTIFICATE,
    &values::route_part_ignored::ROUTE_PART_IGNORED,
    &values::gateway_api_address::GATEWAY_API_ADDRESS,
    &values::route_rewrite_refused::ROUTE_REWRITE_REFUSED,
    &values::values_refused::VALUES_REFUSED,
    &values::route_rule_name_twice::ROUTE_RULE_NAME_TWICE,
    &values::cluster_value::CLUSTER_VALUE,
    &values::cluster_folder::CLUSTER_FOLDER,
    &references::gateway_class_not_found::GATEWAY_CLASS_NOT_FOUND,
    &references::gateway_class_setting_not_found::GATEWAY_CLASS_SETTING_NOT_FOUND,
    &references::ingress_class_setting_not_found::INGRESS_CLASS_SETTING_NOT_FOUND,
    &references::service_setting_not_found::SERVICE_SETTING_NOT_FOUND,
    &references::namespace_setting_not_found::NAMESPACE_SETTING_NOT_FOUND,
    &references::ingress_class_not_found::INGRESS_CLASS_NOT_FOUND,
    &references::class_parameters_ignored::CLASS_PARAMETERS_IGNORED,
    &references::other_controller::OTHER_CONTROLLER,
    &references::listener_selector::LISTENER_SELECTOR,
    &references::service_label_missing::SERVICE_LABEL_MISSING,
    &references::service_gateway_not_found::SERVICE_GATEWAY_NOT_FOUND,
    &references::service_port_without_listener::SERVICE_PORT_WITHOUT_LISTENER,
    &references::listener_without_service::LISTENER_WITHOUT_SERVICE,
    &references::se_group_unknown::SE_GROUP_UNKNOWN,
    &references::network_unknown::NETWORK_UNKNOWN,
    &references::ingress_backend_service::INGRESS_BACKEND_SERVICE,
    &references::ingress_backend_port::INGRESS_BACKEND_PORT,
    &references::se_group_of_another_cluster::SE_GROUP_OF_ANOTHER_CLUSTER,
    &references::se_group_made_by_ako::SE_GROUP_MADE_BY_AKO,
    &references::intent_unmatched::INTENT_UNMATCHED,
    &references::gateway_api_class_not_found::GATEWAY_API_CLASS_NOT_FOUND,
    &references::route_gateway_not_found::ROUTE_GATEWAY_NOT_FOUND,
    &references::route_listener_not_found::ROUTE_LISTENER_NOT_FOUND,
    &references::route_hosts_do_not_match::ROUTE_HOSTS_DO_NOT_MATCH,
    &references::route_not_allowed::ROUTE_NOT_ALLOWED,
    &references::listener_secret::LISTENER_SECRET,
    &references::gateway_api_parameters_ignored::GATEWAY_API_PARAMETERS_IGNORED,
    &references::gateway_api_host_outside::GATEWAY_API_HOST_OUTSIDE,
    &references::backend_without_servers::BACKEND_WITHOUT_SERVERS,
    &references::route_backend_port::ROUTE_BACKEND_PORT,
    &references::route_extension::ROUTE_EXTENSION,
    &references::route_backend_service::ROUTE_BACKEND_SERVICE,
    &references::cluster_setting_not_found::CLUSTER_SETTING_NOT_FOUND,
    &conflicts::duplicate_object::DUPLICATE_OBJECT,
    &conflicts::services_share_listener::SERVICES_SHARE_LISTENER,
    &conflicts::duplicate_listener::DUPLICATE_LISTENER,
    &conflicts::labelled_load_balancer::LABELLED_LOAD_BALANCER,
    &conflicts::gateway_api_host_twice::GATEWAY_API_HOST_TWICE,
    &conflicts::namespaces_share_virtual_service::NAMESPACES_SHARE_VIRTUAL_SERVICE,
    &conflicts::shared_vip_disagreement::SHARED_VIP_DISAGREEMENT,
    &conflicts::shared_vip_passed_over::SHARED_VIP_PASSED_OVER,
    &conflicts::virtual_service_name_twice::VIRTUAL_SERVICE_NAME_TWICE,
    &conflicts::values_twice::VALUES_TWICE,
    &conflicts::cluster_twice::CLUSTER_TWICE,
    &conflicts::clusters_share_name::CLUSTERS_SHARE_NAME,
    &landing::lands_on_global::LANDS_ON_GLOBAL,
    &landing::lands_on_other_segment::LANDS_ON_OTHER_SEGMENT,
    &landing::not_served::NOT_SERVED,
    &landing::services_api_off::SERVICES_API_OFF,
    &landing::layer7_only::LAYER7_ONLY,
    &landing::gateway_api_off::GATEWAY_API_OFF,
    &addresses::overlapping_cidrs::OVERLAPPING_CIDRS,
    &addresses::cidr_outside_network::CIDR_OUTSIDE_NETWORK,
    &addresses::address_outside_network::ADDRESS_OUTSIDE_NETWORK,
    &addresses::cidr_overlaps_cluster::CIDR_OVERLAPS_CLUSTER,
    &addresses::address_used_twice::ADDRESS_USED_TWICE,
    &addresses::address_outside_in_cluster::ADDRESS_OUTSIDE_IN_CLUSTER,
    &versions::ingress_v1beta1::INGRESS_V1BETA1,
    &versions::infra_setting_v1alpha1::INFRA_SETTING_V1ALPHA1,
    &versions::mixed_protocols::MIXED_PROTOCOLS,
    &versions::network_names::NETWORK_NAMES,
    &versions::ingress_old_backend::INGRESS_OLD_BACKEND,
    &versions::infra_setting_v1beta1_too_new::INFRA_SETTING_V1BETA1_TOO_NEW,
    &versions::open_hostname::OPEN_HOSTNAME,
    &order::gateway_before_class::GATEWAY_BEFORE_CLASS,
    &order::ingress_before_class::INGRESS_BEFORE_CLASS,
    &order::setting_late::SETTING_LATE,
    &order::namespace_setting_late::NAMESPACE_SETTING_LATE,
    &order::applied_at_once::APPLIED_AT_ONCE,
    &order::gateway_api_before_class::GATEWAY_API_BEFORE_CLASS,
    &order::gateway_api_before_secret::GATEWAY_API_BEFORE_SECRET,
    &order::gateway_api_order::GATEWAY_API_ORDER,
    &order::helm_hook::HELM_HOOK,
    &advice::namespace_missing::NAMESPACE_MISSING,
    &advice::cluster_ip_with_node_port::CLUSTER_IP_WITH_NODE_PORT,
    &advice::service_type_unknown::SERVICE_TYPE_UNKNOWN,
    // The last two look at what all others found.
    &advice::ignore_without_reason::IGNORE_WITHOUT_REASON,
    &advice::ignore_without_effect::IGNORE_WITHOUT_EFFECT,
];
