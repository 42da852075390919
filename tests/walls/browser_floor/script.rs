//! Reads a script: its words without comments, strings and patterns, and its strings apart.

/// The code and the strings of a script.
#[derive(Debug, Default)]
pub struct Script {
    /// Code; a string is `""`, a pattern `0`. What stands in `${}` is code. Lines stay.
    pub code: String,
    /// The texts of strings and templates.
    pub strings: Vec<String>,
    /// The flags of patterns.
    pub flags: Vec<String>,
}

/// After these a slash begins a pattern, not a division.
const BEFORE_A_PATTERN: &str = "(,=:[!&|?{};>";

/// Takes a script apart.
pub fn read(text: &str) -> Script {
    let mut reader = Reader {
        letters: text.chars().collect(),
        at: 0,
        script: Script::default(),
    };
    reader.code(false);
    reader.script
}

struct Reader {
    letters: Vec<char>,
    at: usize,
    script: Script,
}

impl Reader {
    fn next(&mut self) -> Option<char> {
        let letter = self.letters.get(self.at).copied();
        self.at += 1;
        letter
    }

    fn peek(&self) -> Option<char> {
        self.letters.get(self.at).copied()
    }

    /// Code to the end, or to the brace that closes a `${`.
    fn code(&mut self, within: bool) {
        let mut depth = 0;
        while let Some(letter) = self.next() {
            match letter {
                '/' if self.peek() == Some('/') => self.skip_line(),
                '/' if self.peek() == Some('*') => self.skip_comment(),
                '/' if self.pattern_may_begin() => self.pattern(),
                '"' | '\'' => self.string(letter),
                '`' => self.template(),
                '}' if within && depth == 0 => return,
                _ => {
                    depth += i32::from(letter == '{') - i32::from(letter == '}');
                    self.script.code.push(letter);
                }
            }
        }
    }

    fn pattern_may_begin(&self) -> bool {
        self.script
            .code
            .trim_end()
            .chars()
            .last()
            .is_none_or(|last| BEFORE_A_PATTERN.contains(last))
    }

    fn skip_line(&mut self) {
        while self.peek().is_some_and(|letter| letter != '\n') {
            self.at += 1;
        }
    }

    fn skip_comment(&mut self) {
        self.at += 1;
        while let Some(letter) = self.next() {
            if letter == '\n' {
                self.script.code.push('\n');
            }
            if letter == '*' && self.peek() == Some('/') {
                self.at += 1;
                return;
            }
        }
    }

    fn pattern(&mut self) {
        let mut class = false;
        while let Some(letter) = self.next() {
            match letter {
                '\\' => self.at += 1,
                '[' => class = true,
                ']' => class = false,
                '/' if !class => break,
                _ => {}
            }
        }
        let mut flags = String::new();
        while self
            .peek()
            .is_some_and(|letter| letter.is_ascii_alphabetic())
        {
            flags.extend(self.next());
        }
        self.script.flags.push(flags);
        self.script.code.push('0');
    }

    fn string(&mut self, end: char) {
        let mut text = String::new();
        while let Some(letter) = self.next() {
            match letter {
                '\\' => text.extend(self.next()),
                _ if letter == end => break,
                _ => text.push(letter),
            }
        }
        self.script.strings.push(text);
        self.script.code.push_str("\"\"");
    }

    fn template(&mut self) {
        let mut text = String::new();
        self.script.code.push_str("\"\"");
        while let Some(letter) = self.next() {
            match letter {
                '\\' => text.extend(self.next()),
                '`' => break,
                '$' if self.peek() == Some('{') => {
                    self.at += 1;
                    self.script.code.push('(');
                    self.code(true);
                    self.script.code.push(')');
                    text.push('…');
                }
                _ => text.push(letter),
            }
        }
        self.script.strings.push(text);
    }
}

/// Words of the code, each with the two letters before it and the one after.
pub fn words(code: &str) -> Vec<(String, String, char)> {
    let letters: Vec<char> = code.chars().collect();
    let part = |letter: &char| letter.is_alphanumeric() || *letter == '_' || *letter == '$';
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(letter) = letters.get(at) {
        if !part(letter) {
            at += 1;
            continue;
        }
        let word: String = letters
            .iter()
            .skip(at)
            .take_while(|each| part(each))
            .collect();
        let before: String = letters.iter().take(at).rev().take(2).rev().collect();
        at += word.chars().count();
        let after = letters.get(at).copied().unwrap_or(' ');
        if !word.starts_with(|first: char| first.is_ascii_digit()) {
            found.push((word, before, after));
        }
    }
    found
}
