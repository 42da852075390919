//! The head of a column: of a described one, or of one that is known only when the table is made;
//! and the common heads that columns share.

use super::{Kind, Table};

/// Characters in a file from which a column is wide on the page, too.
const ROOMY: u16 = 24;

/// The head of a column as it is drawn.
#[derive(Debug, Clone)]
pub struct Head {
    /// Its label with its unit.
    pub label: String,
    /// Its label where a row is stacked.
    pub short: String,
    /// What it shares a common head with; empty: nothing.
    pub group: String,
    /// Characters wide in a file; 0: as its kind is.
    pub wide: u16,
    /// What stands in it.
    pub kind: Kind,
    /// The rows' own name.
    pub head: bool,
}

impl Head {
    /// A column of its own, without a label where its row is stacked.
    pub fn new(label: impl Into<String>, kind: Kind) -> Self {
        Self {
            label: label.into(),
            short: String::new(),
            group: String::new(),
            wide: 0,
            kind,
            head: false,
        }
    }

    /// Below a common head, which columns of the same group that stand together share.
    #[must_use]
    pub fn below(mut self, group: impl Into<String>) -> Self {
        self.group = group.into();
        self
    }

    /// The rows' own name.
    #[must_use]
    pub fn head(mut self) -> Self {
        self.head = true;
        self
    }
}

/// A head of the upper line: a column's own, or a common one.
#[derive(Debug, Clone)]
pub struct Above {
    /// What it says.
    pub label: String,
    /// How many columns it is above; its own: none.
    pub over: Option<usize>,
    /// How it is marked in the page.
    pub class: &'static str,
}

impl Table {
    /// Whether columns share a common head.
    #[must_use]
    pub fn is_grouped(&self) -> bool {
        self.heads.iter().any(|head| !head.group.is_empty())
    }

    /// Whether a column of long texts gets more room than its words ask for.
    #[must_use]
    pub const fn is_roomy(&self, head: &Head) -> bool {
        !self.stacked && head.wide > ROOMY
    }

    /// The upper line of heads: columns that stand together below a common head are one.
    #[must_use]
    pub fn above(&self) -> Vec<Above> {
        let together = |one: &Head, other: &Head| !one.group.is_empty() && one.group == other.group;
        let groups = self.heads.chunk_by(together).filter_map(|together| {
            let first = together.first()?;
            Some(if first.group.is_empty() {
                Above {
                    label: first.label.clone(),
                    over: None,
                    class: first.kind.head_class(),
                }
            } else {
                Above {
                    label: first.group.clone(),
                    over: Some(together.len()),
                    class: "",
                }
            })
        });
        groups.collect()
    }

    /// The heads of the lower line.
    pub fn below(&self) -> impl Iterator<Item = &Head> {
        self.heads.iter().filter(|head| !head.group.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_a_group_share_a_head() {
        let groups = ["", "", "机构分离", "机构分离", "职能分离", "", ""];
        let table = Table {
            caption: String::new(),
            heads: groups
                .map(|group| Head::new("列", Kind::Words).below(group))
                .into(),
            rows: Vec::new(),
            stacked: false,
        };
        let above = table.above();
        let said: Vec<_> = above
            .iter()
            .map(|head| (head.label.as_str(), head.over))
            .collect();
        assert_eq!(
            said,
            [
                ("列", None),
                ("列", None),
                ("机构分离", Some(2)),
                ("职能分离", Some(1)),
                ("列", None),
                ("列", None),
            ]
        );
        assert_eq!(table.below().count(), 3);
    }
}
