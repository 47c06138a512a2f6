//! Repairs, one sort of damage after the other.

use super::*;

fn repaired(text: &str) -> String {
    repair(text).apply(text)
}

#[test]
fn lost_indentation_is_put_back() {
    let text = "apiVersion: v1\nkind: Service\nmetadata:\nname: web\nlabels:\napp: x\nspec:\nports:\n- port: 80\ntargetPort: 8080\ntype: ClusterIP\n";
    assert_eq!(
        repaired(text),
        "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n  labels:\n    app: x\nspec:\n  ports:\n  - port: 80\n    targetPort: 8080\n  type: ClusterIP\n"
    );
}

#[test]
fn any_of_the_repairs_can_be_left() {
    let text = "words\napiVersion: v1\nkind: Namespace\nmetadata:\n\tname: “red”\nmore words here\n";
    let found = repair(text);
    let kinds: Vec<RepairKind> = found.repairs.iter().map(|repair| repair.kind).collect();
    assert_eq!(kinds, [RepairKind::Prose, RepairKind::Tab, RepairKind::TypographicQuote, RepairKind::Prose]);
    assert_eq!(found.apply(text), "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: \"red\"\n");
    assert_eq!(found.apply_some(text, |_| false), text);
    assert_eq!(found.apply_some(text, |at| at == 2), text.replace(['“', '”'], "\""));
}

#[test]
fn numbers_marks_fences_and_prompts_are_no_manifest() {
    let good = "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: red\n";
    let numbered: Vec<String> = good.lines().enumerate().map(|(at, line)| format!("{:>3} {line}\n", at + 9)).collect();
    assert_eq!(repaired(&numbered.concat()), good);
    let quoted: Vec<String> = good.lines().map(|line| format!("> {line}\n")).collect();
    assert_eq!(repaired(&quoted.concat()), good);
    assert_eq!(repaired(&format!("$ kubectl get ns red -o yaml\n{good}$ \n")), good);
    assert_eq!(repaired(&format!("# Title\nwords\n```yaml\n{good}```\nand so on\n")), good);
}

#[test]
fn blanks_that_are_none_are_blanks_again() {
    let text = "apiVersion:\u{a0}v1\nkind: Namespace\nmetadata:\n\u{a0}\u{a0}name: red\n";
    assert_eq!(repaired(text), "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: red\n");
}

#[test]
fn a_copy_that_began_in_the_middle_of_a_line() {
    let text = "apiVersion: apps/v1\n    kind: Deployment\n    metadata:\n      name: x\n";
    assert_eq!(repaired(text), "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: x\n");
}

#[test]
fn what_is_not_known_is_left_with_a_word() {
    let text = "words around\napiVersion: apps/v1\nkind: Deployment\nmetadata:\nname: x\nspec:\nreplicas: 1\n";
    let found = repair(text);
    assert!(found.apply(text).ends_with("metadata:\nname: x\nspec:\nreplicas: 1\n"));
    assert!(found.notes.iter().any(|note| note.message.contains("not known")), "{found:#?}");
}

#[test]
fn what_is_well_stays() {
    for text in [
        "",
        "what is this",
        "a: {{ .Values.a }}\nb\n",
        "{\"apiVersion\": \"v1\", \"kind\": \"Service\"}",
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  text: |\n    1. one\n    2. “two”\n    \u{a0}x\n",
        "1: a\n2: b\n3: c\n",
        "# words\n---\n# apiVersion: v1\n",
    ] {
        assert!(repair(text).is_empty(), "{text}");
    }
}

#[test]
fn hostile_texts_neither_panic_nor_hang() {
    for line in [
        "apiVersion: v1\nkind: Service\n",
        "labels:\n",
        "- a:\n",
        "x: |\n",
        "a: [\n",
        "1 \n",
        "> \n",
        "\t\u{a0}- \n",
        "kind: A\n",
    ] {
        let text = format!("words\napiVersion: v1\nkind: Service\n{}", line.repeat(3000));
        let again = repair(&text).apply(&text);
        assert!(again.len() < text.len() * 4);
    }
}
