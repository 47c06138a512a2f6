//! The config of `akoplan check`, a YAML file: levels, what is ignored and why, the baseline.

use std::collections::BTreeMap;

use super::FailOn;
use super::glob::Glob;
use crate::diagnostic::Severity;
use crate::rules;
use crate::syntax::{NodeId, SyntaxIssueKind, Tree};
use crate::text::SourceFile;
use crate::version::Version;
use crate::workspace::{Document, File, Workspace};

/// The names of a config that is found without being named. `akoplan.yaml` may be the project's settings instead.
pub const CONFIG_NAMES: [&str; 2] = [".akoplan.yaml", "akoplan.yaml"];

const KEYS: [&str; 5] = ["akoVersion", "failOn", "levels", "ignore", "baseline"];
const IGNORE_KEYS: [&str; 3] = ["code", "path", "reason"];

/// What a config says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// Its file.
    pub name: String,
    /// `akoVersion`: counts where the project's settings name none.
    pub ako_version: Option<String>,
    /// `failOn`.
    pub fail_on: Option<FailOn>,
    /// `levels`: other severities for codes; `None` turns the rule off.
    pub levels: BTreeMap<&'static str, Option<Severity>>,
    /// `ignore`.
    pub ignores: Vec<Ignore>,
    /// `baseline`: a path from the config's folder.
    pub baseline: Option<String>,
}

/// An item of `ignore`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ignore {
    /// `code`: of these findings.
    pub code: &'static str,
    /// `path`: those in files that it covers; in all where there is none.
    pub path: Option<Glob>,
    /// `reason`.
    pub reason: String,
    /// Its line in the config, from 1.
    pub line: usize,
}

impl Ignore {
    /// Whether it is about a finding of this code in this file, or in what was rendered from this template.
    #[must_use]
    pub fn is_about(&self, code: &str, file: &str, template: Option<&str>) -> bool {
        let covers = |glob: &Glob| glob.covers(file) || template.is_some_and(|template| glob.covers(template));
        self.code == code && self.path.as_ref().is_none_or(covers)
    }
}

/// Whether the text of an `akoplan.yaml` is a config: the project's settings have a `kind`, a config has none.
#[must_use]
pub fn is_config(text: &str) -> bool {
    !text.lines().any(|line| line.starts_with("kind:") || line.starts_with("{\"kind\""))
}

impl Config {
    /// Reads a config.
    ///
    /// # Errors
    /// All mistakes, each as `file:line:column: what is wrong`.
    pub fn read(name: &str, text: &str) -> Result<Self, Vec<String>> {
        let workspace = Workspace::new(&[SourceFile::new(name, text)]);
        let mut config = Self { name: name.to_owned(), ..Self::default() };
        let mut wrong = Vec::new();
        for file in workspace.files() {
            let documents = file.documents.iter().filter(|document| {
                let tree = &document.parsed.tree;
                tree.root.is_some_and(|root| !tree.is_null(root)) || !tree.issues.is_empty()
            });
            for (at, document) in documents.enumerate() {
                let mut reader = Reader { file, document, tree: &document.parsed.tree, wrong: &mut wrong };
                if at == 0 {
                    reader.config(&mut config);
                } else {
                    reader.say(document.span.start, "a config is one document");
                }
            }
        }
        if wrong.is_empty() { Ok(config) } else { Err(wrong) }
    }
}

struct Reader<'a> {
    file: &'a File,
    document: &'a Document,
    tree: &'a Tree,
    wrong: &'a mut Vec<String>,
}

