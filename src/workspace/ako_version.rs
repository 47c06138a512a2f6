//! A project for another version of AKO than its settings name.

use std::rc::Rc;

use super::{Content, Workspace};

impl Workspace {
    /// The same project for a version of AKO, where its settings name none.
    #[must_use]
    pub fn for_ako(&self, version: &str) -> Self {
        if self.settings().spec.ako_version.is_some() {
            return self.clone();
        }
        let mut content = Content::clone(&self.content);
        Rc::make_mut(&mut content.settings).spec.ako_version = Some(version.to_owned());
        Self { content: Rc::new(content) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SourceFile;

    #[test]
    fn what_the_settings_name_goes_first() {
        let version = |text: &str| {
            let workspace = Workspace::new(&[SourceFile::new("akoplan.yaml", text)]).for_ako("1.12.1");
            workspace.settings().spec.ako_version.clone()
        };
        let settings = "apiVersion: akoplan/v1alpha1\nkind: AkoplanSettings\nspec: {akoVersion: 1.10.3}\n";
        assert_eq!(version(settings).as_deref(), Some("1.10.3"));
        assert_eq!(version("").as_deref(), Some("1.12.1"));
    }
}
