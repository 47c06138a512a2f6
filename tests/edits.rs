//! What edits of each style look like, one example each.

use akoplan::edit::{self, EditError};
use akoplan::syntax::{FieldPath, parse};
use akoplan::text::apply_edits;
use serde_json::{Value, json};

fn run(
    text: &str,
    edit: impl Fn(&akoplan::syntax::Tree, akoplan::syntax::NodeId) -> Result<Vec<akoplan::text::Edit>, EditError>,
) -> String {
    let tree = parse(text);
    let root = tree.root.expect(text);
    match edit(&tree, root) {
        Ok(edits) => apply_edits(text, &edits),
        Err(error) => format!("error: {error}"),
    }
}

fn set(text: &str, path: &str, value: impl Into<Value>) -> String {
    let value = value.into();
    run(text, |tree, root| edit::set(text, tree, root, &FieldPath::parse(path), &value))
}

fn remove(text: &str, path: &str) -> String {
    run(text, |tree, root| edit::remove(text, tree, root, &FieldPath::parse(path)))
}

fn insert(text: &str, list: &str, index: usize, value: impl Into<Value>) -> String {
    let value = value.into();
    run(text, |tree, root| edit::insert(text, tree, root, &FieldPath::parse(list), index, &value))
}

fn move_item(text: &str, list: &str, from: usize, to: usize) -> String {
    run(text, |tree, root| edit::move_item(text, tree, root, &FieldPath::parse(list), from, to))
}

#[test]
fn values_are_replaced_in_their_own_style() {
    assert_eq!(set("a: 1 # c\nb: 2\n", "a", json!(3)), "a: 3 # c\nb: 2\n");
    assert_eq!(set("a: 'x' # c\n", "a", json!("it's")), "a: 'it''s' # c\n");
    assert_eq!(set("a: \"x\"\n", "a", json!("z")), "a: \"z\"\n");
    assert_eq!(set("a: \"x\"\n", "a", json!(1)), "a: 1\n");
    assert_eq!(set("a: x\n", "a", json!("on")), "a: \"on\"\n");
    assert_eq!(set("a:\tx\t# c", "a", json!("z")), "a:\tz\t# c");
    assert_eq!(set("a: # c\nb: 1\n", "a", json!("z")), "a: z # c\nb: 1\n");
    assert_eq!(set("a:   \nb: 1\n", "a", json!("z")), "a: z\nb: 1\n");
    assert_eq!(set("a: &x !!str 5 # c\n", "a", json!("z")), "a: &x !!str z # c\n");
    assert_eq!(set("a: &x !!str 5 # c\n", "a", json!(6)), "a: &x 6 # c\n");
    assert_eq!(set("a: !!str\nb: 1\n", "a", json!(6)), "a: 6\nb: 1\n");
    assert_eq!(set("? a\n: b\n", "a", json!("c")), "? a\n: c\n");
    assert_eq!(set("? a\n", "a", json!("c")), "? a\n: c\n");
    assert_eq!(set("- a\n-\n- c\n", "[1]", json!("b")), "- a\n- b\n- c\n");
    assert_eq!(set("{a: 1, b: x}\n", "b", json!("y, z")), "{a: 1, b: \"y, z\"}\n");
    assert_eq!(set("{a, b: }\n", "a", json!(1)), "{a: 1, b: }\n");
    assert_eq!(set("{\"a\":1,\"b\":{}}", "b", json!({"c": [1, "on"]})), "{\"a\":1,\"b\":{\"c\":[1,\"on\"]}}");
    assert_eq!(set("a: 1\n", "a", json!(1.0)), "a: 1\n");
}

#[test]
fn lines_and_short_values_replace_each_other() {
    assert_eq!(set("a: 1 # c\nb: 2\n", "a", json!({"x": [1]})), "a: # c\n  x:\n  - 1\nb: 2\n");
    assert_eq!(set("a:\n  # c\n  x: 1 # d\n  # e\nb: 2\n", "a", json!(5)), "a: 5\n  # c\n  # e\nb: 2\n");
    assert_eq!(set("- old # c\n- b\n", "[0]", json!({"x": 1, "z": 2})), "- x: 1 # c\n  z: 2\n- b\n");
    assert_eq!(set("- &x old # c\n", "[0]", json!({"x": 1})), "- &x # c\n  x: 1\n");
    assert_eq!(set("- x: 1\n  y: 2 # c\n- b\n", "[0]", json!("s")), "- s # c\n- b\n");
    assert_eq!(set("a: {} # c\n", "a.b", json!(1)), "a: # c\n  b: 1\n");
    assert_eq!(set("a: []\n", "a[0]", json!(1)), "a:\n- 1\n");
    assert_eq!(set("s:\n  l:\n    - 1\na: []\n", "a[0]", json!(1)), "s:\n  l:\n    - 1\na:\n  - 1\n");
    assert_eq!(set("a:\n    b: 1\n", "c.d", json!(1)), "a:\n    b: 1\nc:\n    d: 1\n");
    assert_eq!(set("a: x # c\nb: 1\n", "a", json!("one\ntwo\n")), "a: | # c\n  one\n  two\nb: 1\n");
    assert_eq!(set("a: |\n  one\n  two\nb: 1\n", "a", json!("x\n\ny")), "a: |-\n  x\n\n  y\nb: 1\n");
    assert_eq!(set("a: |\n  one\nb: 1\n", "a", json!("x")), "a: x\nb: 1\n");
    assert_eq!(set("a:\r\n- x\r\n", "b", json!("x\ny")), "a:\r\n- x\r\nb: |-\r\n  x\r\n  y\r\n");
}

