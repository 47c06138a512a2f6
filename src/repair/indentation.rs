//! Lost indentation: which level each line belongs to, by the fields of the object's kind.
//!
//! A line can often stand on several levels: `kind` below `routes` or below the Gateway, `name` as a
//! label or as the object's name. So the best few readings are carried along, each with a cost for
//! what speaks against it, and the cheapest one of the whole document counts. The work is a fixed
//! amount for each line.

use super::lines::{Lexed, Says, Value, open_brackets, value_of};
use super::shapes::{self, ANY_OBJECT};
use crate::lower::shape::{ObjectShape, Shape};
use crate::ordered::sort_by_key;

/// So many readings are carried along.
const READINGS: usize = 16;
/// A document of more lines is left alone.
const MOST_LINES: usize = 5_000;
/// A key that is in the mapping already: the readers refuse that.
const TWICE: u32 = 25;
/// A key that the object does not have.
const UNKNOWN: u32 = 9;
/// A field without which the API refuses the object.
const MISSING: u32 = 4;
/// A list or object with nothing in it.
const NOTHING: u32 = 3;

/// A mapping or list that is open.
#[derive(Clone)]
struct Level<'a> {
    shape: Open,
    /// Column of its keys or dashes.
    column: usize,
    /// Fields that it has, a bit each.
    has: u64,
    /// Keys that people chose, the last few.
    keys: Vec<&'a str>,
    items: usize,
}

