//! What a CIDR field holds, live: range, count, canonical form, overlap, the next free subnet.

use akoplan::capacity::{Look, Range};
use yew::prelude::*;

use super::icon::{Icon, IconName};
use super::words::Words;

/// Properties of [`CidrNotes`].
#[derive(PartialEq, Properties)]
pub struct CidrNotesProps {
    /// What there is to say.
    pub look: Look,
    /// How many addresses are in use, where that is known.
    #[prop_or_default]
    pub used: Option<usize>,
    /// Findings beside the field tell of overlaps already.
    #[prop_or_default]
    pub findings_tell: bool,
    /// Another CIDR is taken.
    pub onuse: Callback<String>,
}

/// The notes under a CIDR field.
#[component]
pub fn CidrNotes(props: &CidrNotesProps) -> Html {
    let look = &props.look;
    html! {
        <div class="cidr-notes">
            if let Some(range) = &look.range {
                <RangeNote range={range.clone()} used={props.used} onuse={props.onuse.clone()} />
            }
            if !props.findings_tell {
                { for look.overlaps.iter().map(|other| warning(&format!("overlaps {other}"))) }
                if !look.outside.is_empty() {
                    { warning(&format!("outside the network's subnets {}", look.outside.join(", "))) }
                }
            }
            if let Some(offer) = &look.offer {
                <Use cidr={offer.cidr.clone()} why={offer.why.clone()} onuse={props.onuse.clone()} />
            }
        </div>
    }
}

fn warning(text: &str) -> Html {
    html! { <p class="is-warning"><Icon name={IconName::Warning} />{ " " }<Words text={text.to_owned()} /></p> }
}

#[derive(PartialEq, Properties)]
struct RangeNoteProps {
    range: Range,
    used: Option<usize>,
    onuse: Callback<String>,
}

#[component]
fn RangeNote(props: &RangeNoteProps) -> Html {
    let Range { network, is_canonical, first, last, usable } = &props.range;
    html! {
        <>
            <p>
                <span class="mono">{ network }</span>{ format!(" · {usable} usable · ") }
                <span class="mono">{ first }</span>{ " – " }<span class="mono">{ last }</span>
                if let Some(used) = props.used { { format!(" · {used} in use") } }
            </p>
            if !is_canonical {
                <Use cidr={network.clone()} why="the same range without host bits" onuse={props.onuse.clone()} />
            }
        </>
    }
}

#[derive(PartialEq, Properties)]
struct UseProps {
    cidr: AttrValue,
    why: AttrValue,
    onuse: Callback<String>,
}

#[component]
fn Use(props: &UseProps) -> Html {
    let onclick = {
        let (cidr, onuse) = (props.cidr.to_string(), props.onuse.clone());
        Callback::from(move |_: MouseEvent| onuse.emit(cidr.clone()))
    };
    html! {
        <p class="cidr-use">
            <button type="button" class="small" {onclick}>{ "Use " }<span class="mono">{ &props.cidr }</span></button>
            <span><Words text={props.why.clone()} /></span>
        </p>
    }
}
