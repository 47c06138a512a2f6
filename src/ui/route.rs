//! The place in the address bar: `#/segments/platform/oam.yaml,0` is a place and an object.

use akoplan::workspace::Address;
use gloo::events::EventListener;
use yew::prelude::*;

use super::browser;

/// The places of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Section {
    /// What there is at a glance.
    #[default]
    Overview,
    /// AviInfraSettings with their classes.
    Segments,
    /// Gateways with listeners.
    Gateways,
    /// Services.
    Services,
    /// Ingresses.
    Ingresses,
    /// Where everything lands.
    Landings,
    /// What is wrong.
    Findings,
    /// The files as text.
    Yaml,
    /// Paste and files.
    Import,
    /// What changes if the project is applied.
    Review,
    /// Moves to another form.
    Migrate,
    /// Bundles.
    Export,
    /// Versions, the Avi side, names.
    Settings,
    /// What each code means.
    Rules,
    /// All projects of this browser; reached from their menu.
    Projects,
    /// What a link brought; reached by the link.
    Share,
}

impl Section {
    /// All places in the order of the navigation.
    pub const ALL: [Self; 14] = [
        Self::Overview,
        Self::Segments,
        Self::Gateways,
        Self::Services,
        Self::Ingresses,
        Self::Landings,
        Self::Findings,
        Self::Yaml,
        Self::Import,
        Self::Review,
        Self::Migrate,
        Self::Export,
        Self::Settings,
        Self::Rules,
    ];

    /// The name shown and used in the address.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Overview => "Overview",
            Self::Segments => "Segments",
            Self::Gateways => "Gateways",
            Self::Services => "Services",
            Self::Ingresses => "Ingresses",
            Self::Landings => "Landings",
            Self::Findings => "Findings",
            Self::Yaml => "YAML",
            Self::Import => "Import",
            Self::Review => "Review",
            Self::Migrate => "Migrate",
            Self::Export => "Export",
            Self::Settings => "Settings",
            Self::Rules => "Rules",
            Self::Projects => "Projects",
            Self::Share => "Share",
        }
    }
}

/// A place, and what is in hand there: an object's address, a rule's code, a file's name, or `new`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Route {
    /// The place.
    pub section: Section,
    /// What is in hand, as text.
    pub item: Option<String>,
}

impl Route {
    /// A place with nothing in hand.
    pub const fn to(section: Section) -> Self {
        Self { section, item: None }
    }

    /// A place with something in hand.
    pub fn with(section: Section, item: impl Into<String>) -> Self {
        Self { section, item: Some(item.into()) }
    }

    /// A place with an object in hand.
    pub fn object(section: Section, address: &Address) -> Self {
        Self::with(section, address_text(address))
    }

    /// The object in hand.
    pub fn address(&self) -> Option<Address> {
        let (file, numbers) = self.item.as_ref()?.rsplit_once(',')?;
        let (document, item) =
            numbers.split_once('.').map_or((numbers, None), |(document, item)| (document, Some(item)));
        let item = match item {
            Some(item) => Some(item.parse().ok()?),
            None => None,
        };
        Some(Address { file: file.into(), document: document.parse().ok()?, item })
    }

    /// As the fragment of an address.
    pub fn hash(&self) -> String {
        let section = self.section.name().to_lowercase();
        match &self.item {
            Some(item) => format!("#/{section}/{}", browser::encode_component(item)),
            None => format!("#/{section}"),
        }
    }

    fn parse(hash: &str) -> Self {
        let path = hash.trim_start_matches(['#', '/']);
        let (section, item) = path.split_once('/').map_or((path, None), |(section, item)| (section, Some(item)));
        let mut sections = Section::ALL.into_iter().chain([Section::Projects, Section::Share]);
        let section = sections.find(|place| place.name().eq_ignore_ascii_case(section));
        Self {
            section: section.unwrap_or_default(),
            item: item.filter(|item| !item.is_empty()).map(browser::decode_component),
        }
    }

    /// Goes there.
    pub fn go(&self) {
        browser::set_hash(&self.hash());
    }
}

/// An address in the form of [`Route::address`].
pub fn address_text(address: &Address) -> String {
    match address.item {
        Some(item) => format!("{},{}.{item}", address.file, address.document),
        None => format!("{},{}", address.file, address.document),
    }
}

/// Properties of [`RouteProvider`].
#[derive(PartialEq, Properties)]
pub struct RouteProviderProps {
    /// What sees the route.
    pub children: Html,
}

/// Follows the address bar.
#[component]
pub fn RouteProvider(props: &RouteProviderProps) -> Html {
    let route = use_state(|| Route::parse(&browser::hash()));
    {
        let route = route.setter();
        use_effect_with((), move |()| {
            let listener = EventListener::new(&browser::window(), "hashchange", move |_| {
                route.set(Route::parse(&browser::hash()));
            });
            move || drop(listener)
        });
    }
    html! { <ContextProvider<Route> context={(*route).clone()}>{ props.children.clone() }</ContextProvider<Route>> }
}

/// The place in the address bar.
#[hook]
pub fn use_route() -> Route {
    use_context::<Route>().expect("RouteProvider is above")
}
