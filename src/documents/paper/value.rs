//! What a sentence consists of: words, and figures that know where they come from.

/// A figure in a text, with its source: what the page shows as "38.50㎡ ← 摸底第1版 SV-55".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bound {
    /// As it stands in the text, with its unit: 38.50㎡.
    pub shown: String,
    /// Where it was taken from, in the room's own words: 摸底第1版 SV-55.
    pub source: String,
    /// What the facts say today, where that differs from what stands here.
    pub now: Option<String>,
}

impl Bound {
    /// A figure that agrees with its source.
    #[must_use]
    pub fn new(shown: impl Into<String>, source: impl Into<String>) -> Self {
        Self {
            shown: shown.into(),
            source: source.into(),
            now: None,
        }
    }

    /// Held against what the facts say today, written in the same way.
    #[must_use]
    pub fn against(mut self, today: impl Into<String>) -> Self {
        let today = today.into();
        self.now = (today != self.shown).then_some(today);
        self
    }

    /// Whether it still agrees with the facts.
    #[must_use]
    pub fn stands(&self) -> bool {
        self.now.is_none()
    }
}

/// A part of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Words that claim nothing that could be looked up.
    Said(String),
    /// A figure with its source.
    Bound(Bound),
}

/// A part of one line of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Words.
    Said(&'a str),
    /// A figure with its source.
    Bound(&'a Bound),
}

/// What is said in one go: a paragraph or a cell. Where the words have line breaks (somebody
/// typed them so), each line becomes a paragraph of its own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sentence(pub Vec<Part>);

impl Sentence {
    /// Nothing said yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// And then these words.
    #[must_use]
    pub fn say(mut self, words: impl Into<String>) -> Self {
        self.0.push(Part::Said(words.into()));
        self
    }

    /// And then this figure.
    #[must_use]
    pub fn bind(mut self, figure: Bound) -> Self {
        self.0.push(Part::Bound(figure));
        self
    }

    /// And then all of another sentence.
    #[must_use]
    pub fn join(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// As it is read.
    #[must_use]
    pub fn text(&self) -> String {
        let parts = self.0.iter().map(|part| match part {
            Part::Said(words) => words.as_str(),
            Part::Bound(figure) => figure.shown.as_str(),
        });
        parts.collect()
    }

    /// Whether nothing is said, as in a cell that is filled in by hand.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines().is_empty()
    }

    /// The figures in it, in their order.
    pub fn bounds(&self) -> impl Iterator<Item = &Bound> {
        self.0.iter().filter_map(|part| match part {
            Part::Said(_) => None,
            Part::Bound(figure) => Some(figure),
        })
    }

    /// Whether all figures in it still agree with the facts.
    #[must_use]
    pub fn stands(&self) -> bool {
        self.bounds().all(Bound::stands)
    }

    /// Line by line; empty lines are left out, and so is white space around a line.
    #[must_use]
    pub fn lines(&self) -> Vec<Vec<Piece<'_>>> {
        let mut lines = vec![Vec::new()];
        for part in &self.0 {
            match part {
                Part::Bound(figure) => put(&mut lines, Piece::Bound(figure)),
                Part::Said(words) => {
                    for (number, line) in words.split(['\n', '\r', '\u{b}', '\u{c}']).enumerate() {
                        if number > 0 {
                            lines.push(Vec::new());
                        }
                        put(&mut lines, Piece::Said(line));
                    }
                }
            }
        }
        let lines = lines.into_iter().map(trimmed);
        lines.filter(|line| !line.is_empty()).collect()
    }
}

/// One more piece in the last line.
fn put<'a>(lines: &mut [Vec<Piece<'a>>], piece: Piece<'a>) {
    if let Some(line) = lines.last_mut() {
        line.push(piece);
    }
}

/// Without white space at the line's ends; an indent is the layout's, not the typist's.
fn trimmed(mut line: Vec<Piece<'_>>) -> Vec<Piece<'_>> {
    if let Some(Piece::Said(words)) = line.first_mut() {
        *words = words.trim_start();
    }
    if let Some(Piece::Said(words)) = line.last_mut() {
        *words = words.trim_end();
    }
    line.retain(|piece| !matches!(piece, Piece::Said("")));
    line
}

impl From<&str> for Sentence {
    fn from(words: &str) -> Self {
        Self::new().say(words)
    }
}

impl From<String> for Sentence {
    fn from(words: String) -> Self {
        Self::new().say(words)
    }
}

impl From<&String> for Sentence {
    fn from(words: &String) -> Self {
        Self::new().say(words.as_str())
    }
}

impl From<Bound> for Sentence {
    fn from(figure: Bound) -> Self {
        Self::new().bind(figure)
    }
}
