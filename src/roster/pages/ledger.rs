//! 脱钩名单 (EX-3): the list as it stands, word for word as it was published and amended by
//! number (FZ-1, LI-8); what changed since without a number is told in 备注.

use crate::accounts::pages::narrowed;
use crate::clock::chinese_date;
use crate::database::Db;
use crate::documents::leaving::{Ledger, Official, SLICE};
use crate::roster::store::lines::{self as store, Line, Publication, Totals};
use crate::web::table::{self, Cell, Column};
use crate::web::{Error, Look};

/// The list.
pub struct Roster {
    publications: Vec<Publication>,
    totals: Totals,
    /// What it is called where none is published yet.
    title: String,
    unit: Option<i64>,
    filters: Vec<String>,
    after: i64,
}

/// A row of it.
pub struct Row {
    line: Line,
    /// By what it came on the list, where that was not the first publication.
    came: String,
}

impl Row {
    /// 备注: as published, how it came later, and what has changed since.
    fn remarks(&self) -> Cell {
        let line = &self.line;
        let mut remarks = vec![line.remarks(), self.came.clone(), line.later.said()];
        remarks.retain(|each| !each.is_empty());
        remarks.join("；").into()
    }
}

impl Ledger for Roster {
    type Row = Row;

    const NAME: &'static str = "脱钩名单";

    const COLUMNS: &'static [Column<Row>] = &[
        table::figures("序号", |row: &Row| row.line.serial.into()).wide(7),
        table::words("协会名称", |row: &Row| row.line.name.clone().into()).head(),
        table::code("统一社会信用代码", |row: &Row| {
            (&row.line.uscc).into()
        }),
        table::short("业务主管单位", |row: &Row| {
            row.line.unit.clone().into()
        })
        .wide(24),
        // The internal version alone says why.
        table::short("入选原因", |row: &Row| row.line.reason.clone().into())
            .wide(24)
            .seen_by(|actor| actor.role().is_office()),
        table::words("备注", Row::remarks).wide(40),
    ];

    async fn open(look: Look<'_>) -> Result<Self, Error> {
        let (db, app, allowed) = (look.db, look.app, look.allowed);
        // Whose row it is does not matter: the list is everybody's to read.
        let asked = allowed.query().get("department");
        let unit = asked.map(|key| key.parse().unwrap_or_default());
        let filters = narrowed::told(db, unit).await?;
        Ok(Self {
            publications: store::publications(db).await?,
            totals: store::totals(db).await?,
            title: app.scheme.campaign.words.list_title.clone(),
            unit,
            filters,
            after: 0,
        })
    }

    async fn next(&mut self, db: &mut Db) -> Result<Vec<Row>, Error> {
        let lines = store::next(db, (self.after, SLICE), self.unit).await?;
        if let Some(last) = lines.last() {
            self.after = last.place;
        }
        let first = self.publications.first();
        let first = first.map(|first| format!("{}年第{}号", first.year, first.number));
        let row = |line: Line| Row {
            came: if first.as_ref() == Some(&line.batch) {
                String::new()
            } else {
                line.batch.clone()
            },
            line,
        };
        Ok(lines.into_iter().map(row).collect())
    }

    fn filters(&self) -> Vec<String> {
        self.filters.clone()
    }

    fn lines(&self) -> Vec<String> {
        let mut lines: Vec<String> = self.publications.iter().map(Publication::named).collect();
        lines.push(
            "名称、代码、业务主管单位为发布或者更正时的文字；以后的变化写在备注，经编号的更正才进入名单。"
                .to_owned(),
        );
        lines
    }

    fn official(&self) -> Official {
        let title = self.publications.first().map(|first| &first.title);
        let below = if self.publications.is_empty() {
            "名单尚未发布".to_owned()
        } else {
            let out = self.publications.iter().map(|each| {
                let on = chinese_date(each.published_on);
                format!("{}年第{}号，{on}发布", each.year, each.number)
            });
            let mut below = out.collect::<Vec<_>>().join("；");
            if self.totals.amended > 0 {
                below = format!(
                    "{below}；此后增补、调整、撤出、更正{}条",
                    self.totals.amended
                );
            }
            below
        };
        Official {
            title: vec![title.unwrap_or(&self.title).clone(), below],
            ..Official::default()
        }
    }
}
