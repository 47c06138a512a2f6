//! What values of a chart may be: the shapes, and the JSON schema that says so to helm.
//!
//! A chart of a project with mistakes must still render as the project is, so each schema takes the
//! value that the chart comes with, beside all that is right.

use serde_json::{Map, Value, json};

use crate::ako::cidr_pattern;

/// What a value may be.
#[derive(Debug)]
pub(super) enum Shape {
    /// A string that is not empty.
    Text,
    /// `true` or `false`.
    Flag,
    /// A port number.
    Port,
    /// A port by number or by name.
    PortOrName,
    /// One of some words.
    OneOf(&'static [&'static str]),
    /// A string of a form.
    Form(&'static Form),
    /// A list, as long as it is wanted.
    List(&'static Shape),
    /// A list with at least one item.
    Some(&'static Shape),
    /// A list that keeps its length: the template asks for each item.
    Fixed(&'static Shape),
    /// A mapping that keeps its keys: the template asks for each.
    Named(&'static Shape),
    /// A mapping of known fields.
    Record(&'static [Field], Needed),
}

/// A field of a record.
#[derive(Debug)]
pub(super) struct Field {
    /// Key.
    pub key: &'static str,
    /// What it may be.
    pub shape: Shape,
}

/// Which fields a record must have.
#[derive(Debug)]
pub(super) enum Needed {
    /// All of these.
    All(&'static [&'static str]),
    /// Exactly one of these.
    OneOf(&'static [&'static str]),
}

/// A form of strings, as a regular expression and as code that takes the same.
#[derive(Debug)]
pub(super) struct Form {
    /// For people.
    pub words: &'static str,
    /// ECMA 262 and RE2 alike.
    pub pattern: &'static str,
    /// Whether a text has the form.
    pub takes: fn(&str) -> bool,
}

/// IPv4 ranges as AKO's pattern has them (`internal/lib/constants.go`, `IPCIDRRegex`), the mask not left out.
pub(super) static CIDR: Form = Form {
    words: "an IPv4 range, as in 10.0.0.0/24",
    pattern: concat!(
        r"^(([01]?[0-9][0-9]?|2[0-4][0-9]|25[0-5])\.){3}",
        r"([01]?[0-9][0-9]?|2[0-4][0-9]|25[0-5])/([0-9]|[1-2][0-9]|3[0-2])$"
    ),
    takes: |text| cidr_pattern::takes_v4(text) && !text.ends_with('/'),
};

/// IPv6 ranges as AKO's pattern has them (`internal/lib/constants.go`, `IPV6CIDRRegex`), the mask not left out.
pub(super) static CIDR_V6: Form = Form {
    words: "an IPv6 range, as in 2001:db8::/64",
    pattern: concat!(
        r"^([0-9A-Fa-f]*(:[0-9A-Fa-f]{1,4})*::[0-9A-Fa-f]*(:[0-9A-Fa-f]{1,4})*|[0-9A-Fa-f]{1,4}(:[0-9A-Fa-f]{1,4}){7})",
        r"/([1-9]|[1-9][0-9]|1[0-1][0-9]|12[0-8])$"
    ),
    takes: |text| cidr_pattern::takes_v6(text) && text.contains('/'),
};

/// IP addresses of both families, loosely.
pub(super) static ADDRESS: Form = Form {
    words: "an IP address",
    pattern: r"^([0-9]{1,3}(\.[0-9]{1,3}){3}|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*)$",
    takes: |text| {
        let octets: Vec<&str> = text.split('.').collect();
        let is_octet = |octet: &&str| (1..=3).contains(&octet.len()) && octet.bytes().all(|byte| byte.is_ascii_digit());
        let is_v6 = |(before, after): (&str, &str)| {
            let is_hex = |byte: u8| byte.is_ascii_hexdigit() || byte == b':';
            before.bytes().all(is_hex) && after.bytes().all(|byte| is_hex(byte) || byte == b'.')
        };
        octets.len() == 4 && octets.iter().all(is_octet) || text.split_once(':').is_some_and(is_v6)
    },
};

/// Names of objects (Kubernetes documentation, *Object Names and IDs*: DNS-1123 subdomain).
pub(super) static NAME: Form = Form {
    words: "a name of lower-case letters, digits, hyphens and dots",
    pattern: r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$",
    takes: is_subdomain,
};

/// Host names, with a wildcard as the first label or without.
pub(super) static HOST: Form = Form {
    words: "a host name, as in www.example.com or *.example.com",
    pattern: r"^(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$",
    takes: |text| is_subdomain(text.strip_prefix("*.").unwrap_or(text)),
};

fn is_subdomain(text: &str) -> bool {
    let is_usual = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let is_label = |label: &str| {
        !label.is_empty() && label.bytes().all(is_usual) && !label.starts_with('-') && !label.ends_with('-')
    };
    text.split('.').all(is_label)
}

impl Shape {
    /// The schema, wide enough for the values that the chart comes with at this place.
    pub fn schema(&self, defaults: &[&Value]) -> Value {
        match self {
            Self::Text => widened(json!({"type": "string", "minLength": 1}), defaults, |value| {
                value.as_str().is_some_and(|text| !text.is_empty())
            }),
            Self::Flag => widened(json!({"type": "boolean"}), defaults, Value::is_boolean),
            Self::Port => widened(json!({"type": "integer", "minimum": 1, "maximum": 65535}), defaults, is_port),
            Self::PortOrName => {
                let either = json!({"anyOf": [
                    {"type": "integer", "minimum": 1, "maximum": 65535},
                    {"type": "string", "minLength": 1},
                ]});
                widened(either, defaults, |value| is_port(value) || value.as_str().is_some_and(|text| !text.is_empty()))
            }
            Self::OneOf(words) => widened(json!({ "enum": words }), defaults, |value| {
                value.as_str().is_some_and(|text| words.contains(&text))
            }),
            Self::Form(form) => {
                let schema = json!({"type": "string", "description": form.words, "pattern": form.pattern});
                widened(schema, defaults, |value| value.as_str().is_some_and(form.takes))
            }
            Self::List(item) => list(item, defaults, &[]),
            Self::Some(item) => {
                let empty = defaults.iter().any(|value| value.as_array().is_some_and(Vec::is_empty));
                list(item, defaults, if empty { &[] } else { &[("minItems", 1)] })
            }
            Self::Fixed(item) => {
                let count = defaults.iter().filter_map(|value| value.as_array()).map(Vec::len).max().unwrap_or(0);
                list(item, defaults, &[("minItems", count), ("maxItems", count)])
            }
            Self::Named(item) => named(item, defaults),
            Self::Record(fields, needed) => record(fields, needed, defaults),
        }
    }
}

fn is_port(value: &Value) -> bool {
    value.as_u64().is_some_and(|port| (1..=65535).contains(&port))
}

/// A schema that also takes those of the defaults that it would not take.
fn widened(schema: Value, defaults: &[&Value], takes: impl Fn(&Value) -> bool) -> Value {
    let mut others: Vec<&Value> = Vec::new();
    for value in defaults.iter().filter(|value| !takes(value)) {
        if !others.contains(value) {
            others.push(value);
        }
    }
    if others.is_empty() { schema } else { json!({"anyOf": [schema, { "enum": others }]}) }
}

fn list(item: &Shape, defaults: &[&Value], limits: &[(&str, usize)]) -> Value {
    let items: Vec<&Value> = defaults.iter().filter_map(|value| value.as_array()).flatten().collect();
    let mut schema = json!({"type": "array", "items": item.schema(&items)});
    for (key, limit) in limits {
        schema[*key] = Value::from(*limit);
    }
    widened(schema, defaults, Value::is_array)
}

fn named(item: &Shape, defaults: &[&Value]) -> Value {
    let mut properties = Map::new();
    for (key, value) in defaults.iter().filter_map(|value| value.as_object()).flatten() {
        properties.insert(key.clone(), item.schema(&[value]));
    }
    object(&properties)
}

/// A mapping of exactly these keys.
pub(super) fn object(properties: &Map<String, Value>) -> Value {
    let required: Vec<&String> = properties.keys().collect();
    json!({"type": "object", "additionalProperties": false, "required": required, "properties": properties})
}

fn record(fields: &[Field], needed: &Needed, defaults: &[&Value]) -> Value {
    let records: Vec<&Map<String, Value>> = defaults.iter().filter_map(|value| value.as_object()).collect();
    let mut properties = Map::new();
    for Field { key, shape } in fields {
        let values: Vec<&Value> = records.iter().filter_map(|record| record.get(*key)).collect();
        properties.insert((*key).to_owned(), shape.schema(&values));
    }
    // What nobody knows is taken where it is there already.
    for key in records.iter().flat_map(|record| record.keys()) {
        properties.entry(key.clone()).or_insert_with(|| json!({}));
    }
    let mut schema = json!({"type": "object", "additionalProperties": false, "properties": properties});
    match needed {
        Needed::All(keys) => {
            let always = keys.iter().filter(|key| records.iter().all(|record| record.contains_key(**key)));
            schema["required"] = always.copied().collect();
        }
        Needed::OneOf(keys) => {
            let count = |record: &&Map<String, Value>| keys.iter().filter(|key| record.contains_key(**key)).count();
            if records.iter().all(|record| count(record) == 1) {
                schema["oneOf"] = keys.iter().map(|key| json!({ "required": [key] })).collect();
            }
        }
    }
    widened(schema, defaults, Value::is_object)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schema_takes_what_is_there_already() {
        let right = Shape::Form(&CIDR).schema(&[&json!("10.0.0.0/8")]);
        assert_eq!(right["pattern"], CIDR.pattern);
        let wrong = Shape::Form(&CIDR).schema(&[&json!("10.0.0.0"), &json!(7), &json!(7)]);
        assert_eq!(wrong["anyOf"][1]["enum"], json!(["10.0.0.0", 7]));
        let list = Shape::Some(&Shape::Port).schema(&[&json!([80, "x"])]);
        assert_eq!(list["items"]["anyOf"][1]["enum"], json!(["x"]));
        assert_eq!(list["minItems"], 1);
        let record = Shape::Record(&[Field { key: "a", shape: Shape::Flag }], Needed::All(&["a"]));
        assert_eq!(record.schema(&[&json!({"a": true})])["required"], json!(["a"]));
        assert_eq!(record.schema(&[&json!({"b": 1})])["required"], json!([]));
        assert_eq!(record.schema(&[&json!({"b": 1})])["properties"]["b"], json!({}));
    }

    proptest::proptest! {
        /// Helm checks by the pattern, akoplan by the code.
        #[test]
        fn patterns_and_code_agree(
            text in proptest::prop_oneof![
                "[0-9]{1,3}(\\.[0-9]{1,3}){3}(/[0-9]{0,3})?",
                "[0-9a-f]{0,5}(:[0-9A-F]{0,5}){0,9}(/[0-9]{0,3})?",
                "(\\*\\.)?[a-z0-9.-]{0,8}",
                "[a-zA-Z0-9:./*\n -]{0,16}",
                "\\PC{0,8}",
            ]
        ) {
            for form in [&CIDR, &CIDR_V6, &ADDRESS, &NAME, &HOST] {
                let pattern = regex::Regex::new(form.pattern).unwrap();
                proptest::prop_assert_eq!(pattern.is_match(&text), (form.takes)(&text), "{}", form.words);
            }
        }
    }
}