#[derive(Clone, Copy)]
enum Open {
    Object(&'static ObjectShape),
    List(&'static ObjectShape),
    Scalars,
    StringMap,
    Unread,
}

#[derive(Clone)]
struct Reading<'a> {
    levels: Vec<Level<'a>>,
    cost: u32,
    /// The last line's place in the trail.
    last: usize,
    /// Column of a block scalar's header that may still go on.
    block: Option<usize>,
}

/// The columns of the lines of a document; `None` for blank lines, comments, and markers, and for the
/// whole where no reading was found.
pub fn columns(lines: &[Lexed<'_>], texts: &[&str], shape: &'static ObjectShape) -> Option<Vec<Option<usize>>> {
    if lines.len() > MOST_LINES {
        return None;
    }
    let first = lines.iter().find(|line| !matches!(line.says, Says::Blank | Says::Comment))?.columns;
    // Where some indentation is left, it speaks for readings that agree with it.
    let has_hints = lines.iter().any(|line| !matches!(line.says, Says::Blank | Says::Comment) && line.columns != first);
    let root = Level::new(Open::Object(shape), 0);
    let mut readings = vec![Reading { levels: vec![root], cost: 0, last: usize::MAX, block: None }];
    // For each line and reading: the line before in this reading, and the column.
    let mut trail: Vec<(usize, usize)> = Vec::new();
    let mut before: Option<usize> = None;
    let mut brackets = 0;
    for (at, line) in lines.iter().enumerate() {
        if matches!(line.says, Says::Blank | Says::Comment | Says::Marker) {
            continue;
        }
        let mut next = Vec::new();
        for reading in &readings {
            let column_before = trail.get(reading.last).map(|(_, column)| *column);
            let mut step = Step { reading, line, rest: &lines[at..], next: &mut next, trail: &mut trail };
            if brackets > 0 {
                step.goes_on(column_before.unwrap_or_default() + 2);
                continue;
            }
            step.as_block_content();
            step.as_structure();
        }
        if let (true, Some(before)) = (has_hints, before) {
            for reading in &mut next {
                let column = trail.get(reading.last).copied();
                let previous = column.and_then(|(last, _)| trail.get(last));
                if let (Some((_, column)), Some((_, previous))) = (column, previous) {
                    let agrees = line.columns.cmp(&before) == column.cmp(previous);
                    reading.cost += if agrees { 0 } else { 2 };
                }
            }
        }
        before = Some(line.columns);
        brackets = (brackets + flow_balance(line, brackets, texts.get(at).copied().unwrap_or_default())).max(0);
        sort_by_key(&mut next, |reading| reading.cost);
        next.truncate(READINGS);
        readings = next;
    }
    for reading in &mut readings {
        reading.cost += reading.levels.iter().map(closing_cost).sum::<u32>();
    }
    let best = readings.iter().min_by_key(|reading| reading.cost)?;
    Some(spread(lines, &trail, best.last))
}

/// The columns of one reading, line by line.
fn spread(lines: &[Lexed<'_>], trail: &[(usize, usize)], last: usize) -> Vec<Option<usize>> {
    let mut columns = vec![None; lines.len()];
    let mut at = last;
    let structural = lines.iter().enumerate().rev();
    for (line, _) in structural.filter(|(_, line)| !matches!(line.says, Says::Blank | Says::Comment | Says::Marker)) {
        let Some((previous, column)) = trail.get(at) else { break };
        columns[line] = Some(*column);
        at = *previous;
    }
    columns
}

fn flow_balance(line: &Lexed<'_>, open: i32, text: &str) -> i32 {
    match line.says {
        _ if open > 0 => open_brackets(text),
        Says::Pair { value, .. } | Says::Item(value) if value_of(value) == Value::Flow => open_brackets(value),
        _ => 0,
    }
}

/// What speaks against a level that ends as it is.
fn closing_cost(level: &Level<'_>) -> u32 {
    match level.shape {
        Open::Object(shape) => {
            let has =
                |name: &&&str| shapes::field(shape, name).is_some_and(|(at, _)| at < 64 && level.has >> at & 1 == 1);
            let missing = shape.required.iter().filter(|name| !has(name)).count();
            // Every object has a name.
            let nameless = shape.fields.iter().any(|(name, _)| *name == "annotations") && !has(&&"name");
            let empty = level.has == 0 && level.keys.is_empty();
            u32::try_from(missing).unwrap_or_default() * MISSING
                + if nameless { MISSING } else { 0 }
                + if empty { NOTHING } else { 0 }
        }
        Open::List(_) | Open::Scalars => {
            if level.items == 0 {
                NOTHING
            } else {
                0
            }
        }
        Open::StringMap => {
            if level.keys.is_empty() {
                NOTHING
            } else {
                0
            }
        }
        Open::Unread => 0,
    }
}

/// One reading, one line: the readings that may follow.
struct Step<'r, 'a> {
    reading: &'r Reading<'a>,
    line: &'r Lexed<'a>,
    rest: &'r [Lexed<'a>],
    next: &'r mut Vec<Reading<'a>>,
    trail: &'r mut Vec<(usize, usize)>,
}

impl<'a> Step<'_, 'a> {
    fn push(&mut self, mut reading: Reading<'a>, column: usize, cost: u32) {
        self.trail.push((self.reading.last, column));
        reading.last = self.trail.len() - 1;
        reading.cost += cost;
        self.next.push(reading);
    }

    /// The line belongs to the flow collection above.
    fn goes_on(&mut self, column: usize) {
        self.push(self.reading.clone(), column, 0);
    }

    /// The line is text of a block scalar, or goes on with a plain value.
    fn as_block_content(&mut self) {
        let is_text = self.line.says == Says::Text;
        match self.reading.block {
            Some(header) => self.push(self.reading.clone(), header + 2, if is_text { 0 } else { 4 }),
            None if is_text => {
                let column = self.trail.get(self.reading.last).map_or(0, |(_, column)| *column);
                self.push(self.reading.clone(), column + 2, 6);
            }
            None => {}
        }
    }

    fn as_structure(&mut self) {
        let mut closing = 0;
        for depth in (0..self.reading.levels.len()).rev() {
            let levels = &self.reading.levels[..=depth];
            let Some(level) = levels.last() else { return };
            match (self.line.says, level.shape) {
                (Says::Pair { dash: false, key, value }, Open::Object(shape)) => {
                    // A key that is known nowhere belongs to the nearest object.
                    let nearest =
                        !self.reading.levels[depth + 1..].iter().any(|above| matches!(above.shape, Open::Object(_)));
                    let column = level.column;
                    let levels = levels.to_vec();
                    self.field(levels, shape, (key, value), (column, closing), nearest);
                }
                (Says::Pair { dash: false, key, value }, Open::StringMap) => {
                    let cost = closing + self.string_cost(depth, key, value);
                    let mut reading = self.at(depth);
                    let column = level.column;
                    if let Some(own) = reading.levels.last_mut() {
                        own.remember(key);
                    }
                    reading.block = (value_of(value) == Value::Block).then_some(column);
                    self.push(reading, column, cost);
                }
                (Says::Pair { dash: true, key, value }, Open::List(item)) => {
                    let item =
                        if std::ptr::eq(item, &raw const ANY_OBJECT) { self.shape_of_item() } else { Some(item) };
                    let column = level.column;
                    let mut levels = levels.to_vec();
                    if let Some(list) = levels.last_mut() {
                        list.items += 1;
                    }
                    let shape = item.map_or(Open::Unread, Open::Object);
                    levels.push(Level::new(shape, column + 2));
                    if let Some(item) = item {
                        self.field(levels, item, (key, value), (column, closing), true);
                    } else {
                        self.push(Reading { levels, block: None, ..*self.reading }, column, closing + 5);
                    }
                }
                (Says::Item(value), Open::Scalars) => {
                    let column = level.column;
                    let mut reading = self.at(depth);
                    if let Some(list) = reading.levels.last_mut() {
                        list.items += 1;
                    }
                    reading.block = (value_of(value) == Value::Block).then_some(column);
                    self.push(reading, column, closing);
                }
                // A dash alone in its line: the item's fields follow.
                (Says::Item(""), Open::List(item)) => {
                    let column = level.column;
                    let mut reading = self.at(depth);
                    if let Some(list) = reading.levels.last_mut() {
                        list.items += 1;
                    }
                    let open =
                        Level { shape: Open::Object(item), column: column + 2, has: 0, keys: Vec::new(), items: 0 };
                    reading.levels.push(open);
                    self.push(reading, column, closing + 1);
                }
                (Says::Item(_) | Says::Pair { dash: true, .. }, Open::Scalars | Open::List(_)) => {
                    let column = level.column;
                    self.push(self.at(depth), column, closing + 12);
                }
                (Says::Item(_) | Says::Pair { .. }, Open::Unread) => {
                    let column = level.column;
                    self.push(self.at(depth), column, closing + 5);
                }
                _ => {}
            }
            closing += 1 + closing_cost(level);
        }
    }

    /// This reading with everything above a level closed.
    fn at(&self, depth: usize) -> Reading<'a> {
        Reading { levels: self.reading.levels[..=depth].to_vec(), block: None, ..*self.reading }
    }

