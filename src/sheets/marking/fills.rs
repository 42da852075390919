//! The fills of a book, and our reds among them.

use super::tag::Tag;

/// Our red: one shade away from the "bad" of spreadsheet programs, FFC7CE.
const OURS: &str = "FFFFC8CE";

/// What a fill is, as far as it matters here: its colours' attributes if it is solid.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Solid {
    front: String,
    back: String,
}

/// The fills of a book.
pub struct Fills {
    prefix: String,
    solids: Vec<Option<Solid>>,
    added: Vec<String>,
}

impl Fills {
    /// From the sources of the `fill` elements. Programs keep the first two for "none" and
    /// "grey", whatever stands there, so there are always two.
    pub fn read(fills: &[String], prefix: &str) -> Self {
        let solids = fills.iter().map(|fill| solid(fill, prefix)).collect();
        let mut fills = Self {
            prefix: prefix.to_owned(),
            solids,
            added: Vec::new(),
        };
        for pattern in ["none", "gray125"].iter().skip(fills.solids.len()) {
            fills.add(
                None,
                &format!("<{prefix}patternFill patternType=\"{pattern}\"/>"),
            );
        }
        fills
    }

    /// Whether there is a red of ours.
    pub fn marked(&self) -> bool {
        self.solids.iter().flatten().any(Solid::is_ours)
    }

    /// Whether a fill is a red of ours.
    pub fn is_ours(&self, fill: u32) -> bool {
        self.get(fill).is_some_and(Solid::is_ours)
    }

    /// The red that keeps a fill's colour, added if there is none.
    pub fn red(&mut self, fill: u32) -> u32 {
        let back = self
            .get(fill)
            .map_or_else(|| AUTOMATIC.to_owned(), |solid| solid.front.clone());
        let red = Solid {
            front: format!("rgb=\"{OURS}\""),
            back,
        };
        if let Some(at) = self
            .solids
            .iter()
            .position(|solid| solid.as_ref().is_some_and(|solid| solid.same(&red)))
        {
            return u32::try_from(at).unwrap_or(0);
        }
        let prefix = &self.prefix;
        let source = format!(
            "<{prefix}patternFill patternType=\"solid\"><{prefix}fgColor {}/><{prefix}bgColor {}/></{prefix}patternFill>",
            red.front, red.back
        );
        self.add(Some(red), &source)
    }

    /// The fill that a red took the place of; none if it is there no more.
    pub fn before(&self, fill: u32) -> u32 {
        let Some(red) = self.get(fill).filter(|red| red.back != AUTOMATIC) else {
            return 0;
        };
        let found = self.solids.iter().position(|solid| {
            solid
                .as_ref()
                .is_some_and(|solid| !solid.is_ours() && solid.front == red.back)
        });
        found.and_then(|at| u32::try_from(at).ok()).unwrap_or(0)
    }

    /// Sources of the fills that are new, and how many there are in all.
    pub fn added(&self) -> (&[String], usize) {
        (&self.added, self.solids.len())
    }

    fn get(&self, fill: u32) -> Option<&Solid> {
        self.solids.get(usize::try_from(fill).ok()?)?.as_ref()
    }

    fn add(&mut self, solid: Option<Solid>, pattern: &str) -> u32 {
        let prefix = &self.prefix;
        self.added
            .push(format!("<{prefix}fill>{pattern}</{prefix}fill>"));
        self.solids.push(solid);
        u32::try_from(self.solids.len() - 1).unwrap_or(0)
    }
}

/// The colour that programs write where nothing is chosen.
const AUTOMATIC: &str = "indexed=\"64\"";

impl Solid {
    fn is_ours(&self) -> bool {
        // Some programs write another opacity before the colour.
        self.front.to_ascii_uppercase().contains("FFC8CE")
    }

    /// Both ours, and the same beneath.
    fn same(&self, other: &Self) -> bool {
        self.is_ours() && other.is_ours() && self.back == other.back
    }
}

fn solid(fill: &str, prefix: &str) -> Option<Solid> {
    let mut tags = fill
        .split_inclusive('>')
        .filter_map(|piece| piece.find('<').and_then(|at| piece.get(at..)));
    let pattern = tags.find(|tag| Tag(tag).is(prefix, "patternFill"))?;
    if Tag(pattern).attribute("patternType") != Some("solid") {
        return None;
    }
    let colours: Vec<&str> = tags.collect();
    let colour = |name| {
        let tag = colours.iter().find(|tag| Tag(tag).is(prefix, name))?;
        let attributes: Vec<_> = Tag(tag)
            .attributes()
            .map(|attribute| format!("{}=\"{}\"", attribute.name, attribute.value))
            .collect();
        Some(attributes.join(" "))
    };
    let automatic = || AUTOMATIC.to_owned();
    Some(Solid {
        front: colour("fgColor").unwrap_or_else(automatic),
        back: colour("bgColor").unwrap_or_else(automatic),
    })
}
