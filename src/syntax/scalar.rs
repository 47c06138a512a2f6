//! What Kubernetes reads from a plain scalar: YAML 1.1 as go-yaml v2 (`sigs.k8s.io/yaml`) has it.

use std::borrow::Cow;

use super::{NodeId, Tree};

/// The type that a plain scalar resolves to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Plain {
    /// Missing, `~`, `null`.
    Null,
    /// `true`, `yes`, `on`, `y` and their opposites.
    Bool(bool),
    /// An integer.
    Int(i64),
    /// Any other number (also integers beyond 64 bits).
    Float(f64),
    /// Everything else.
    String,
}

/// Resolves a plain scalar's text.
#[must_use]
pub fn resolve_plain(text: &str) -> Plain {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Plain::Null,
        "y" | "Y" | "yes" | "Yes" | "YES" | "on" | "On" | "ON" | "true" | "True" | "TRUE" => return Plain::Bool(true),
        "n" | "N" | "no" | "No" | "NO" | "off" | "Off" | "OFF" | "false" | "False" | "FALSE" => {
            return Plain::Bool(false);
        }
        ".nan" | ".NaN" | ".NAN" => return Plain::Float(f64::NAN),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => return Plain::Float(f64::INFINITY),
        "-.inf" | "-.Inf" | "-.INF" => return Plain::Float(f64::NEG_INFINITY),
        _ => {}
    }
    if !text.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '+' | '-' | '.')) {
        return Plain::String;
    }
    if text.starts_with('.') && text.contains('_') {
        return Plain::String;
    }
    number(&text.replace('_', "")).unwrap_or(Plain::String)
}

/// Reads a number as Go's `strconv.ParseInt(s, 0, 64)` and go-yaml's float pattern do.
fn number(text: &str) -> Option<Plain> {
    if let Some(value) = integer(text) {
        return Some(value);
    }
    // Go calls a number out of range where Rust says infinite.
    let value = text.parse::<f64>().ok().filter(|value| is_float(text) && value.is_finite())?;
    Some(Plain::Float(value))
}

fn integer(text: &str) -> Option<Plain> {
    // go-yaml reads what follows `0b` once more with a sign.
    if let Some(value) = text.strip_prefix("0b").and_then(|signed| i64::from_str_radix(signed, 2).ok()) {
        return Some(Plain::Int(value));
    }
    let (negative, digits) = match text.strip_prefix(['+', '-']) {
        Some(rest) => (text.starts_with('-'), rest),
        None => (false, text),
    };
    let magnitude = i128::try_from(magnitude(digits)?).ok()?;
    if let Ok(value) = i64::try_from(if negative { -magnitude } else { magnitude }) {
        return Some(Plain::Int(value));
    }
    #[allow(clippy::cast_precision_loss, reason = "an f64 is what `Plain` has; `unsigned` gives the exact value")]
    unsigned(text).map(|value| Plain::Float(value as f64))
}

/// The digits of an integer with its prefix, without sign.
fn magnitude(digits: &str) -> Option<u128> {
    let (radix, digits) = match digits.as_bytes() {
        [b'0', b'x' | b'X', ..] => (16, &digits[2..]),
        [b'0', b'o' | b'O', ..] => (8, &digits[2..]),
        [b'0', b'b' | b'B', ..] => (2, &digits[2..]),
        [b'0', rest @ ..] if !rest.is_empty() => (8, &digits[1..]),
        _ => (10, digits),
    };
    if !digits.bytes().all(|digit| digit.is_ascii_alphanumeric()) {
        return None;
    }
    u128::from_str_radix(digits, radix).ok()
}

/// The exact value of an integer that 64 bits hold only without a sign; [`resolve_plain`] calls it
/// a float.
#[must_use]
pub fn unsigned(text: &str) -> Option<u64> {
    let digits = text.replace('_', "");
    if !digits.starts_with(|first: char| first.is_ascii_digit()) {
        return None;
    }
    u64::try_from(magnitude(&digits)?).ok().filter(|value| i64::try_from(*value).is_err())
}

/// go-yaml v2 resolve.go `yamlStyleFloat`: `^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$`.
fn is_float(text: &str) -> bool {
    let digits = |text: &str| text.len() - text.trim_start_matches(|digit: char| digit.is_ascii_digit()).len();
    let text = text.strip_prefix(['+', '-']).unwrap_or(text);
    let whole = digits(text);
    let rest = &text[whole..];
    let rest = match rest.strip_prefix('.') {
        Some(fraction) => {
            let length = digits(fraction);
            if whole == 0 && length == 0 {
                return false;
            }
            &fraction[length..]
        }
        None if whole == 0 => return false,
        None => rest,
    };
    match rest.strip_prefix(['e', 'E']) {
        Some(exponent) => {
            let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
            !exponent.is_empty() && digits(exponent) == exponent.len()
        }
        None => rest.is_empty(),
    }
}

/// The text of a key as Kubernetes has it: `y:` is the key `true`, `0123:` is `83`. `None` where
/// Kubernetes refuses the key: null, collections, integers that need all 64 bits.
#[must_use]
pub fn key_text(tree: &Tree, key: NodeId) -> Option<Cow<'_, str>> {
    let text = tree.scalar(key)?;
    Some(match tree.value(key)? {
        Plain::String => Cow::Borrowed(text),
        Plain::Null => return None,
        Plain::Bool(value) => Cow::Borrowed(if value { "true" } else { "false" }),
        Plain::Int(value) => Cow::Owned(value.to_string()),
        Plain::Float(_) if unsigned(text).is_some() => return None,
        Plain::Float(value) => Cow::Owned(float_key(value)),
    })
}

/// As Go's `strconv.FormatFloat(value, 'g', -1, 32)`, which `sigs.k8s.io/yaml` uses for keys.
fn float_key(value: f64) -> String {
    #[allow(clippy::cast_possible_truncation, reason = "Kubernetes truncates here too")]
    let value = value as f32;
    if value.is_nan() {
        return ".nan".into();
    }
    if value.is_infinite() {
        return if value > 0.0 { ".inf" } else { "-.inf" }.into();
    }
    let scientific = format!("{value:e}");
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    match exponent.parse::<i32>().unwrap_or_default() {
        // Go's 'g' changes to an exponent at a million.
        -4..6 => value.to_string(),
        exponent => format!("{digits}e{}{:02}", if exponent < 0 { '-' } else { '+' }, exponent.abs()),
    }
}
