//! The completion table on a page.

use askama::Template;

use crate::access::Scope;
use crate::closing::rules::{Completion, Facts};
use crate::closing::store;
use crate::web::list::Pager;
use crate::web::page::Page;
use crate::web::table::{Head, Shown, Table};
use crate::web::{Error, Form, Look, View};

use super::columns::COLUMNS;
use super::file::title;

/// Rows of a page: each is read across more than thirty columns.
const ROWS: i64 = 20;

/// The page.
#[derive(Template)]
#[template(path = "closing/completion.html")]
pub struct CompletionPage {
    page: Page,
    /// The form's name.
    title: String,
    rows: Table,
    heads: Vec<Above>,
    pager: Pager,
    /// All rows are one unit's.
    of_unit: bool,
}

/// A head of the upper line: a column's own, or a common one.
struct Above {
    label: String,
    /// How many columns it is above; its own: none.
    over: Option<usize>,
    class: &'static str,
}

/// The upper line: columns that stand together below a common head are one.
fn above(heads: &[Head]) -> Vec<Above> {
    let together = |one: &Head, other: &Head| !one.group.is_empty() && one.group == other.group;
    let groups = heads.chunk_by(together).filter_map(|together| {
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

impl CompletionPage {
    /// The heads of the lower line.
    fn below(&self) -> impl Iterator<Item = &Head> {
        self.rows.heads.iter().filter(|head| !head.group.is_empty())
    }
}

impl View for CompletionPage {
    async fn open(look: Look<'_>, _: Option<Form>) -> Result<Self, Error> {
        let (db, app, allowed) = (look.db, look.app, look.allowed);
        let (scheme, today) = (&app.scheme, app.clock.today());
        let scope = Scope::of(allowed.actor());
        let total = store::count(db, &scope).await?;
        let skipped = Pager::skipped(allowed.query(), total, ROWS);
        let found = store::page(db, (&scope, scheme), (skipped, ROWS)).await?;
        let shown = Shown::to(allowed.actor(), COLUMNS);
        let cells = |(number, facts): (i64, &Facts)| {
            shown.cells(number, &Completion::of(facts, scheme, today))
        };
        let title = title(scheme);
        let rows = Table {
            caption: title.clone(),
            heads: shown.heads(),
            rows: (skipped + 1..).zip(&found).map(cells).collect(),
            stacked: false,
        };
        Ok(Self {
            page: allowed.page("完成情况表"),
            title,
            heads: above(&rows.heads),
            rows,
            pager: Pager {
                total: format!("共{total}个协会"),
                ..Pager::sized(allowed.query(), total, ROWS)
            },
            of_unit: allowed.actor().role().is_unit(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heads() -> Vec<Head> {
        let groups = ["", "", "机构分离", "机构分离", "职能分离", "", ""];
        let head = |group: &'static str| Head {
            label: "列".to_owned(),
            short: "列",
            group: group.to_owned(),
            wide: 0,
            kind: crate::web::table::Kind::Words,
            head: false,
        };
        groups.map(head).into()
    }

    #[test]
    fn columns_of_a_group_share_a_head() {
        let above = above(&heads());
        let said = above.iter().map(|head| (head.label.as_str(), head.over));
        assert_eq!(
            said.collect::<Vec<_>>(),
            [
                ("列", None),
                ("列", None),
                ("机构分离", Some(2)),
                ("职能分离", Some(1)),
                ("列", None),
                ("列", None),
            ]
        );
    }
}
