//! Icons as inline SVG, drawn on a 16 px grid with the text's colour.

use yew::prelude::*;

/// The icons there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say what they are")]
pub enum Icon {
    Logo,
    Overview,
    Segments,
    Gateway,
    Service,
    Ingress,
    Landing,
    Error,
    Warning,
    Info,
    Check,
    Code,
    Import,
    Export,
    Review,
    Migrate,
    Settings,
    Book,
    Undo,
    Redo,
    Theme,
    Copy,
    Plus,
    Trash,
    Up,
    Down,
    Close,
    More,
    Chevron,
    Share,
}

impl Icon {
    const fn path(self) -> &'static str {
        match self {
            Self::Logo => "M8 1v4M8 5 3 9v5M8 5l5 4v5M8 5v9M1.5 14h3M6.5 14h3M11.5 14h3",
            Self::Overview => "M2 2h5v5H2zM9 2h5v5H9zM2 9h5v5H2zM9 9h5v5H9z",
            Self::Segments => "M2 4h12M2 8h12M2 12h12M5 2.5v3M11 6.5v3M7 10.5v3",
            Self::Gateway => "M8 2v5M8 7 3 12M8 7v5M8 7l5 5M6 2h4M2 14h2M7 14h2M12 14h2",
            Self::Service => "M8 1.5 14 5v6l-6 3.5L2 11V5zM2 5l6 3.5L14 5M8 8.5V14",
            Self::Ingress => "M2 8h8M7 4.5 10.5 8 7 11.5M11 2h3v12h-3",
            Self::Landing => "M8 1.5v6M5 5l3 3 3-3M2.5 10v3.5h11V10",
            Self::Error => "M5.2 1.5h5.6l3.7 3.7v5.6l-3.7 3.7H5.2l-3.7-3.7V5.2zM5.5 5.5l5 5M10.5 5.5l-5 5",
            Self::Warning => "M8 2 15 14H1zM8 6.5v3.5M8 11.5v1",
            Self::Info => "M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13M8 7v4.5M8 4.3v1",
            Self::Check => "M2.5 8.5 6.5 12.5 13.5 4",
            Self::Code => "M5.5 4 1.5 8l4 4M10.5 4l4 4-4 4",
            Self::Import => "M8 2v8M4.5 6.5 8 10l3.5-3.5M2 13.5h12",
            Self::Export => "M8 10V2M4.5 5.5 8 2l3.5 3.5M2 13.5h12",
            Self::Review => "M2 3.5h12M2 8h5M2 12.5h4M8.5 11l2.5 2.5 4-5",
            Self::Migrate => "M2 5h11M10 2l3 3-3 3M14 11H3M6 8l-3 3 3 3",
            Self::Settings => "M2 4.5h7M12 4.5h2M2 11.5h2M7 11.5h7M10.5 3v3M5.5 10v3",
            Self::Book => "M3 2h9.5v12H3zM5.5 5h4.5M5.5 8h4.5M3 11.5h9.5",
            Self::Undo => "M6 3 2.5 6.5 6 10M3 6.5h6.5a4 4 0 0 1 0 7H6",
            Self::Redo => "M10 3l3.5 3.5L10 10M13 6.5H6.5a4 4 0 0 0 0 7H10",
            Self::Theme => "M8 1.5a6.5 6.5 0 1 0 0 13zM8 1.5a6.5 6.5 0 0 1 0 13",
            Self::Copy => "M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3",
            Self::Plus => "M8 2.5v11M2.5 8h11",
            Self::Trash => "M2.5 4h11M6 4V2h4v2M4 4l.7 10h6.6L12 4M6.5 6.5v5M9.5 6.5v5",
            Self::Up => "M8 13V3M4 7l4-4 4 4",
            Self::Down => "M8 3v10M4 9l4 4 4-4",
            Self::More => "M3 8h.01M8 8h.01M13 8h.01",
            Self::Chevron => "M4 6l4 4 4-4",
            Self::Share => "M8 9V2M5 4.5 8 2l3 2.5M5 7H3v7h10V7h-2",
            Self::Close => "M3.5 3.5l9 9M12.5 3.5l-9 9",
        }
    }

    /// As an image; decoration, so screen readers pass it over.
    pub fn svg(self) -> Html {
        html! {
            <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
                <path d={self.path()} fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" />
            </svg>
        }
    }
}
