//! A rule's page as blocks to show: the little Markdown that the pages use.

/// A block of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// `## …`
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
        } else if let Some(heading) = line.strip_prefix("## ") {
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
        let page = "## What it does\nFinds `a`\nand b.\n\n- one\n  more\n- two\n```yaml\na:\n  b: 1\n```\n";
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
