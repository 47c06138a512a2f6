//! Findings with their links and fixes wired to the store.

use akoplan::diff;
use akoplan::model::Kind;
use akoplan::view::findings::{self, FindingView};
use akoplan::view::migrate;
use akoplan::workspace::{Address, Workspace};
use yew::prelude::*;

use super::browser;
use super::forms::asking_fix::AskingFix;
use super::forms::bound::field_id;
use super::route::{Route, Section};
use super::store::{Store, use_dispatch, use_store};
use super::widgets::finding_card::FindingCard;

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
    let dispatch = use_dispatch();
    let (workspace, analysis) = (store.workspace(), &store.analysis);
    let Some(finding) = findings::view(workspace, analysis, props.index) else { return html! {} };
    let Some(found) = analysis.findings.get(props.index) else { return html! {} };
    let (fixes, asks) = (found.fixes.clone(), &found.asks);
    let diffs: Vec<_> = fixes.iter().map(|fix| diff::of_command(workspace, &fix.command).unwrap_or_default()).collect();
    let onfix = Callback::from(move |at: usize| {
        if let Some(fix) = fixes.get(at) {
            dispatch.edit(fix.title.clone(), fix.command.clone());
        }
    });
    let migrate = migrate::item_of_finding(finding.code, &finding.object);
    let migrate = migrate.map(|item| AttrValue::from(Route::with(Section::Migrate, item).hash()));
    let form = finding.address.as_ref().and_then(|address| form_route(workspace, address));
    let onform = jump_to_field(&finding);
    html! {
        <FindingCard line={line_route(&finding).hash()} rule={Route::with(Section::Rules, finding.code).hash()}
            form={form.map(|route| AttrValue::from(route.hash()))} current={props.current} {migrate} {diffs} {onfix} {onform} {finding}>
            { for asks.iter().map(|ask| html! { <AskingFix key={ask.title()} ask={ask.clone()} index={props.index} /> }) }
        </FindingCard>
    }
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