#[test]
fn missing_fields_are_added_at_the_end() {
    assert_eq!(set("a: 1", "b", json!(2)), "a: 1\nb: 2");
    assert_eq!(
        set("s: # c\n  a: 1 # d\n  # e\nt: 2\n", "s.b", json!("x")),
        "s: # c\n  a: 1 # d\n  b: x\n  # e\nt: 2\n"
    );
    assert_eq!(set("s:\nt: 2\n", "s.b[0].c", json!("x")), "s:\n  b:\n  - c: x\nt: 2\n");
    assert_eq!(set("l:\n- a: 1\n- a: 2\n", "l[0].b", json!(3)), "l:\n- a: 1\n  b: 3\n- a: 2\n");
    assert_eq!(set("l:\n- a: 1\n", "l[1].a", json!(2)), "l:\n- a: 1\n- a: 2\n");
    assert_eq!(set("s: {a: 1}\n", "s.b", json!(2)), "s: {a: 1, b: 2}\n");
    assert_eq!(set("s: { a: 1 }\n", "s.b.c", json!(2)), "s: { a: 1, b: {c: 2} }\n");
    assert_eq!(
        set("{\n  \"a\": {\n    \"b\": 1\n  }\n}\n", "a.c", json!({"d": "x"})),
        "{\n  \"a\": {\n    \"b\": 1,\n    \"c\": {\n      \"d\": \"x\"\n    }\n  }\n}\n"
    );
    assert_eq!(set("{\n\t\"a\": {}\n}\n", "a.c", json!([1])), "{\n\t\"a\": {\n\t\t\"c\": [\n\t\t\t1\n\t\t]\n\t}\n}\n");
    assert_eq!(set("a: |\n  x", "b", json!(1)), "a: |-\n  x\nb: 1");
    assert_eq!(set("a: |+\n  x\n\nb: 1\n", "c", json!(1)), "a: |+\n  x\n\nb: 1\nc: 1\n");
    assert_eq!(set("b: 1\na: |+\n  x\n\n", "c", json!(1)), "b: 1\na: |+\n  x\n\nc: 1\n");
}

#[test]
fn removal_takes_whole_lines() {
    assert_eq!(
        remove("a: 1\n# about b\nb: # x\n  c: 2 # y\n# about d\nd: 3\n", "b"),
        "a: 1\n# about b\n# about d\nd: 3\n"
    );
    assert_eq!(remove("a:\n  # c\n  b: 1 # d\n  # e\n", "a.b"), "a: {}\n  # c\n  # e\n");
    assert_eq!(remove("a:\n- 1\nb: 1\n", "a[0]"), "a: []\nb: 1\n");
    assert_eq!(remove("- a: 1 # c\n  b: 2\n", "[0].a"), "- b: 2\n");
    assert_eq!(remove("- a: 1 # c\n  # d\n  b: 2\n", "[0].a"), "- # d\n  b: 2\n");
    assert_eq!(remove("- a: 1\n", "[0].a"), "- {}\n");
    assert_eq!(remove("a: 1\nb: 2", "b"), "a: 1");
    assert_eq!(remove("{a: 1, b: 2}", "a"), "{b: 2}");
    assert_eq!(remove("{a: 1, b: 2}", "b"), "{a: 1}");
    assert_eq!(remove("[1, 2, ]", "[1]"), "[1, ]");
    assert_eq!(remove("[ # c\n  1, # d\n  2 # e\n]", "[1]"), "[ # c\n  1 # d\n]");
    assert_eq!(remove("{\n  \"a\": 1,\n  \"b\": 2\n}\n", "b"), "{\n  \"a\": 1\n}\n");
    assert_eq!(remove("{\n  \"a\": 1\n}\n", "a"), "{}\n");
    assert_eq!(remove("a: 1\nb: 2\na: 3\n", "a"), "b: 2\n");
    assert_eq!(remove("a: 1\n", "b.c"), "a: 1\n");
}

