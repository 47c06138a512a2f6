//! The page: mounts [`ui::App`], and shows the last texts if it should ever panic.

#![forbid(unsafe_code)]

mod ui;

fn main() {
    ui::browser::install_panic_page();
    if let Some(root) = ui::browser::element("app") {
        root.set_inner_html("");
        yew::Renderer::<ui::App>::with_root(root).render();
    }
}
