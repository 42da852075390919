//! The style sheet against the lists.

use super::css::{self, Block};
use super::features::{AT_RULES, FUNCTIONS, ORNAMENTS, PROPERTIES, PSEUDOS, UNITS, VALUES};
use super::{complaint, lists};

/// The condition that holds in Chromium 83 alone: `appearance` and gaps in flex boxes
/// both came with 84.
const WITHOUT_GAP: &str = "@supports not (appearance: none)";

/// What the sheet says that the floor does not understand.
pub fn faults(text: &str) -> Vec<String> {
    let blocks = css::blocks(text);
    let mut reader = Reader {
        wrong: Vec::new(),
        asked: Vec::new(),
        grids: Vec::new(),
        spaced: Vec::new(),
    };
    reader.collect(&blocks, false);
    for block in &blocks {
        reader.block(block, false);
    }
    reader.wrong
}

struct Reader {
    wrong: Vec<String>,
    /// Conditions of the @supports around the block that is read.
    asked: Vec<String>,
    /// Selectors of grids, in which a gap is known.
    grids: Vec<String>,
    /// Selectors whose children have margins where a flex box knows no gap.
    spaced: Vec<String>,
}

impl Reader {
    /// Notes grids, and what Chromium 83 gets in place of gaps.
    fn collect(&mut self, blocks: &[Block], without_gap: bool) {
        for block in blocks {
            let selectors = css::list(&block.head).into_iter();
            if without_gap {
                // The innermost box: in `.menu > ul > * + *` it is the list that has the gap.
                let parents = selectors.filter_map(|each| each.rsplit_once(" >"));
                self.spaced.extend(parents.map(|pair| pair.0.to_owned()));
            } else if shown_as(block, "grid") {
                self.grids.extend(selectors.map(str::to_owned));
            }
            self.collect(&block.blocks, without_gap || block.head == WITHOUT_GAP);
        }
    }

    fn block(&mut self, block: &Block, within_a_rule: bool) {
        if block.head.starts_with('@') {
            self.at_rule(block);
        } else if within_a_rule {
            let place = place(block);
            self.wrong
                .push(format!("{place}: nesting needs Chromium 112"));
        } else {
            self.rule(block);
        }
    }

    fn at_rule(&mut self, block: &Block) {
        let place = place(block);
        for name in css::marked(&block.head, '@') {
            if !lists(AT_RULES, &name) && !ornament(&name) {
                self.wrong.push(complaint(&place, &name));
            }
        }
        if block.head.starts_with("@media") && block.head.contains(['<', '>', '=']) {
            let head = &block.head;
            self.wrong
                .push(format!("{place}: {head} needs Chromium 104"));
        }
        self.asked.push(block.head.clone());
        for inner in &block.blocks {
            self.block(inner, false);
        }
        self.asked.pop();
        self.declarations(block);
    }

    fn rule(&mut self, block: &Block) {
        let place = place(block);
        let selectors = css::list(&block.head);
        for pseudo in css::marked(&block.head, ':') {
            if lists(PSEUDOS, &pseudo) {
                continue;
            }
            if !ornament(&pseudo) {
                self.wrong.push(complaint(&place, &pseudo));
            } else if !selectors.iter().all(|each| each.contains(&pseudo)) {
                self.wrong.push(format!(
                    "{place}: {pseudo} takes the other selectors with it"
                ));
            }
        }
        let foreign = |each: &&str| each.contains("::-");
        if selectors.len() > 1 && selectors.iter().any(foreign) {
            self.wrong
                .push(format!("{place}: an engine's own part stands alone"));
        }
        self.wrong.extend(doubled_not(&place, &block.head));
        self.declarations(block);
        for inner in &block.blocks {
            self.block(inner, true);
        }
    }

