//! A workbook that somebody took away, worked on for days and brought back: what they changed
//! goes in, what others changed meanwhile stays, and where both changed one cell they say which
//! holds. The order in which workbooks come back does not change what comes of it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Typed;

/// The sheet that says how a workbook stood when it was taken away.
pub const SHEET: &str = "底稿";
/// The column that says which row is which.
pub const ROW: &str = "row";
/// By what the sheet is known.
const MAGIC: &str = "tuogou-ground";

/// How a workbook stood: what it is, whose it is, and a keyed mark of each cell.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ground {
    /// What comes in.
    pub kind: String,
    /// The version of its columns.
    pub version: String,
    /// Whose rows they are.
    pub department: i64,
    /// Row → field → mark.
    pub rows: BTreeMap<String, BTreeMap<String, String>>,
}

/// Why a workbook is not taken for one of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Foreign {
    /// Its ground was changed, or another system wrote it.
    Forged,
    /// Another unit took it away.
    OtherUnit,
    /// It is of another kind.
    OtherKind,
    /// Its columns are not today's.
    Stale,
}

impl Foreign {
    /// What to do.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::Forged => {
                "这份工作簿的底稿（隐藏的工作表）不是本系统写的，或者被改动过，无法核对哪些内容是您改的。请重新下载工作簿，把改动抄入后上传。"
            }
            Self::OtherUnit => {
                "这份工作簿是其他单位下载的，不能由本单位导入。请用本单位下载的工作簿。"
            }
            Self::OtherKind => "这份工作簿不是用在这里的，请到相应的导入页面上传。",
            Self::Stale => "这份工作簿的栏目已经过时。请重新下载工作簿，把改动抄入后上传。",
        }
    }
}

impl Ground {
    /// What the signature covers.
    fn content(&self) -> String {
        let mut content = format!(
            "{MAGIC}\n{}\n{}\n{}",
            self.kind, self.version, self.department
        );
        for (row, marks) in &self.rows {
            content.push('\n');
            content.push_str(row);
            content.push('\t');
            content.push_str(&told(marks));
        }
        content
    }

    /// The rows of its sheet; `sign` gives the mark of the whole.
    #[must_use]
    pub fn sheet(&self, sign: impl FnOnce(&str) -> String) -> Vec<Vec<String>> {
        let signature = sign(&self.content());
        let mut rows = vec![vec![
            MAGIC.to_owned(),
            self.kind.clone(),
            self.version.clone(),
            self.department.to_string(),
            signature,
        ]];
        let own = self.rows.iter();
        rows.extend(own.map(|(row, marks)| vec![row.clone(), told(marks)]));
        rows
    }

    /// From the rows of its sheet.
    pub fn parse(rows: &[Vec<String>], sign: impl FnOnce(&str) -> String) -> Result<Self, Foreign> {
        let (head, rest) = rows.split_first().ok_or(Foreign::Forged)?;
        let [magic, kind, version, department, signature] = head.as_slice() else {
            return Err(Foreign::Forged);
        };
        let mut ground = Self {
            kind: kind.clone(),
            version: version.clone(),
            department: department.parse().map_err(|_| Foreign::Forged)?,
            rows: BTreeMap::new(),
        };
        for row in rest {
            let (name, marks) = match row.as_slice() {
                [name] => (name, ""),
                [name, marks] => (name, marks.as_str()),
                _ => return Err(Foreign::Forged),
            };
            let marks = marks.split_whitespace().filter_map(|mark| {
                let (field, mark) = mark.rsplit_once('=')?;
                Some((field.to_owned(), mark.to_owned()))
            });
            ground.rows.insert(name.clone(), marks.collect());
        }
        if magic != MAGIC || sign(&ground.content()) != *signature {
            return Err(Foreign::Forged);
        }
        Ok(ground)
    }

    /// Whether it belongs here.
    pub fn belongs(&self, kind: &str, version: &str, department: i64) -> Result<(), Foreign> {
        if self.kind != kind {
            Err(Foreign::OtherKind)
        } else if self.department != department {
            Err(Foreign::OtherUnit)
        } else if self.version != version {
            Err(Foreign::Stale)
        } else {
            Ok(())
        }
    }
}

fn told(marks: &BTreeMap<String, String>) -> String {
    let marks = marks.iter().map(|(field, mark)| format!("{field}={mark}"));
    marks.collect::<Vec<_>>().join(" ")
}

/// A cell that both changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The field.
    pub field: String,
    /// What the workbook says.
    pub mine: String,
    /// What stands.
    pub theirs: String,
}

