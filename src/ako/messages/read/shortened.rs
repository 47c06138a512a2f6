//! Messages of which a text has a part only: their middle, or all but their end.

use super::super::all;
use super::Found;

/// A longer text is no message that was shortened.
const MOST_WORDS: usize = 300;
/// So many words in a row, with so many letters, are no accident.
const LEAST_WORDS: usize = 4;
const LEAST_LETTERS: usize = 20;

/// A word with its place.
struct Word<'t> {
    text: &'t str,
    start: usize,
    end: usize,
}

/// The messages with the longest run of words in common with a text, which has to be the better half of
/// the text or of what the message says between its values.
pub fn find(lower: &str) -> Vec<Found> {
    let text = words(lower);
    if text.len() < LEAST_WORDS || text.len() > MOST_WORDS {
        return Vec::new();
    }
    let mut best: Vec<Found> = Vec::new();
    for message in all() {
        let template = message.template.to_ascii_lowercase();
        let runs = template.split("{}").filter_map(|piece| {
            let piece = words(piece);
            let (at, length) = longest_run(&text, &piece);
            let run = &text[at..at + length];
            let letters = run.iter().map(|word| word.text.len()).sum::<usize>();
            let is_much = length >= LEAST_WORDS && letters >= LEAST_LETTERS;
            let is_half = 2 * length > text.len() || 2 * length > piece.len();
            let (first, last) = (run.first()?, run.last()?);
            (is_much && is_half).then_some((letters, first.start, last.end))
        });
        let Some((fixed, start, end)) = runs.max() else { continue };
        let most = best.first().map_or(0, |found| found.fixed);
        if fixed > most {
            best.clear();
        }
        if fixed >= most {
            best.push(Found { message, values: Vec::new(), start, end, fixed });
        }
    }
    best
}

fn words(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut at = 0;
    for part in text.split(' ') {
        let word = part.trim_matches(|letter: char| !letter.is_alphanumeric());
        if !word.is_empty() {
            let start = at + part.find(word).unwrap_or_default();
            words.push(Word { text: word, start, end: start + word.len() });
        }
        at += part.len() + 1;
    }
    words
}

/// Where in the text the longest run of words is that a piece has too, and how many they are.
fn longest_run(text: &[Word<'_>], piece: &[Word<'_>]) -> (usize, usize) {
    let (mut at, mut longest) = (0, 0);
    let mut before = vec![0; piece.len() + 1];
    for (index, word) in text.iter().enumerate() {
        let mut now = vec![0; piece.len() + 1];
        for (other, theirs) in piece.iter().enumerate() {
            if word.text == theirs.text {
                now[other + 1] = before[other] + 1;
                if now[other + 1] > longest {
                    longest = now[other + 1];
                    at = index + 1 - longest;
                }
            }
        }
        before = now;
    }
    (at, longest)
}

#[cfg(test)]
mod tests {
    use crate::ako::messages::*;

    fn found(text: &str) -> Vec<&'static str> {
        read(text).into_iter().map(|reading| reading.message.template).collect()
    }

    #[test]
    fn a_message_without_its_end() {
        let text = "L4Rule annotation value is not consistent with Services grouped using shared-vip annotation";
        assert_eq!(found(text), [SHARED_VIP_RULES_DIFFER.template]);
        let text = "no services: Service loadBalancerIP is not consistent with Services grouped using shared-vip";
        assert_eq!(found(text), [SHARED_VIP_ADDRESSES_DIFFER.template]);
    }

    #[test]
    fn the_middle_of_a_message() {
        assert_eq!(
            found("must advertise vips via BGP. Please recreate the VS"),
            [VIRTUAL_SERVICE_WITHOUT_RHI.template]
        );
        assert_eq!(found("Labels do not match with cluster name"), [LABELS_OF_ANOTHER_CLUSTER.template]);
        assert_eq!(found("No valid domain name added for child virtual service"), [NO_DOMAIN_NAME.template]);
        assert_eq!(found("more than one network specified in VIP Network List"), [SEVERAL_VIP_NETWORKS.template]);
    }

    #[test]
    fn of_several_that_fit_alike_all() {
        let text = "Dedicated Gateway Mode is enabled";
        assert!(found(text).len() > 1 && found(text).iter().all(|template| template.starts_with(text)));
    }

    #[test]
    fn prose_is_no_message() {
        for text in [
            "",
            "the network is down",
            "what does AKO do with a Gateway of another class in this cluster",
            "the Gateway is not there and the route is in the namespace of the Service",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
        assert_eq!(found(&"the reference of the gateway is valid ".repeat(200)), [""; 0]);
    }

    /// Any half of a message that has words enough leads to it.
    #[test]
    fn halves_of_every_long_message_are_found() {
        for message in all() {
            let first = message.template.split("{}").max_by_key(|piece| piece.len()).unwrap_or_default();
            let words: Vec<&str> = first.split_whitespace().collect();
            let half = words[..words.len().div_ceil(2)].join(" ");
            if words.len() < 12 || half.len() < 40 {
                continue;
            }
            assert!(found(&half).contains(&message.template), "{half}: {:?}", found(&half));
        }
    }
}
