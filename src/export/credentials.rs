//! The credentials of the Avi Controller in AKO's values: no layout but the project's own files takes them along.

use std::collections::BTreeSet;

use super::{LeftOut, document_text, left};
use crate::edit::{self, Value, remove_in, render, value_of};
use crate::model::Kind;
use crate::syntax::{FieldPath, parse};
use crate::text::apply_edits;
use crate::workspace::{File, Object, Workspace};

/// Where they stand (AKO 2.2.1 `helm/ako/values.yaml`: `username`, `password`, `authtoken`,
/// `certificateAuthorityData`); the chart makes the Secret `avi-secret` of them.
pub(super) const CREDENTIALS: &str = "avicredentials";
/// The one of them that is none.
const USER_NAME: &str = "username";
const REASON: &str = "`avicredentials` of AKO's values are no matter for a repository; `helm upgrade --reuse-values` \
                      keeps the release's";

/// The text of AKO's `values.yaml` without credentials: only their lines go, and all is written anew where that cannot
/// be. `None` if the values nest too deep to be written.
pub(super) fn values_without(file: &File, object: &Object) -> Option<String> {
    let text = document_text(file, object)?;
    let path = FieldPath::parse(CREDENTIALS);
    let has_some = |text: &str| {
        let tree = parse(text);
        tree.root.is_some_and(|root| tree.find(root, &path).is_some())
    };
    if !has_some(&text) {
        return Some(text);
    }
    let tree = parse(&text);
    let edited = tree.root.and_then(|root| edit::remove(&text, &tree, root, &path).ok());
    let without = edited.map(|edits| apply_edits(&text, &edits));
    // What an alias takes from there stands elsewhere, too.
    if let Some(without) = without.filter(|without| !has_some(without)) {
        return Some(without);
    }
    let mut value = value_of(object.tree(), object.node())?;
    let _ = remove_in(&mut value, &path);
    Some(render(&value))
}

/// That the credentials of the values that go along are left out, where there are some.
pub(super) fn left_out(workspace: &Workspace) -> Option<LeftOut> {
    let (object, _) = workspace.values_file()?;
    let file = workspace.file(&object.address.file)?;
    object.has(CREDENTIALS).then(|| left(file, object.span(CREDENTIALS).start, REASON))
}

/// What of a project is a secret and goes into a link that carries it, in a sentence without the full stop: the
/// credentials of Avi in AKO's values, and the data of Secrets. `None` where there is none.
#[must_use]
pub fn secrets(workspace: &Workspace) -> Option<String> {
    let mut places = BTreeSet::new();
    let mut secrets = 0;
    for object in workspace.objects() {
        match object.kind {
            Kind::AkoValues if has_secret(object) => {
                places.insert(format!("`{CREDENTIALS}` in `{}`", object.address.file));
            }
            Kind::Foreign if object.identity.kind == "Secret" && object.identity.group.is_empty() => {
                secrets += usize::from(object.has("data") || object.has("stringData"));
            }
            _ => {}
        }
    }
    let mut words: Vec<String> = places.into_iter().collect();
    match secrets {
        0 => {}
        1 => words.push("1 Secret".to_owned()),
        count => words.push(format!("{count} Secrets")),
    }
    (!words.is_empty()).then(|| format!("whoever has the link reads the secrets of the project: {}", words.join(", ")))
}

