//! Every message of AKO that is written or read back here: one list for both directions.
//!
//! The prediction writes statuses from it, and [`read`] finds a pasted status, event or log line in
//! it. What varies in a message is `{}`.

mod gateway_api;
mod http_route;
mod ingress;
mod layer4;
mod read;
mod settings;
mod values;

pub use gateway_api::*;
pub use http_route::*;
pub use ingress::*;
pub use layer4::*;
pub use read::{Reading, read};
pub use settings::*;
pub use values::*;

/// A message of AKO, what it means and what to do about it.
#[derive(Debug, PartialEq, Eq)]
pub struct Message {
    /// AKO's words; `{}` stands for what varies.
    pub template: &'static str,
    /// The reason beside it in a condition or an event; empty where there is none.
    pub reason: &'static str,
    /// Where AKO writes it.
    pub channel: Channel,
    /// The object and its field, in backquotes.
    pub at: &'static str,
    /// What it means, in a sentence.
    pub means: &'static str,
    /// What to do, in a sentence; empty where nothing is wrong.
    pub fix: &'static str,
    /// The field that causes it, in backquotes; empty where no single one does.
    pub field: &'static str,
    /// Codes of the rules that find the cause.
    pub rules: &'static [&'static str],
    /// File and function in AKO 2.2.1.
    pub source: &'static str,
}

/// Where a message is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    /// In the status of an object.
    Status,
    /// As an event on an object.
    Event,
    /// Only in the log of AKO's pod.
    Log,
}

impl Channel {
    /// In words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::Event => "event",
            Self::Log => "log line",
        }
    }
}

impl Message {
    /// The message with its values, in their order; without values left, the rest stays empty.
    #[must_use]
    pub fn with(&self, values: &[&str]) -> String {
        let mut values = values.iter();
        let mut parts = self.template.split("{}");
        let mut text = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            text.push_str(values.next().copied().unwrap_or_default());
            text.push_str(part);
        }
        text
    }
}

/// All messages.
pub fn all() -> impl Iterator<Item = &'static Message> {
    [settings::ALL, values::ALL, layer4::ALL, ingress::ALL, gateway_api::ALL, http_route::ALL]
        .into_iter()
        .flatten()
        .copied()
}

/// Declares messages as statics, and the list of them.
macro_rules! messages {
    ($($(#[$doc:meta])* $name:ident = $template:literal { $($field:ident: $value:expr),* $(,)? })*) => {
        $($(#[$doc])*
        #[allow(clippy::needless_update, reason = "some messages fill every field")]
        pub static $name: $crate::ako::messages::Message = $crate::ako::messages::Message {
            template: $template,
            $($field: $value,)*
            ..$crate::ako::messages::BLANK
        };)*
        /// All of them.
        pub(super) const ALL: &[&$crate::ako::messages::Message] = &[$(&$name),*];
    };
}
use messages;

/// What a declaration leaves out.
const BLANK: Message = Message {
    template: "",
    reason: "",
    channel: Channel::Status,
    at: "",
    means: "",
    fix: "",
    field: "",
    rules: &[],
    source: "",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_take_their_places() {
        assert_eq!(SE_GROUP_NOT_FOUND.with(&["g"]), "serviceenginegroup \"g\" not found on controller");
        assert_eq!(
            INVALID_CIDR.with(&["x", ""]),
            "invalid CIDR configuration x detected for networkName  in vipNetworkList"
        );
    }

    #[test]
    fn messages_are_complete() {
        for message in all() {
            assert!(!message.at.is_empty() && !message.means.is_empty() && !message.source.is_empty(), "{message:?}");
            assert!(message.means.ends_with('.'), "{message:?}");
            assert!(message.fix.is_empty() || message.fix.ends_with('.'), "{message:?}");
            assert!(!message.template.is_empty() || !message.reason.is_empty(), "{message:?}");
            for code in message.rules {
                assert!(crate::rules::find(code).is_some(), "{code} of {message:?}");
            }
        }
    }

    #[test]
    fn every_message_is_read_back() {
        for message in all().filter(|message| !message.template.is_empty()) {
            let count = message.template.matches("{}").count();
            let values: Vec<String> = (0..count).map(|index| format!("value-{index}")).collect();
            let values: Vec<&str> = values.iter().map(String::as_str).collect();
            let readings = read(&format!("message: {}\n", message.with(&values)));
            let found =
                readings.iter().any(|reading| std::ptr::eq(reading.message, message) && reading.values == values);
            assert!(found, "{message:?}: {readings:?}");
        }
    }
}