/// A row merged with what stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Merged {
    /// What goes in.
    pub typed: Typed,
    /// What somebody must settle first.
    pub conflicts: Vec<Conflict>,
}

/// Merges a row: `base` are the marks of what stood when it was taken away, `theirs` what stands
/// now. Blank says nothing, as everywhere.
#[must_use]
pub fn merge(
    mine: &Typed,
    base: &BTreeMap<String, String>,
    theirs: &Typed,
    mark: &dyn Fn(&str, &str) -> String,
) -> Merged {
    let mut merged = Merged::default();
    for (field, value) in mine {
        let Some(stood) = base.get(field) else {
            merged.typed.insert(field.clone(), value.clone());
            continue;
        };
        let now = theirs.get(field).map_or("", String::as_str);
        let touched = mark(field, value) != *stood;
        if !touched || value == now {
            continue;
        }
        if mark(field, now) == *stood {
            merged.typed.insert(field.clone(), value.clone());
        } else {
            merged.conflicts.push(Conflict {
                field: field.clone(),
                mine: value.clone(),
                theirs: now.to_owned(),
            });
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn mark(field: &str, value: &str) -> String {
        format!("{field}:{value}")
            .bytes()
            .rev()
            .map(char::from)
            .collect::<String>()
            .replace([' ', '='], "_")
    }

    fn ground() -> Ground {
        let row = BTreeMap::from([("name".to_owned(), "a1".to_owned())]);
        Ground {
            kind: "register".to_owned(),
            version: "1".to_owned(),
            department: 7,
            rows: BTreeMap::from([("12".to_owned(), row), ("13".to_owned(), BTreeMap::new())]),
        }
    }

    #[test]
    fn a_ground_reads_back_and_a_changed_one_does_not() {
        let sign = |text: &str| mark("", text);
        let sheet = ground().sheet(sign);
        assert_eq!(Ground::parse(&sheet, sign), Ok(ground()));
        for (row, column, other) in [(0, 3, "8"), (1, 0, "14"), (1, 1, "name=b2"), (0, 4, "x")] {
            let mut forged = sheet.clone();
            forged[row][column] = other.to_owned();
            assert_eq!(
                Ground::parse(&forged, sign),
                Err(Foreign::Forged),
                "{row} {column}"
            );
        }
        assert_eq!(ground().belongs("survey", "1", 7), Err(Foreign::OtherKind));
        assert_eq!(ground().belongs("register", "2", 7), Err(Foreign::Stale));
        assert_eq!(
            ground().belongs("register", "1", 8),
            Err(Foreign::OtherUnit)
        );
    }

    type Cells = BTreeMap<String, String>;

    fn cells() -> impl Strategy<Value = Cells> {
        proptest::collection::btree_map("[a-d]", "[x-z]{1,2}", 0..4)
    }

    /// What stands after a workbook came back: its edits, without what is in conflict.
    fn after(stands: &Cells, base: &Cells, book: &Cells) -> (Cells, Vec<String>) {
        let marks = base
            .iter()
            .map(|(field, value)| (field.clone(), mark(field, value)));
        let merged = merge(book, &marks.collect(), stands, &mark);
        let mut now = stands.clone();
        now.extend(merged.typed);
        (
            now,
            merged
                .conflicts
                .into_iter()
                .map(|each| each.field)
                .collect(),
        )
    }

    proptest! {
        #[test]
        fn the_order_of_workbooks_does_not_change_what_comes_of_them(base in cells(), one in cells(), two in cells()) {
            let whole = |edits: &Cells| -> Cells {
                let kept = base.iter().map(|(field, value)| {
                    (field.clone(), edits.get(field).unwrap_or(value).clone())
                });
                kept.collect()
            };
            let (one, two) = (whole(&one), whole(&two));
            let (first, _) = after(&base, &base, &one);
            let (both, conflicts) = after(&first, &base, &two);
            let (other, _) = after(&base, &base, &two);
            let (back, again) = after(&other, &base, &one);
            prop_assert_eq!(&conflicts, &again);
            for field in base.keys().filter(|field| !conflicts.contains(field)) {
                prop_assert_eq!(both.get(field), back.get(field));
            }
        }

        #[test]
        fn what_nobody_touched_changes_nothing(base in cells(), stands in cells()) {
            let (now, conflicts) = after(&stands, &base, &base);
            prop_assert_eq!(now, stands);
            prop_assert!(conflicts.is_empty());
        }
    }
}
