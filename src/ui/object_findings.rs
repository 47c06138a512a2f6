//! Findings with their links and fixes wired to the store.

use akoplan::diff;
use akoplan::model::Kind;
use akoplan::view::findings::{self, FindingView};
use akoplan::view::migrate;
use akoplan::workspace::{Address, Workspace};
use yew::prelude::*;

use super::browser;
use super::computed::Project;
use super::forms::asking_fix::AskingFix;
use super::forms::bound::field_id;
use super::route::{Route, Section};
use super::store::{Store, use_store};
use super::widgets::finding_card::{FindingCard, FixCard};

/// Properties of [`StoredFinding`].
#[derive(PartialEq, Properties)]
pub struct StoredFindingProps {
    /// Its place in the analysis.
    pub index: usize,
    /// Whether it is the one in hand.
    #[prop_or_default]
    pub current: bool,
}

/// The finding at a place of the analysis.
#[component]
pub fn StoredFinding(props: &StoredFindingProps) -> Html {
    let store = use_store();
    let (workspace, analysis) = (store.workspace(), &store.analysis);
    let Some(finding) = findings::view(workspace, analysis, props.index) else { return html! {} };
    let Some(found) = analysis.findings.get(props.index) else { return html! {} };
    let (fixes, asks) = (&found.fixes, &found.asks);
    let migrate = migrate::item_of_finding(finding.code, &finding.object);
    let migrate = migrate.map(|item| AttrValue::from(Route::with(Section::Migrate, item).hash()));
    let form = finding.address.as_ref().and_then(|address| form_route(workspace, address));
    let onform = jump_to_field(&finding);
    html! {
        <FindingCard line={line_route(&finding).hash()} rule={Route::with(Section::Rules, finding.code).hash()}
            form={form.map(|route| AttrValue::from(route.hash()))} current={props.current} {migrate} {onform} {finding}>
            { for fixes.iter().enumerate().map(|(at, fix)| html! {
                // Another finding that comes to stand here has its own fixes, and they are closed.
                <StoredFix key={format!("{at} {}", fix.title)} title={fix.title.clone()} index={props.index} {at} />
            }) }
            { for asks.iter().map(|ask| html! { <AskingFix key={ask.title()} ask={ask.clone()} index={props.index} /> }) }
        </FindingCard>
    }
}

/// Properties of [`StoredFix`].
#[derive(PartialEq, Properties)]
struct StoredFixProps {
    /// What it does.
    title: AttrValue,
    /// The finding's place in the analysis.
    index: usize,
    /// The fix's place in the finding.
    at: usize,
}

/// A fix. What it would change is worked out when one asks to see it: in a large file that takes a moment.
#[component]
fn StoredFix(props: &StoredFixProps) -> Html {
    let store = use_store();
    let is_open = use_state(|| false);
    let fix = store.analysis.findings.get(props.index).and_then(|finding| finding.fixes.get(props.at)).cloned();
    // A fix of an earlier text could hit other lines: it waits until the project is checked.
    let fix = fix.filter(|_| !store.is_stale());
    let diff = use_memo((Project::of(&store), *is_open, props.index, props.at, fix.is_some()), |(it, is_open, ..)| {
        let fix = fix.as_ref().filter(|_| *is_open)?;
        Some(diff::of_command(&it.workspace, &fix.command).unwrap_or_default())
    });
    let onopen = {
        let is_open = is_open.setter();
        Callback::from(move |open: bool| is_open.set(open))
    };
    let onfix = {
        let dispatch = store.dispatch();
        Callback::from(move |()| {
            if let Some(fix) = &fix {
                dispatch.edit(fix.title.clone(), fix.command.clone());
            }
        })
    };
    html! { <FixCard title={props.title.clone()} diff={(*diff).clone()} {onopen} {onfix} /> }
}

/// All findings of an object; nothing where there are none.
pub fn object_findings(store: &Store, at: &Address) -> Html {
    let indexes = findings::of_object(store.workspace(), &store.analysis, at);
    if indexes.is_empty() {
        return html! {};
    }
    html! {
        <section class="findings" aria-label="Findings of this object">
            { for indexes.into_iter().map(|index| html! { <StoredFinding key={index} {index} /> }) }
        </section>
    }
}

/// The form of an object, by its kind.
pub fn form_route(workspace: &Workspace, address: &Address) -> Option<Route> {
    let section = match workspace.at(address)?.kind {
        Kind::AviInfraSetting => Section::Segments,
        Kind::Gateway | Kind::GatewayV1 => Section::Gateways,
        Kind::Service => Section::Services,
        Kind::Ingress | Kind::HttpRoute => Section::Ingresses,
        Kind::AkoValues | Kind::AkoConfigMap | Kind::AkoplanSettings => return Some(Route::to(Section::Settings)),
        Kind::GatewayClass | Kind::GatewayClassV1 | Kind::IngressClass | Kind::Namespace | Kind::Foreign => {
            return None;
        }
    };
    Some(Route::object(section, address))
}

fn line_route(finding: &FindingView) -> Route {
    Route::with(Section::Yaml, format!("{}:{}", finding.file, finding.line))
}

/// After the link has opened the form, the focus goes to the field.
fn jump_to_field(finding: &FindingView) -> Callback<()> {
    let field = finding.address.as_ref().map(|address| field_id(address, &finding.path));
    Callback::from(move |()| {
        if let Some(field) = &field {
            browser::focus_field_later(field);
        }
    })
}
