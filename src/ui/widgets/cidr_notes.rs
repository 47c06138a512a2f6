//! What a CIDR field holds, live: range, count, canonical form, overlap, the next free subnet.

use akoplan::capacity::{Look, Range};
use yew::prelude::*;

use super::icon::Icon;
use super::words::sentence;

/// The notes under a CIDR field.
pub fn cidr_notes(look: &Look, used: Option<usize>, findings_tell: bool, onuse: &Callback<String>) -> Html {
    html! {
        <div class="cidr-notes">
            if let Some(range) = &look.range {
                { range_note(range, used, onuse) }
            }
            if !findings_tell {
                { for look.overlaps.iter().map(|other| warning(&format!("overlaps {other}"))) }
                if !look.outside.is_empty() {
                    { warning(&format!("outside the network's subnets {}", look.outside.join(", "))) }
                }
            }
            if let Some(offer) = &look.offer {
                { use_button(&offer.cidr, &offer.why, onuse) }
            }
        </div>
    }
}

fn warning(text: &str) -> Html {
    html! { <p class="is-warning">{ Icon::Warning.svg() }{ " " }{ sentence(text) }</p> }
}

fn range_note(range: &Range, used: Option<usize>, onuse: &Callback<String>) -> Html {
    let Range { network, is_canonical, first, last, usable } = range;
    html! {
        <>
            <p>
                <span class="mono">{ network }</span>{ format!(" · {usable} usable · ") }
                <span class="mono">{ first }</span>{ " – " }<span class="mono">{ last }</span>
                if let Some(used) = used { { format!(" · {used} in use") } }
            </p>
            if !is_canonical {
                { use_button(network, "the same range without host bits", onuse) }
            }
        </>
    }
}

fn use_button(cidr: &str, why: &str, onuse: &Callback<String>) -> Html {
    let onclick = {
        let (cidr, onuse) = (cidr.to_owned(), onuse.clone());
        Callback::from(move |_: MouseEvent| onuse.emit(cidr.clone()))
    };
    html! {
        <p class="cidr-use">
            <button type="button" class="small" {onclick}>{ "Use " }<span class="mono">{ cidr }</span></button>
            <span>{ sentence(why) }</span>
        </p>
    }
}
