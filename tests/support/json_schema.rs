//! As much of JSON schema as the charts' schemas need.

use regex::Regex;
use serde_json::Value;

/// What a value breaks of a schema; `None` if nothing.
pub fn complaint(schema: &Value, value: &Value) -> Option<String> {
    let Some(schema) = schema.as_object() else { return Some("no schema".to_owned()) };
    schema.iter().find_map(|(keyword, rule)| {
        let holds = match keyword.as_str() {
            "$schema" | "title" | "description" => true,
            "type" => match rule.as_str().unwrap() {
                "string" => value.is_string(),
                "boolean" => value.is_boolean(),
                "integer" => value.is_i64() || value.is_u64(),
                "array" => value.is_array(),
                "object" => value.is_object(),
                other => panic!("unknown type {other}"),
            },
            "enum" => rule.as_array().unwrap().contains(value),
            "minLength" => value.as_str().is_none_or(|text| text.chars().count() as u64 >= rule.as_u64().unwrap()),
            "pattern" => value.as_str().is_none_or(|text| Regex::new(rule.as_str().unwrap()).unwrap().is_match(text)),
            "minimum" => value.as_f64().is_none_or(|number| number >= rule.as_f64().unwrap()),
            "maximum" => value.as_f64().is_none_or(|number| number <= rule.as_f64().unwrap()),
            "minItems" => value.as_array().is_none_or(|items| items.len() as u64 >= rule.as_u64().unwrap()),
            "maxItems" => value.as_array().is_none_or(|items| items.len() as u64 <= rule.as_u64().unwrap()),
            "anyOf" => rule.as_array().unwrap().iter().any(|one| complaint(one, value).is_none()),
            "oneOf" => rule.as_array().unwrap().iter().filter(|one| complaint(one, value).is_none()).count() == 1,
            "required" => {
                let keys = rule.as_array().unwrap();
                value.as_object().is_none_or(|map| keys.iter().all(|key| map.contains_key(key.as_str().unwrap())))
            }
            "additionalProperties" => {
                assert_eq!(*rule, Value::Bool(false));
                let known = |key: &String| schema["properties"].get(key).is_some();
                value.as_object().is_none_or(|map| map.keys().all(known))
            }
            "properties" => {
                let properties = rule.as_object().unwrap();
                let broken = value.as_object().into_iter().flatten();
                let broken = broken.filter_map(|(key, value)| complaint(properties.get(key)?, value));
                return broken.into_iter().next();
            }
            "items" => return value.as_array().into_iter().flatten().find_map(|item| complaint(rule, item)),
            other => panic!("unknown keyword {other}"),
        };
        (!holds).then(|| format!("{value} breaks {keyword}: {rule}"))
    })
}
