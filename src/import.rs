//! Import, plain: pasted texts and files become source files with names; nothing is changed in them.

use crate::model::Kind;
use crate::project;
use crate::text::SourceFile;
use crate::workspace::Workspace;

/// The files that a pasted text becomes: itself under a fitting name, or the files of a project that
/// akoplan saved.
#[must_use]
pub fn pasted(workspace: &Workspace, text: &str) -> Vec<SourceFile> {
    files(workspace, vec![SourceFile::new("", text)])
}

/// The files to add for files that people chose: names stay unless they are taken by another text,
/// and a project that akoplan saved is unpacked.
#[must_use]
pub fn files(workspace: &Workspace, chosen: Vec<SourceFile>) -> Vec<SourceFile> {
    let mut added: Vec<SourceFile> = Vec::new();
    for file in chosen {
        let unpacked = project::decode(&file.text).unwrap_or_else(|_| vec![file]);
        for mut file in unpacked {
            if file.name.trim().is_empty() {
                file.name = fitting_name(&file.text);
            }
            let taken = |name: &str| {
                let text = workspace.file(name).map(|old| &old.source.text);
                let text = text.or_else(|| added.iter().find(|new| new.name == name).map(|new| &new.text));
                text.is_some_and(|text| *text != file.text)
            };
            if taken(&file.name) {
                let (stem, ending) = file.name.rsplit_once('.').unwrap_or((&file.name, "yaml"));
                let free = (2..=usize::MAX).map(|number| format!("{stem}-{number}.{ending}")).find(|name| !taken(name));
                file.name = free.unwrap_or_default();
            }
            added.push(file);
        }
    }
    added
}

/// Where an engineer would look for such a text.
fn fitting_name(text: &str) -> String {
    let read = Workspace::new(&[SourceFile::new("pasted.yaml", text)]);
    match read.objects() {
        [object] => match object.kind {
            Kind::AkoValues => "values.yaml".to_owned(),
            Kind::AkoplanSettings => "akoplan.yaml".to_owned(),
            _ if object.name().is_empty() => "pasted.yaml".to_owned(),
            _ if object.namespace().is_empty() => format!("platform/{}.yaml", object.name()),
            _ => format!("apps/{}/{}.yaml", object.namespace(), object.name()),
        },
        _ => "pasted.yaml".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pasted_objects_get_a_fitting_name() {
        let name = |text: &str| pasted(&Workspace::default(), text)[0].name.clone();
        assert_eq!(name("apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: red}\n"), "apps/red/web.yaml");
        assert_eq!(name("AKOSettings: {}\n"), "values.yaml");
        assert_eq!(name("what is this"), "pasted.yaml");
    }

    #[test]
    fn another_text_under_a_taken_name_is_put_beside_it() {
        let old = Workspace::new(&[SourceFile::new("a.yaml", "a: 1\n"), SourceFile::new("a-2.yaml", "a: 2\n")]);
        let added = files(&old, vec![SourceFile::new("a.yaml", "a: 3\n"), SourceFile::new("a-2.yaml", "a: 2\n")]);
        let names: Vec<&str> = added.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["a-3.yaml", "a-2.yaml"]);
    }

    #[test]
    fn a_saved_project_is_unpacked() {
        let saved = project::encode(&[SourceFile::new("x.yaml", "x: 1\n")]);
        assert_eq!(pasted(&Workspace::default(), &saved), [SourceFile::new("x.yaml", "x: 1\n")]);
    }
}