impl Reader<'_> {
    fn say(&mut self, offset: usize, what: &str) {
        let at = self.file.position(offset);
        self.wrong.push(format!("{}:{}:{}: {what}", self.file.source.name, at.line, at.column));
    }

    fn say_at(&mut self, node: NodeId, what: &str) {
        self.say(self.offset(node), what);
    }

    fn offset(&self, node: NodeId) -> usize {
        self.document.span.start + self.tree.node(node).span.start
    }

    fn config(&mut self, config: &mut Config) {
        for issue in &self.tree.issues {
            let what = match &issue.kind {
                SyntaxIssueKind::DuplicateKey { key, .. } => format!("`{key}` stands here a second time"),
                SyntaxIssueKind::Invalid { message } => format!("this is no YAML: {message}"),
                other => format!("this cannot be read: {other:?}"),
            };
            self.say(self.document.span.start + issue.span.start, &what);
        }
        let Some(root) = self.tree.root.filter(|_| self.tree.issues.is_empty()) else { return };
        for (key, value) in self.members(root, &KEYS) {
            match key {
                "akoVersion" => config.ako_version = self.ako_version(value),
                "failOn" => config.fail_on = self.fail_on(value),
                "levels" => config.levels = self.levels(value),
                "baseline" => config.baseline = self.text(value),
                _ => config.ignores = self.ignores(value),
            }
        }
    }

    /// The members of a mapping by their known names; others are told.
    fn members(&mut self, node: NodeId, known: &[&'static str]) -> Vec<(&'static str, NodeId)> {
        if self.tree.entries(node).is_empty() {
            self.say_at(node, &format!("here should be {}", listed(known)));
        }
        let mut members = Vec::new();
        for entry in self.tree.entries(node) {
            let key = self.tree.scalar(entry.key).unwrap_or_default();
            match known.iter().find(|known| **known == key) {
                Some(known) => members.push((*known, entry.value)),
                None => self.say_at(entry.key, &format!("unknown key `{key}`; there are {}", listed(known))),
            }
        }
        members
    }

    /// A text that is not empty.
    fn text(&mut self, node: NodeId) -> Option<String> {
        let text = self.tree.scalar(node).map(str::trim).filter(|text| !text.is_empty() && !self.tree.is_null(node));
        if text.is_none() {
            self.say_at(node, "here should be a text");
        }
        text.map(str::to_owned)
    }

    fn ako_version(&mut self, node: NodeId) -> Option<String> {
        let text = self.text(node)?;
        if Version::parse(&text).is_none() {
            self.say_at(node, &format!("`{text}` is no version of AKO, as 2.2.1 is"));
        }
        Some(text)
    }

    fn fail_on(&mut self, node: NodeId) -> Option<FailOn> {
        let text = self.text(node)?;
        let found = FailOn::ALL.into_iter().find(|fail_on| fail_on.name() == text);
        if found.is_none() {
            self.say_at(node, &format!("`{text}` is none of {}", listed(&FailOn::ALL.map(FailOn::name))));
        }
        found
    }

    /// The code of a rule that is named by code or name.
    fn code(&mut self, node: NodeId) -> Option<&'static str> {
        let text = self.text(node)?;
        let rule = rules::find(&text);
        if rule.is_none() {
            self.say_at(node, &format!("there is no rule `{text}`; `akoplan rules` lists all"));
        }
        rule.map(|rule| rule.code)
    }

    fn levels(&mut self, node: NodeId) -> BTreeMap<&'static str, Option<Severity>> {
        let mut levels = BTreeMap::new();
        if self.tree.entries(node).is_empty() {
            self.say_at(node, "here should be codes with their level, as `AKP901: off`");
        }
        for entry in self.tree.entries(node) {
            let level = match self.tree.scalar(entry.value) {
                Some("off") => None,
                Some("info") => Some(Severity::Info),
                Some("warning") => Some(Severity::Warning),
                Some("error") => Some(Severity::Error),
                _ => {
                    self.say_at(entry.value, "a level is off, info, warning or error");
                    continue;
                }
            };
            if let Some(code) = self.code(entry.key) {
                levels.insert(code, level);
            }
        }
        levels
    }

    fn ignores(&mut self, node: NodeId) -> Vec<Ignore> {
        let items = self.tree.items(node);
        if items.is_empty() {
            self.say_at(node, "here should be a list, each item with `code`, `reason` and, if wished, `path`");
        }
        items.iter().filter_map(|item| self.ignore(*item)).collect()
    }

    fn ignore(&mut self, item: NodeId) -> Option<Ignore> {
        let (mut code, mut path, mut reason) = (None, None, None);
        let mut named = Vec::new();
        for (key, value) in self.members(item, &IGNORE_KEYS) {
            named.push(key);
            match key {
                "code" => code = self.code(value),
                "path" => path = self.text(value).map(|text| Glob::new(&text)),
                _ => reason = self.text(value),
            }
        }
        for needed in ["code", "reason"] {
            if !named.contains(&needed) {
                self.say_at(item, &format!("this ignore has no `{needed}`"));
            }
        }
        let line = self.file.position(self.offset(item)).line;
        Some(Ignore { code: code?, path, reason: reason?, line })
    }
}