    /// The line is a field of the object that the levels end with.
    fn field(
        &mut self,
        mut levels: Vec<Level<'a>>,
        shape: &'static ObjectShape,
        (key, value): (&'a str, &'a str),
        (column, closing): (usize, u32),
        nearest: bool,
    ) {
        let Some(object) = levels.last_mut() else { return };
        let of_keys = object.column;
        let kind = value_of(value);
        let (cost, opened) = match shapes::field(shape, key) {
            Some((place, field)) => {
                let bit = 1u64.checked_shl(u32::try_from(place).unwrap_or(64)).unwrap_or_default();
                let twice = object.has & bit != 0;
                object.has |= bit;
                let opened = if kind == Value::Empty { opened(field) } else { None };
                (if twice { TWICE } else { 0 } + misfit(shape, key, field, value), opened)
            }
            None if nearest => {
                let twice = object.keys.contains(&key);
                object.remember(key);
                let opened = (kind == Value::Empty).then_some(Open::Unread);
                (if twice { TWICE } else { UNKNOWN }, opened)
            }
            None => return,
        };
        if let Some(shape) = opened {
            let is_list = matches!(shape, Open::List(_) | Open::Scalars);
            let column = if is_list { of_keys } else { of_keys + 2 };
            levels.push(Level::new(shape, column));
        }
        let block = (kind == Value::Block).then_some(of_keys);
        self.push(Reading { levels, block, ..*self.reading }, column, closing + cost);
    }