    fn declarations(&mut self, block: &Block) {
        let place = place(block);
        // `start` and `end` are old in a grid and newer in a flex box.
        let grid = css::list(&block.head)
            .iter()
            .all(|each| self.grids.iter().any(|grid| grid == each));
        let in_grid =
            |property: &str| grid && ["align-items", "justify-content"].contains(&property);
        for (at, (property, value)) in block.declarations.iter().enumerate() {
            if !property.starts_with("--") {
                self.property(block, property);
            }
            if property == "gap" || property == "row-gap" || property == "column-gap" {
                self.gap(block);
            }
            for word in words(value) {
                let newer = |each: &&(&str, &str, u16)| {
                    (each.0 == property || each.0 == "*") && each.1 == word && !in_grid(property)
                };
                if let Some((_, _, version)) = VALUES.iter().find(newer) {
                    self.wrong.push(format!(
                        "{place}: {property}: {word} needs Chromium {version}"
                    ));
                }
            }
            for unit in units(value) {
                if !lists(UNITS, &unit) {
                    self.wrong.push(complaint(&place, &unit));
                }
            }
            for function in functions(value) {
                let before = block.declarations.iter().take(at);
                let stands =
                    ornament(&function) && before.clone().any(|each| covers(&each.0, property));
                if !lists(FUNCTIONS, &function) && !stands {
                    self.wrong.push(complaint(&place, &function));
                }
            }
        }
    }

    fn property(&mut self, block: &Block, property: &str) {
        let place = place(block);
        if let Some(plain) = property.strip_prefix("-webkit-") {
            if !block.declarations.iter().any(|each| each.0 == plain) {
                self.wrong
                    .push(format!("{place}: {property} is one engine's own"));
            }
            return;
        }
        // Without it something else is laid out: it stands where it is asked for.
        let asked =
            property != "field-sizing" || self.asked.iter().any(|each| each.contains(property));
        let known = lists(PROPERTIES, property) || (ornament(property) && asked);
        if !known {
            self.wrong.push(complaint(&place, property));
        }
    }

    fn gap(&mut self, block: &Block) {
        for selector in css::list(&block.head) {
            let grid = self.grids.iter().any(|each| each == selector);
            let spaced = self.spaced.iter().any(|each| each == selector);
            if !grid && !spaced {
                let place = place(block);
                self.wrong.push(format!(
                    "{place}: gap in a flex box needs Chromium 84: its children need margins under {WITHOUT_GAP}"
                ));
            }
        }
    }
}

/// Where a complaint is about.
fn place(block: &Block) -> String {
    let head: String = block.head.chars().take(60).collect();
    format!("css:{} {head}", block.line)
}

fn ornament(name: &str) -> bool {
    ORNAMENTS.iter().any(|each| each.0 == name)
}

fn shown_as(block: &Block, display: &str) -> bool {
    block
        .declarations
        .iter()
        .any(|each| each.0 == "display" && each.1 == display)
}

/// Whether one property says what another says: itself or its shorthand.
fn covers(shorthand: &str, property: &str) -> bool {
    property == shorthand || property.starts_with(&format!("{shorthand}-"))
}

/// `:not` with a list.
pub fn doubled_not(place: &str, selector: &str) -> Option<String> {
    let doubled = selector.split(":not(").skip(1).any(|rest| {
        let mut depth = 1;
        rest.chars()
            .take_while(|letter| {
                depth += i32::from(*letter == '(') - i32::from(*letter == ')');
                depth > 0
            })
            .any(|letter| letter == ',')
    });
    doubled.then(|| format!("{place}: :not with a list needs Chromium 88"))
}

/// Words of a value, outside of functions or within.
fn words(value: &str) -> Vec<&str> {
    value
        .split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-')
        .filter(|word| !word.is_empty())
        .collect()
}

/// Names before an opening bracket.
fn functions(value: &str) -> Vec<String> {
    let part = |letter: &char| letter.is_ascii_alphanumeric() || *letter == '-';
    value
        .match_indices('(')
        .map(|(at, _)| {
            let before = value.get(..at).unwrap_or_default();
            let name: Vec<char> = before.chars().rev().take_while(part).collect();
            name.into_iter().rev().collect::<String>()
        })
        .filter(|name| !name.is_empty())
        .collect()
}

/// Letters that follow a number; colours and names with figures are none.
fn units(value: &str) -> Vec<String> {
    value
        .split(|letter: char| letter.is_whitespace() || "(),/*+".contains(letter))
        .filter(|word| {
            word.trim_start_matches(['-', '.'])
                .starts_with(|first: char| first.is_ascii_digit())
        })
        .map(|word| {
            word.trim_start_matches(|letter: char| letter.is_ascii_digit() || "-.".contains(letter))
                .to_owned()
        })
        .filter(|unit| {
            !unit.is_empty()
                && unit
                    .chars()
                    .all(|letter| letter.is_ascii_lowercase() || letter == '%')
        })
        .collect()
}