#[test]
fn items_are_inserted_and_moved() {
    let text = "l:\n# one\n- 1 # x\n# two\n- 2\nb: 1\n";
    assert_eq!(insert(text, "l", 0, json!("new")), "l:\n- new\n# one\n- 1 # x\n# two\n- 2\nb: 1\n");
    assert_eq!(insert(text, "l", 1, json!("new")), "l:\n# one\n- 1 # x\n- new\n# two\n- 2\nb: 1\n");
    assert_eq!(insert(text, "l", 2, json!({"a": 1, "b": 2})), "l:\n# one\n- 1 # x\n# two\n- 2\n- a: 1\n  b: 2\nb: 1\n");
    assert_eq!(insert("- - a\n  - b\n", "[0]", 0, json!("new")), "- - new\n  - a\n  - b\n");
    assert_eq!(insert("a: [1, 2]\n", "a", 0, json!(0)), "a: [0, 1, 2]\n");
    assert_eq!(insert("a: [1, 2]\n", "a", 1, json!(0)), "a: [1, 0, 2]\n");
    assert_eq!(insert("a: [\n  1,\n  2 # c\n]\n", "a", 2, json!(0)), "a: [\n  1,\n  2, # c\n  0\n]\n");
    assert_eq!(insert("a: [\n  1,\n  2 # c\n]\n", "a", 0, json!(0)), "a: [\n  0,\n  1,\n  2 # c\n]\n");
    assert_eq!(insert("a: 1\n", "b.c", 0, json!(0)), "a: 1\nb:\n  c:\n  - 0\n");
    assert_eq!(move_item(text, "l", 0, 1), "l:\n# two\n- 2\n# one\n- 1 # x\nb: 1\n");
    assert_eq!(move_item(text, "l", 1, 0), "l:\n# two\n- 2\n# one\n- 1 # x\nb: 1\n");
    assert_eq!(move_item("- a\n- b", "", 0, 1), "- b\n- a");
    assert_eq!(move_item("[a, b, c]", "", 2, 0), "[c, a, b]");
}

#[test]
fn anchors_are_not_touched_through_aliases() {
    let text = "base: &b {x: 1, w: {z: 2}}\none: *b # c\ntwo:\n  <<: *b\n  v: 3\n";
    assert_eq!(set(text, "one", json!(5)), text.replace("one: *b", "one: 5"));
    assert_eq!(set(text, "one.x", json!(5)), text.replace("one: *b # c", "one: # c\n  x: 5\n  w:\n    z: 2"));
    assert_eq!(set(text, "one.x", json!(1)), text);
    assert_eq!(set(text, "two.x", json!(5)), format!("{text}  x: 5\n"));
    assert_eq!(set(text, "two.w.z", json!(5)), format!("{text}  w:\n    z: 5\n"));
    assert_eq!(remove(text, "two.x"), "error: `two.x` comes through `<<` from another place; remove it there");
    assert_eq!(
        remove(text, "base"),
        "one: # c\n  x: 1\n  w:\n    z: 2\ntwo:\n  <<:\n    x: 1\n    w:\n      z: 2\n  v: 3\n"
    );
    assert_eq!(set("a: &x 1\nb: *x\n", "a", json!(2)), "a: &x 2\nb: *x\n");
}

#[test]
fn what_cannot_be_done_is_said() {
    assert_eq!(set("a: 1\n", "a.b", json!(2)), "error: `a` is a single value, it has no fields");
    assert_eq!(set("a: [1]\n", "a.b", json!(2)), "error: `a` is a list, it has no keys");
    assert_eq!(set("a: {}\n", "a[0]", json!(2)), "error: `a` is not a list");
    assert_eq!(set("a: [1]\n", "a[3]", json!(2)), "error: `a` has 1 items, there is no item 3 (counted from 0)");
    assert_eq!(remove("a: 1\n", ""), "error: this is the object itself, not a field of it");
    assert_eq!(set("a: 1\na2: [\n", "a", json!(2)), "error: the document has mistakes as YAML; mend its text first");
}

#[test]
fn whole_objects_change_where_they_differ() {
    let text = "# head\nspec:\n  listeners: # many\n  - name: a # first\n    port: 80\n  - name: b\n    port: 81\n";
    let changed =
        json!({"spec": {"listeners": [{"name": "a", "port": 8080}, {"name": "b", "port": 81}, {"name": "c"}]}});
    assert_eq!(set(text, "", changed), text.replace("80\n", "8080\n") + "  - name: c\n");
}
