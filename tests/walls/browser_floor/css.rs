//! Reads a style sheet: blocks, rules, declarations; strings and comments are no words of it.

/// A rule or an at-rule with what stands in its braces.
#[derive(Debug)]
pub struct Block {
    /// Selector, or the at-rule's name and condition.
    pub head: String,
    /// Declarations in their order: property and value.
    pub declarations: Vec<(String, String)>,
    /// Blocks within.
    pub blocks: Vec<Block>,
    /// The line on which it begins.
    pub line: usize,
}

/// The text with comments taken out and strings emptied; lines stay where they are.
pub fn bare(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '/' if letters.peek() == Some(&'*') => {
                let mut before = ' ';
                letters.next();
                for inner in letters.by_ref() {
                    if inner == '\n' {
                        out.push('\n');
                    }
                    if before == '*' && inner == '/' {
                        break;
                    }
                    before = inner;
                }
                out.push(' ');
            }
            '"' | '\'' => {
                out.push('"');
                while let Some(inner) = letters.next() {
                    if inner == '\\' {
                        letters.next();
                    } else if inner == letter {
                        break;
                    }
                }
                out.push('"');
            }
            _ => out.push(letter),
        }
    }
    out
}

/// What stands on the top level.
pub fn blocks(text: &str) -> Vec<Block> {
    let bare = bare(text);
    let mut reader = Reader {
        letters: bare.chars().collect(),
        at: 0,
        line: 1,
    };
    reader.block(String::new(), 1).blocks
}

struct Reader {
    letters: Vec<char>,
    at: usize,
    line: usize,
}

impl Reader {
    /// Reads to the closing brace, or to the end.
    fn block(&mut self, head: String, line: usize) -> Block {
        let mut block = Block {
            head,
            declarations: Vec::new(),
            blocks: Vec::new(),
            line,
        };
        let mut words = String::new();
        let mut depth = 0;
        while let Some(&letter) = self.letters.get(self.at) {
            self.at += 1;
            self.line += usize::from(letter == '\n');
            match letter {
                '(' | '[' => depth += 1,
                ')' | ']' => depth -= 1,
                _ => {}
            }
            match letter {
                '{' if depth == 0 => {
                    let head = words.trim().to_owned();
                    words.clear();
                    let inner = self.block(head, self.line);
                    block.blocks.push(inner);
                }
                ';' if depth == 0 => self.declare(&mut block, &mut words),
                '}' if depth == 0 => break,
                _ => words.push(letter),
            }
        }
        self.declare(&mut block, &mut words);
        block
    }

    /// A declaration, or an at-rule without braces.
    fn declare(&self, block: &mut Block, words: &mut String) {
        let text = words.trim();
        if text.starts_with('@') {
            block.blocks.push(Block {
                head: text.to_owned(),
                declarations: Vec::new(),
                blocks: Vec::new(),
                line: self.line,
            });
        } else if let Some((property, value)) = text.split_once(':') {
            let pair = (property.trim().to_owned(), value.trim().to_owned());
            block.declarations.push(pair);
        }
        words.clear();
    }
}

/// Parts between commas that stand in no brackets.
pub fn list(text: &str) -> Vec<&str> {
    let mut depth = 0;
    text.split(|letter| {
        match letter {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            _ => {}
        }
        letter == ',' && depth == 0
    })
    .map(str::trim)
    .collect()
}

/// The words that follow a mark: `:name` and `::name` for a colon, `@name` for an at.
pub fn marked(text: &str, mark: char) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(mark) {
        let tail = rest.get(at..).unwrap_or_default();
        let marks = tail.chars().take_while(|letter| *letter == mark).count();
        let word: String = tail
            .chars()
            .skip(marks)
            .take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '-')
            .collect();
        rest = tail.get(marks + word.len()..).unwrap_or_default();
        if word.starts_with(|letter: char| letter.is_ascii_lowercase() || letter == '-') {
            found.push(format!("{}{word}", mark.to_string().repeat(marks)));
        }
    }
    found
}