fn has_secret(object: &Object) -> bool {
    let Some((tree, node)) = object.find(&FieldPath::parse(CREDENTIALS)) else { return false };
    match value_of(tree, node) {
        Some(Value::Object(credentials)) => {
            credentials.iter().any(|(key, value)| key != USER_NAME && !value.is_null() && value.as_str() != Some(""))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::analyse;
    use crate::export::layout::{Choice, Layout, make};
    use crate::text::SourceFile;

    fn workspace(values: &str) -> Workspace {
        let service = "apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: red}\n";
        Workspace::new(&[SourceFile::new("values.yaml", values), SourceFile::new("web.yaml", service)])
    }

    const VALUES: &str = "# ours\nAKOSettings:\n  clusterName: a # the first\n\n# of Avi\navicredentials:\n  username: \
                          admin\n  password: hush-4711 # quarterly\n  certificateAuthorityData: |\n    hush-4711\n\n# \
                          logs\nlogFile: avi.log\n";

    #[test]
    fn the_password_is_in_no_layout_but_the_project_s_own_files() {
        let written = [
            VALUES.to_owned(),
            VALUES.replace('\n', "\r\n"),
            "{\"AKOSettings\": {\"clusterName\": \"a\"}, \"avicredentials\": {\"password\": \"hush-4711\"}, \"logFile\": \
             \"avi.log\"}\n"
                .to_owned(),
            "AKOSettings: {clusterName: a}\navicredentials: &a {password: hush-4711}\nakoGatewayLogFile: x\nlogFile: \
             avi.log\n"
                .to_owned(),
            "AKOSettings: {clusterName: a}\n<<: {avicredentials: {password: hush-4711}}\nlogFile: avi.log\n".to_owned(),
        ];
        for values in &written {
            let workspace = workspace(values);
            let analysis = analyse(&workspace);
            for layout in Layout::ALL {
                let made = make(&workspace, &analysis, Choice::of(layout), "");
                let has = made.files.iter().any(|file| file.text.contains("hush-4711"));
                assert_eq!(has, layout == Layout::Files, "{layout:?}: {values}");
                let takes_values = matches!(layout, Layout::Manifests | Layout::Kit | Layout::ArgoCd);
                let own = made.files.iter().find(|file| file.name == "values.yaml");
                assert_eq!(own.is_some(), takes_values || layout == Layout::Files);
                assert!(own.is_none_or(|own| own.text.contains("clusterName") && own.text.contains("avi.log")));
                let is_told = made.left_out.iter().any(|left| left.reason.contains(CREDENTIALS));
                assert!(is_told || !takes_values, "{layout:?}");
                if takes_values {
                    assert!(
                        made.files
                            .iter()
                            .any(|file| file.name.rsplit('.').next() == Some("md") && file.text.contains(REASON))
                    );
                }
            }
        }
    }

    #[test]
    fn only_the_lines_of_the_credentials_go() {
        let workspace = workspace(VALUES);
        let (object, _) = workspace.values_file().unwrap();
        let text = values_without(workspace.file("values.yaml").unwrap(), object).unwrap();
        let kept = "# ours\nAKOSettings:\n  clusterName: a # the first\n\n# of Avi\n";
        assert!(text.starts_with(&kept[..kept.len() - 9]) && text.ends_with("# logs\nlogFile: avi.log\n"), "{text}");
        let without = "# ours\nAKOSettings: {clusterName: a} # x\n";
        let workspace = self::workspace(without);
        let (object, _) = workspace.values_file().unwrap();
        assert_eq!(values_without(workspace.file("values.yaml").unwrap(), object).as_deref(), Some(without));
        assert_eq!(left_out(&workspace), None);
    }

    #[test]
    fn a_link_says_which_secrets_it_carries() {
        assert!(secrets(&workspace(VALUES)).unwrap().ends_with(": `avicredentials` in `values.yaml`"));
        for none in
            ["AKOSettings: {clusterName: a}\n", "AKOSettings: {}\navicredentials: {username: admin, password: \"\"}\n"]
        {
            assert_eq!(secrets(&workspace(none)), None);
        }
        let secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: tls}\ndata: {tls.key: aGk=}\n";
        let with_secret = Workspace::new(&[SourceFile::new("a.yaml", secret)]);
        assert!(secrets(&with_secret).unwrap().ends_with(": 1 Secret"));
        for (layout, values) in [(Layout::Manifests, VALUES), (Layout::Single, VALUES), (Layout::Kit, VALUES)] {
            let workspace = workspace(values);
            let choice = Choice { with_link: true, ..Choice::of(layout) };
            let made = make(&workspace, &analyse(&workspace), choice, "#");
            assert_eq!(made.in_link, secrets(&workspace).filter(|_| layout.takes_link()));
            assert_eq!(made.no_link.is_some(), !layout.takes_link());
            assert_eq!(make(&workspace, &analyse(&workspace), Choice::of(layout), "#").in_link, None);
        }
    }
}
