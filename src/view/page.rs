//! A rule's page as blocks to show: the little Markdown that the pages use.

/// The page of a rule in `docs/rules.md`, without the line that names the rule.
#[must_use]
pub fn of_rule<'a>(document: &'a str, code: &str) -> Option<&'a str> {
    let (_, rest) = document.split_once(&format!("\n### {code}\n"))?;
    let (page, _) = rest.split_once("\n### ").unwrap_or((rest, ""));
    let (page, _) = page.split_once("\n## ").unwrap_or((page, ""));
    page.find("#### ").and_then(|start| page.get(start..))
}

/// The first paragraph of a page: what the rule finds.
#[must_use]
pub fn summary(page: &str) -> Option<String> {
    blocks(page).into_iter().find_map(|block| match block {
        Block::Paragraph(text) => Some(text),
        _ => None,
    })
}

/// A block of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// `## …`, at any level.
    Heading(String),
    /// Lines of text, joined; names in backticks.
    Paragraph(String),
    /// Lines that begin with `- `.
    List(Vec<String>),
    /// A fenced block.
    Code(String),
}

/// Splits a page into blocks.
#[must_use]
pub fn blocks(page: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut code: Option<String> = None;
    for line in page.lines() {
        if line.starts_with("```") {
            match code.take() {
                Some(text) => blocks.push(Block::Code(text)),
                None => code = Some(String::new()),
            }
        } else if let Some(text) = &mut code {
            text.push_str(line);
            text.push('\n');
        } else if let Some(heading) = line.trim_start_matches('#').strip_prefix(' ').filter(|_| line.starts_with('#')) {
            blocks.push(Block::Heading(heading.to_owned()));
        } else if let Some(item) = line.strip_prefix("- ") {
            match blocks.last_mut() {
                Some(Block::List(items)) => items.push(item.to_owned()),
                _ => blocks.push(Block::List(vec![item.to_owned()])),
            }
        } else if line.trim().is_empty() {
            blocks.push(Block::Paragraph(String::new()));
        } else {
            match blocks.last_mut() {
                Some(Block::Paragraph(text)) if !text.is_empty() => {
                    text.push(' ');
                    text.push_str(line.trim());
                }
                Some(Block::List(items)) => {
                    if let Some(item) = items.last_mut() {
                        item.push(' ');
                        item.push_str(line.trim());
                    }
                }
                _ => blocks.push(Block::Paragraph(line.trim().to_owned())),
            }
        }
    }
    blocks.retain(|block| *block != Block::Paragraph(String::new()));
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_read() {
        let page = "#### What it does\nFinds `a`\nand b.\n\n- one\n  more\n- two\n```yaml\na:\n  b: 1\n```\n";
        assert_eq!(
            blocks(page),
            [
                Block::Heading("What it does".into()),
                Block::Paragraph("Finds `a` and b.".into()),
                Block::List(vec!["one more".into(), "two".into()]),
                Block::Code("a:\n  b: 1\n".into()),
            ]
        );
    }
}
