//! The frame around every place: top bar, navigation, the place itself, the YAML in hand, messages.

mod navigation;
mod notice_bar;
mod project_bar;
mod project_menu;
mod share;
mod shortcuts;
mod top_bar;
mod work_bar;
mod yaml_pane;

use yew::prelude::*;

use super::pages;
use super::route::{Section, use_route};
use super::store::use_store;
use navigation::Navigation;
use notice_bar::NoticeBar;
use project_bar::project_bar;
use shortcuts::use_shortcuts;
use top_bar::top_bar;
use work_bar::WorkBar;
use yaml_pane::YamlPane;

/// The page as a whole.
#[component]
pub fn Shell() -> Html {
    let store = use_store();
    let route = use_route();
    use_shortcuts();
    use_effect_with(route.section, |section| {
        gloo::utils::document().set_title(&format!("{} · akoplan", section.name()));
    });
    let empty = store.workspace().files().is_empty();
    let place = match route.section {
        Section::Overview if empty => pages::start::start(&store),
        Section::Overview => html! { <pages::overview::OverviewPlace /> },
        Section::Segments => html! { <pages::segments::Segments /> },
        Section::Gateways => html! { <pages::gateways::Gateways /> },
        Section::Services => html! { <pages::services::Services /> },
        Section::Ingresses => html! { <pages::ingresses::Ingresses /> },
        Section::Landings => html! { <pages::landings::Landings /> },
        Section::Findings => html! { <pages::findings::Findings /> },
        Section::Yaml => html! { <pages::yaml::Yaml /> },
        Section::Import => pages::import::import(),
        Section::Review => html! { <pages::review::Review /> },
        Section::Migrate => html! { <pages::migrate::Migrate /> },
        Section::Export => html! { <pages::export::Export /> },
        Section::Settings => pages::settings::settings(&store),
        Section::Rules => html! { <pages::rules::Rules /> },
        Section::Projects => pages::projects::projects_place(&store),
        Section::Share => html! { <pages::shared::SharedPlace /> },
    };
    html! {
        <div class="shell">
            <a class="skip-link" href="#main" onclick={skip_to_main()}>{ "Skip to the content" }</a>
            { top_bar(&store) }
            { project_bar(&store) }
            <Navigation current={route.section} />
            <main id="main" class="place" tabindex="-1" key={route.section.name()}>{ place }</main>
            <YamlPane />
            if let Some(work) = &store.work { <WorkBar work={work.clone()} /> }
            <NoticeBar />
        </div>
    }
}

/// The address bar is the route's, so the skip link moves the focus by itself.
fn skip_to_main() -> Callback<MouseEvent> {
    Callback::from(|event: MouseEvent| {
        event.prevent_default();
        super::browser::focus_later("#main");
    })
}