    /// What speaks against a key being one that people chose.
    fn string_cost(&self, depth: usize, key: &str, value: &str) -> u32 {
        let levels = &self.reading.levels;
        let twice = if levels[depth].keys.contains(&key) { TWICE } else { 0 };
        let empty = if value_of(value) == Value::Empty { 2 } else { 0 };
        let is_field_outside = !key.contains('/')
            && levels[..depth].iter().any(|level| match level.shape {
                Open::Object(shape) => {
                    shapes::field(shape, key).is_some_and(|(at, _)| at < 64 && level.has >> at & 1 == 0)
                }
                _ => false,
            });
        twice + empty + if is_field_outside { 4 } else { 0 }
    }

    /// The shape of a `List`'s item, which says a line or two later what it is.
    fn shape_of_item(&self) -> Option<&'static ObjectShape> {
        const LOOK_AHEAD: usize = 40;
        let mut api_version = None;
        let mut kind = None;
        for (at, line) in self.rest.iter().take(LOOK_AHEAD).enumerate() {
            match line.says {
                Says::Pair { dash: true, key: "apiVersion", .. } if at > 0 => break,
                Says::Pair { key: "apiVersion", value, .. } => api_version = api_version.or(Some(value)),
                Says::Pair { key: "kind", value, .. } => kind = kind.or(Some(value)),
                _ => {}
            }
        }
        shapes::of_kind(bare(api_version?), bare(kind?))
    }
}

/// A value without quotes around it.
pub fn bare(value: &str) -> &str {
    value.split(" #").next().unwrap_or(value).trim().trim_matches(['"', '\''])
}

/// What a field without a value on its line opens.
const fn opened(field: Shape) -> Option<Open> {
    Some(match field {
        Shape::Object(shape) => Open::Object(shape),
        Shape::List(shape) => Open::List(shape),
        Shape::Scalars => Open::Scalars,
        Shape::StringMap => Open::StringMap,
        Shape::Unread => Open::Unread,
        Shape::Scalar | Shape::Number | Shape::Bool => return None,
    })
}

/// What speaks against a value in a field.
fn misfit(shape: &ObjectShape, key: &str, field: Shape, value: &str) -> u32 {
    let kind = value_of(value);
    match field {
        Shape::Scalar | Shape::Number | Shape::Bool if kind == Value::Empty => 3,
        Shape::Number if kind == Value::Scalar && bare(value).parse::<i64>().is_err() => 3,
        Shape::Bool if kind == Value::Scalar && !matches!(bare(value), "true" | "false") => 3,
        Shape::Scalar | Shape::Number | Shape::Bool => {
            let allowed = shape.one_of.iter().find(|(name, _)| *name == key);
            if allowed.is_some_and(|(_, allowed)| !allowed.contains(&bare(value))) { 4 } else { 0 }
        }
        _ if matches!(kind, Value::Scalar | Value::Block) && !matches!(bare(value), "null" | "~") => 8,
        _ => 0,
    }
}

impl<'a> Level<'a> {
    const fn new(shape: Open, column: usize) -> Self {
        Self { shape, column, has: 0, keys: Vec::new(), items: 0 }
    }

    fn remember(&mut self, key: &'a str) {
        const LAST: usize = 64;
        if self.keys.len() >= LAST {
            self.keys.remove(0);
        }
        self.keys.push(key);
    }
}
