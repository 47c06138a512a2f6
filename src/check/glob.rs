//! Patterns for paths: `*`, `?` and `[a-z]` within a folder's name, `**` for any number of folders.

/// A pattern. Nothing is refused: a `[` that nothing closes is a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glob {
    text: String,
    parts: Vec<Part>,
}

/// What stands between two `/`.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    /// `**`
    Folders,
    Name(Vec<Token>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Letter(char),
    /// `?`
    Any,
    /// `*`
    Some,
    /// `[a-z]`, `[!a-z]`: whether it stands for those or for all others, and the ranges.
    Set(bool, Vec<(char, char)>),
}

impl Glob {
    /// Reads a pattern; `./` in front and `/` behind mean nothing.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let bare = text.strip_prefix("./").unwrap_or(text);
        let bare = if bare.len() > 1 { bare.trim_end_matches('/') } else { bare };
        let part = |part: &str| if part == "**" { Part::Folders } else { Part::Name(tokens(part)) };
        Self { text: text.to_owned(), parts: bare.split('/').map(part).collect() }
    }

    /// The pattern as written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether a text would be taken for a pattern.
    #[must_use]
    pub fn is_pattern(text: &str) -> bool {
        text.contains(['*', '?', '['])
    }

    /// Whether the pattern is exactly this path.
    #[must_use]
    pub fn matches(&self, path: &str) -> bool {
        *self.reached(path).last().unwrap_or(&false)
    }

    /// Whether the pattern is this path or a folder above it.
    #[must_use]
    pub fn covers(&self, path: &str) -> bool {
        self.matches(path) || path.match_indices('/').any(|(at, _)| at > 0 && self.matches(&path[..at]))
    }

    /// Whether the pattern may be something inside a folder.
    #[must_use]
    pub fn leads_into(&self, folder: &str) -> bool {
        self.reached(folder)[..self.parts.len()].contains(&true)
    }

    /// Which numbers of parts can stand for the whole path: one pass over the path, so no pattern is slow.
    fn reached(&self, path: &str) -> Vec<bool> {
        let mut reached = vec![false; self.parts.len() + 1];
        reached[0] = true;
        self.skip_folders(&mut reached);
        for name in path.split('/') {
            let mut next = vec![false; reached.len()];
            for (at, part) in self.parts.iter().enumerate().filter(|(at, _)| reached[*at]) {
                match part {
                    Part::Folders => next[at] = true,
                    Part::Name(tokens) => next[at + 1] |= is_name(tokens, name),
                }
            }
            self.skip_folders(&mut next);
            // A pattern that ends with `**` stands for what is inside, however deep.
            if let (Some(Part::Folders), true) = (self.parts.last(), reached[self.parts.len() - 1]) {
                next[self.parts.len()] = true;
            }
            reached = next;
        }
        reached
    }

    /// `**` may stand for no folder at all, but not at the end.
    fn skip_folders(&self, reached: &mut [bool]) {
        for (at, part) in self.parts.iter().enumerate().rev().skip(1).rev() {
            if *part == Part::Folders && reached[at] {
                reached[at + 1] = true;
            }
        }
    }
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text.chars();
    while let Some(first) = rest.next() {
        tokens.push(match first {
            '?' => Token::Any,
            '*' => Token::Some,
            '[' => match set(rest.as_str()) {
                Some((set, after)) => {
                    rest = after.chars();
                    set
                }
                None => Token::Letter('['),
            },
            letter => Token::Letter(letter),
        });
    }
    tokens
}

/// The set behind a `[`, and what comes after it. A `]` right at the start is a letter of the set.
fn set(text: &str) -> Option<(Token, &str)> {
    let inner = text.strip_prefix(['!', '^']);
    let body = inner.unwrap_or(text);
    let end = body.char_indices().skip(1).find(|(_, letter)| *letter == ']')?.0;
    let letters: Vec<char> = body[..end].chars().collect();
    let mut ranges = Vec::new();
    let mut at = 0;
    while let Some(first) = letters.get(at) {
        if let Some(['-', last]) = letters.get(at + 1..at + 3) {
            ranges.push((*first, *last));
            at += 3;
        } else {
            ranges.push((*first, *first));
            at += 1;
        }
    }
    Some((Token::Set(inner.is_none(), ranges), &body[end + 1..]))
}

