//! What stands in front of every line and is none of it: line numbers, and the `>` of quoted text.

use super::lines::Line;

/// A run of lines with the same sort of prefix.
pub struct Prefixed {
    /// Numbers, or else `>`.
    pub numbers: bool,
    /// Each line's place, and the bytes in front of its text.
    pub lines: Vec<(usize, usize)>,
}

/// Fewer lines than this are no run.
const SHORTEST_RUN: usize = 3;

/// The runs among the lines that may be touched. A run counts only where a manifest is behind it.
pub fn find(lines: &[Line<'_>], touched: impl Fn(usize) -> bool) -> Vec<Prefixed> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let run = if touched(at) { numbers(lines, at, &touched).or_else(|| quoted(lines, at, &touched)) } else { None };
        let Some(run) = run else {
            at += 1;
            continue;
        };
        at += run.lines.len();
        let begins_manifest = |(line, prefix): &(usize, usize)| {
            lines[*line].text.get(*prefix..).is_some_and(|text| text.trim_start().starts_with("apiVersion:"))
        };
        if run.lines.len() >= SHORTEST_RUN && run.lines.iter().any(begins_manifest) {
            found.push(run);
        }
    }
    found
}

/// Lines that begin with the numbers n, n+1, n+2, …
fn numbers(lines: &[Line<'_>], from: usize, touched: &impl Fn(usize) -> bool) -> Option<Prefixed> {
    let (mut next, _, _) = number(lines[from].text)?;
    let mut run = Vec::new();
    // One blank after the number is part of it, where every line has one.
    let mut all_blank = true;
    for (at, line) in lines.iter().enumerate().skip(from) {
        let Some((found, prefix, rest)) = number(line.text).filter(|(found, ..)| *found == next && touched(at)) else {
            break;
        };
        next = found.wrapping_add(1);
        all_blank &= rest.is_empty() || rest.starts_with(' ');
        run.push((at, prefix, rest.starts_with(' ')));
    }
    let lines = run.into_iter().map(|(at, prefix, blank)| (at, prefix + usize::from(blank && all_blank))).collect();
    Some(Prefixed { numbers: true, lines })
}

/// The number in front of a line, the bytes up to its separator's end, and the rest.
fn number(line: &str) -> Option<(u32, usize, &str)> {
    let text = line.trim_start_matches([' ', '\t']);
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let number = text.get(..digits)?.parse().ok()?;
    let rest = &text[digits..];
    let rest = match rest.chars().next() {
        None => rest,
        Some('\t' | ':' | '.' | ')' | '|') => &rest[1..],
        Some(' ') => rest.strip_prefix(" |").or_else(|| rest.strip_prefix(" │")).unwrap_or(rest),
        Some(_) => return None,
    };
    Some((number, line.len() - rest.len(), rest))
}

/// Lines that all begin with `>`: a reply to a letter, a quotation, a shell's second prompt.
fn quoted(lines: &[Line<'_>], from: usize, touched: &impl Fn(usize) -> bool) -> Option<Prefixed> {
    let own = lines.iter().enumerate().skip(from).take_while(|(at, line)| touched(*at) && line.text.starts_with('>'));
    let lines: Vec<_> = own.map(|(at, line)| (at, if line.text.starts_with("> ") { 2 } else { 1 })).collect();
    (!lines.is_empty()).then_some(Prefixed { numbers: false, lines })
}