/// `a, b, c`.
fn listed(words: &[&str]) -> String {
    words.join(", ")
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;

    #[test]
    fn everything_is_read() {
        let text = "# ours\nakoVersion: 1.12\nfailOn: warning\nlevels:\n  AKP901: off\n  namespace-missing: info\n  \
                    AKP301: error\nignore:\n- code: AKP501\n  path: apps/**\n  reason: moved in March\n- {code: AKP502, \
                    reason: 'two, in fact'}\nbaseline: .akoplan-baseline.json\n";
        let config = Config::read(".akoplan.yaml", text).unwrap();
        assert_eq!(config.ako_version.as_deref(), Some("1.12"));
        assert_eq!(config.fail_on, Some(FailOn::Warning));
        let levels = BTreeMap::from([("AKP301", Some(Severity::Error)), ("AKP901", Some(Severity::Info))]);
        assert_eq!(config.levels, levels);
        let ignores: Vec<_> = config.ignores.iter().map(|own| (own.code, own.reason.as_str(), own.line)).collect();
        assert_eq!(ignores, [("AKP501", "moved in March", 9), ("AKP502", "two, in fact", 12)]);
        assert_eq!(config.baseline.as_deref(), Some(".akoplan-baseline.json"));
        assert!(config.ignores[0].is_about("AKP501", "apps/red/a.yaml", None));
        assert!(config.ignores[0].is_about("AKP501", "<stdin>", Some("apps/templates/a.yaml")));
        assert!(!config.ignores[0].is_about("AKP501", "platform/a.yaml", None));
        assert!(!config.ignores[1].is_about("AKP501", "a.yaml", None));
    }

    #[test]
    fn nothing_is_a_config_that_says_nothing() {
        for text in ["", "# words\n", "---\n"] {
            let config = Config { name: "a.yaml".to_owned(), ..Config::default() };
            assert_eq!(Config::read("a.yaml", text), Ok(config));
        }
    }

    #[test]
    fn mistakes_are_told_with_their_places() {
        let told = |text: &str| Config::read("a.yaml", text).unwrap_err().join("\n");
        expect![[r#"
            a.yaml:1:1: unknown key `failon`; there are akoVersion, failOn, levels, ignore, baseline
            a.yaml:2:13: `new` is no version of AKO, as 2.2.1 is
            a.yaml:4:11: a level is off, info, warning or error
            a.yaml:5:3: there is no rule `AKP000`; `akoplan rules` lists all
            a.yaml:7:3: this ignore has no `reason`
            a.yaml:8:10: unknown key `file`; there are code, path, reason
            a.yaml:8:8: this ignore has no `code`
            a.yaml:9:9: here should be a text"#]]
        .assert_eq(&told(
            "failon: error\nakoVersion: new\nlevels:\n  AKP901: no\n  AKP000: off\nignore:\n- code: AKP501\n- \u{20}\u{20}\u{20}\u{20}\u{20}{ file: a, reason: b}\nbaseline: \n",
        ));
        expect![[r#"
            a.yaml:2:9: here should be a list, each item with `code`, `reason` and, if wished, `path`
            a.yaml:3:9: `all` is none of error, warning, info, never"#]]
        .assert_eq(&told("# c\nignore: AKP501\nfailOn: all\n"));
        expect!["a.yaml:1:1: here should be akoVersion, failOn, levels, ignore, baseline"].assert_eq(&told("words\n"));
        expect!["a.yaml:2:1: `baseline` stands here a second time"].assert_eq(&told("baseline: a\nbaseline: b\n"));
        expect!["a.yaml:2:1: a config is one document"].assert_eq(&told("baseline: a\n---\nbaseline: b\n"));
        assert!(told("a: [\n").starts_with("a.yaml:1:4: this is no YAML: "), "{}", told("a: [\n"));
    }

    #[test]
    fn settings_are_no_config() {
        assert!(!is_config("apiVersion: akoplan/v1alpha1\nkind: AkoplanSettings\n"));
        assert!(is_config("failOn: error\n"));
    }
}