/// Whether a name fits: on a mismatch the last `*` takes one letter more.
fn is_name(tokens: &[Token], name: &str) -> bool {
    let letters: Vec<char> = name.chars().collect();
    let (mut token, mut letter) = (0, 0);
    let mut retry = None;
    while letter < letters.len() {
        match tokens.get(token) {
            Some(Token::Some) => {
                retry = Some((token, letter));
                token += 1;
            }
            Some(other) if is_letter(other, letters[letter]) => {
                token += 1;
                letter += 1;
            }
            _ => match &mut retry {
                Some((star, begun)) => {
                    *begun += 1;
                    (token, letter) = (*star + 1, *begun);
                }
                None => return false,
            },
        }
    }
    tokens[token..].iter().all(|token| *token == Token::Some)
}

fn is_letter(token: &Token, letter: char) -> bool {
    match token {
        Token::Letter(own) => *own == letter,
        Token::Any => true,
        Token::Some => false,
        Token::Set(is_in, ranges) => ranges.iter().any(|(first, last)| (*first..=*last).contains(&letter)) == *is_in,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_stand_for_paths() {
        for (pattern, fits, not) in [
            ("apps/*.yaml", &["apps/a.yaml", "apps/.yaml"][..], &["apps/red/a.yaml", "a.yaml", "apps/a.yml"][..]),
            ("**/*.yaml", &["a.yaml", "a/b/c.yaml"], &["a.yml", "a/b"]),
            ("apps/**", &["apps/a", "apps/a/b"], &["apps", "app/a"]),
            ("apps/**/gw.yaml", &["apps/gw.yaml", "apps/a/b/gw.yaml"], &["apps/agw.yaml", "gw.yaml"]),
            ("**", &["a", "a/b"], &[]),
            ("./a?[b-d].[!x]", &["a1b.y", "aéd.[", "a]c.y"], &["a1e.y", "a1b.x", "ab.y"]),
            ("a[b", &["a[b"], &["ab"]),
            ("[]a]", &["]", "a"], &["b"]),
            ("/srv/*/x", &["/srv/a/x"], &["srv/a/x"]),
            ("a*b*c", &["abc", "a1b2bc", "abbcc"], &["abcd", "acb"]),
            ("a**b", &["ab", "axb"], &["a/b"]),
        ] {
            let glob = Glob::new(pattern);
            for path in fits {
                assert!(glob.matches(path), "{pattern} and {path}");
            }
            for path in not {
                assert!(!glob.matches(path), "{pattern} and {path}");
            }
        }
    }

    #[test]
    fn a_folder_covers_what_is_in_it() {
        for pattern in ["apps/legacy", "apps/legacy/", "apps/leg*", "apps/legacy/**", "**/legacy"] {
            assert!(Glob::new(pattern).covers("apps/legacy/red/a.yaml"), "{pattern}");
            assert!(!Glob::new(pattern).covers("apps/new/a.yaml"), "{pattern}");
        }
    }

    #[test]
    fn only_folders_on_the_way_are_looked_into() {
        for (pattern, into, not) in
            [("apps/*/a.yaml", "apps/red", "platform"), ("*.yaml", "", "apps"), ("**/x", "a/b", "")]
        {
            assert!(into.is_empty() || Glob::new(pattern).leads_into(into), "{pattern} and {into}");
            assert!(not.is_empty() || !Glob::new(pattern).leads_into(not), "{pattern} and {not}");
        }
    }

    #[test]
    fn no_pattern_is_slow() {
        let pattern = "**/".repeat(200) + &"*a".repeat(200) + "b";
        let path = "a/".repeat(2_000) + &"a".repeat(2_000);
        assert!(!Glob::new(&pattern).matches(&path));
    }
}
