//! The repair of one document: the least that makes it read as it was meant.

use super::characters::{Odd, odd_characters};
use super::health;
use super::indentation::columns;
use super::lines::{Line, Says, is_blank, lex};
use super::regions::joined;
use crate::lower::shape::ObjectShape;
use crate::text::{Edit, Span, apply_edits};
use crate::workspace::Parsed;

/// What is done to a document.
#[derive(Debug, Default)]
pub struct Mend {
    /// Edits inside lines, by what was odd.
    pub odd: Vec<(Odd, Edit)>,
    /// Edits of the indentation.
    pub indentation: Vec<Edit>,
    /// It is not well afterwards either; then there are no edits.
    pub is_given_up: bool,
    /// What the document is, as in `Service web`.
    pub name: String,
}

/// Finds the repair of the lines of a document.
pub fn mend(lines: &[Line<'_>], shape: Option<&'static ObjectShape>) -> Mend {
    let as_it_is = joined(lines);
    if let Some(name) = well(&as_it_is) {
        return Mend { name, ..Mend::default() };
    }
    let texts: Vec<&str> = lines.iter().map(|line| line.text).collect();
    let odd = odd_characters(&texts);
    let quotes = |keep: fn(Odd) -> bool| -> Vec<Vec<(Odd, Edit)>> {
        odd.iter().map(|edits| edits.iter().filter(|(odd, _)| keep(*odd)).cloned().collect()).collect()
    };
    for keep in [|odd| odd == Odd::Quote, |odd| odd != Odd::Quote, |_| true] {
        let edits = quotes(keep);
        if edits.iter().all(Vec::is_empty) {
            continue;
        }
        if let Some(name) = well(&with(&texts, &edits).join("\n")) {
            return Mend { odd: placed(lines, &edits), name, ..Mend::default() };
        }
    }
    shifted(lines, &odd).or_else(|| indented(lines, &odd, shape)).unwrap_or_else(|| Mend {
        is_given_up: true,
        name: named(&Parsed::new(&as_it_is)),
        ..Mend::default()
    })
}

/// The name of a document that is well.
fn well(text: &str) -> Option<String> {
    let parsed = Parsed::new(text);
    health::is_well(&parsed, text).then(|| named(&parsed))
}

fn named(parsed: &Parsed) -> String {
    let name = |object: &crate::workspace::ParsedObject| {
        let metadata = object.value.metadata();
        let name = metadata.and_then(|metadata| metadata.name.clone()).unwrap_or_default();
        let kind = if object.kind_name.is_empty() { object.kind.name() } else { &object.kind_name };
        format!("{kind} {name}").trim_end().to_owned()
    };
    parsed.objects.first().map(name).unwrap_or_default()
}

fn with(texts: &[&str], edits: &[Vec<(Odd, Edit)>]) -> Vec<String> {
    let own = |(text, edits): (&&str, &Vec<(Odd, Edit)>)| {
        let edits: Vec<Edit> = edits.iter().map(|(_, edit)| edit.clone()).collect();
        apply_edits(text, &edits)
    };
    texts.iter().zip(edits).map(own).collect()
}

/// Edits of lines as edits of the whole text.
fn placed(lines: &[Line<'_>], edits: &[Vec<(Odd, Edit)>]) -> Vec<(Odd, Edit)> {
    let shift = |line: &Line<'_>, (odd, edit): &(Odd, Edit)| {
        (*odd, Edit { span: edit.span.shifted(line.content), ..edit.clone() })
    };
    lines.iter().zip(edits).flat_map(|(line, edits)| edits.iter().map(move |edit| shift(line, edit))).collect()
}

/// A copy that began in the middle of its first line: all others are too far to the right.
fn shifted(lines: &[Line<'_>], odd: &[Vec<(Odd, Edit)>]) -> Option<Mend> {
    let columns =
        |line: &Line<'_>| Some(lex(line.text)).filter(|line| line.says != Says::Blank).map(|line| line.columns);
    let first = columns(lines.first()?)?;
    let others = lines.iter().skip(1).filter_map(columns).min()?.checked_sub(first).filter(|by| *by > 0)?;
    let wanted = |at: usize, line: &Line<'_>| {
        let own = columns(line)?;
        Some(if at == 0 { own } else { own.saturating_sub(others) })
    };
    let columns: Vec<Option<usize>> = lines.iter().enumerate().map(|(at, line)| wanted(at, line)).collect();
    with_columns(lines, odd, &columns)
}

/// The levels of the lines by the fields of the object's kind.
fn indented(lines: &[Line<'_>], odd: &[Vec<(Odd, Edit)>], shape: Option<&'static ObjectShape>) -> Option<Mend> {
    let texts: Vec<&str> = lines.iter().map(|line| line.text).collect();
    let plain = with(&texts, odd);
    let lexed: Vec<_> = plain.iter().map(|line| lex(line)).collect();
    let plain: Vec<&str> = plain.iter().map(String::as_str).collect();
    let mut columns = columns(&lexed, &plain, shape?)?;
    // A comment stands with the line below it.
    let mut below = columns.iter().rev().find_map(|column| *column);
    for (line, column) in lexed.iter().zip(&mut columns).rev() {
        match column {
            Some(column) => below = Some(*column),
            None if line.says == Says::Comment => *column = below,
            None => {}
        }
    }
    with_columns(lines, odd, &columns)
}

/// The mend that puts each line at its column, if the document is well then.
fn with_columns(lines: &[Line<'_>], odd: &[Vec<(Odd, Edit)>], columns: &[Option<usize>]) -> Option<Mend> {
    let mut kept = Vec::new();
    let mut indentation = Vec::new();
    let mut text = String::new();
    for ((line, odd), column) in lines.iter().zip(odd).zip(columns) {
        let own = line.text.len() - line.text.trim_start_matches(is_blank).len();
        let mut edits: Vec<Edit> = Vec::new();
        let mut inside: Vec<(Odd, Edit)> = odd.clone();
        if let Some(column) = column {
            // The indentation as a whole is put anew.
            inside.retain(|(_, edit)| edit.span.start >= own);
            let blanks = " ".repeat(*column);
            if line.text[..own] != blanks {
                edits.push(Edit::replace(Span::new(0, own), blanks));
            }
        }
        let all: Vec<Edit> = edits.iter().cloned().chain(inside.iter().map(|(_, edit)| edit.clone())).collect();
        text.push_str(&apply_edits(line.text, &all));
        text.push('\n');
        let shift = |edit: Edit| Edit { span: edit.span.shifted(line.content), ..edit };
        indentation.extend(edits.into_iter().map(shift));
        kept.extend(inside.into_iter().map(|(odd, edit)| (odd, shift(edit))));
    }
    let name = well(&text)?;
    Some(Mend { odd: kept, indentation, name, is_given_up: false })
}
