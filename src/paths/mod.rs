//! Every address of the program, once: routes, pages and templates name these, so that
//! an address that leads nowhere does not compile. They stand before all rooms, since a
//! page may link to what a later room shows; one file for each room.

pub mod accounts;
pub mod activities;
pub mod archive;
pub mod closing;
pub mod comments;
pub mod corrections;
pub mod dashboard;
pub mod exits;
pub mod findings;
pub mod help;
pub mod holdings;
pub mod imports;
pub mod oversight;
pub mod phrases;
pub mod plan;
pub mod posts;
pub mod progress;
pub mod registrations;
pub mod registry;
pub mod roster;
pub mod settings;
pub mod signing;
pub mod survey;
pub mod timeline;
pub mod web;
pub mod workgroups;

use std::fmt::Display;

/// An address with `N` numbers or names in it, as the route table writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Path<const N: usize>(&'static str);

impl<const N: usize> Path<N> {
    /// An address as a constant.
    ///
    /// # Panics
    ///
    /// When there is another number of `{…}` than `N`: such a constant does not compile.
    #[must_use]
    pub const fn new(pattern: &'static str) -> Self {
        assert!(holes(pattern) == N, "another number of holes than told");
        Self(pattern)
    }

    /// As the route table writes it.
    #[must_use]
    pub const fn pattern(self) -> &'static str {
        self.0
    }

    fn filled(self, values: [&dyn Display; N]) -> String {
        let mut address = String::with_capacity(self.0.len() + 8 * N);
        let mut values = values.into_iter();
        let mut rest = self.0;
        while let Some((before, hole)) = rest.split_once('{') {
            address.push_str(before);
            if let Some(value) = values.next() {
                address.push_str(&value.to_string());
            }
            rest = hole.split_once('}').map_or("", |(_, after)| after);
        }
        address.push_str(rest);
        address
    }
}

impl Path<0> {
    /// The address.
    #[must_use]
    pub const fn at(self) -> &'static str {
        self.0
    }
}

impl Path<1> {
    /// The address of one thing.
    #[must_use]
    pub fn at(self, one: impl Display) -> String {
        self.filled([&one])
    }
}

impl Path<2> {
    /// The address of one thing in another.
    #[must_use]
    pub fn at(self, one: impl Display, two: impl Display) -> String {
        self.filled([&one, &two])
    }
}

impl Path<3> {
    /// The address of one thing in another in a third.
    #[must_use]
    pub fn at(self, one: impl Display, two: impl Display, three: impl Display) -> String {
        self.filled([&one, &two, &three])
    }
}

impl Display for Path<0> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.0)
    }
}

impl<const N: usize> From<Path<N>> for &'static str {
    fn from(path: Path<N>) -> Self {
        path.0
    }
}

const fn holes(pattern: &str) -> usize {
    let mut bytes = pattern.as_bytes();
    let mut found = 0;
    while let [first, rest @ ..] = bytes {
        if *first == b'{' {
            found += 1;
        }
        bytes = rest;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::Path;

    #[test]
    fn the_parts_stand_in_their_order() {
        const ITEM: Path<2> = Path::new("/associations/{association}/progress/{item}");
        assert_eq!(ITEM.at(17, 4), "/associations/17/progress/4");
        assert_eq!(Path::<0>::new("/exits").to_string(), "/exits");
    }
}
