//! 单位推荐情况表 (EX-4): the table of units of the list's page as a file, to its end: as they
//! stand before the publication, as the cut-off froze them after it.

use chrono::NaiveDate;

use crate::accounts::pages::narrowed::Narrowed;
use crate::database::{Db, batches};
use crate::documents::leaving::Ledger;
use crate::roster::acts::ratio;
use crate::roster::rules::Bound;
use crate::roster::store::UnitRow;
use crate::roster::store::{ledger as store, units};
use crate::web::list::ROWS;
use crate::web::table::{self, Cell, Column};
use crate::web::{App, Error, Look};

use super::units::UnitView;

/// The table.
pub struct Recommended {
    app: App,
    narrowed: Narrowed,
    /// A list is published: the figures are the cut-off's.
    published: bool,
    /// The unit after which it goes on; none: that was all.
    after: Option<i64>,
}

/// A unit.
pub struct Line {
    unit: UnitView,
    published: bool,
    /// M as it stands.
    mandatory: i64,
    sent: Option<NaiveDate>,
}

impl Line {
    fn base(&self) -> Cell {
        if self.published {
            self.unit.then(|frozen| frozen.base)
        } else {
            self.unit.row.managed.into()
        }
    }

    fn required(&self) -> Cell {
        if self.published {
            self.unit.then(|frozen| frozen.required)
        } else {
            self.unit.required.into()
        }
    }

    fn mandatory(&self) -> Cell {
        if self.published {
            self.unit.then(|frozen| frozen.mandatory)
        } else {
            self.mandatory.into()
        }
    }

    fn chosen(&self) -> Cell {
        if self.published {
            self.unit.then(|frozen| frozen.recommended)
        } else {
            self.unit.row.chosen.into()
        }
    }

    fn shortfall(&self) -> Cell {
        if self.published {
            self.unit.then(|frozen| {
                let (required, recommended) = frozen.required.zip(frozen.recommended)?;
                Some((required - recommended).max(0))
            })
        } else {
            (self.unit.required - self.unit.row.chosen).max(0).into()
        }
    }
}

impl Ledger for Recommended {
    type Row = Line;

    const NAME: &'static str = "单位推荐情况表";
    const ABOUT: &'static str = "每个单位的主管数、应推荐数、必报数、推荐数和报送状态。";

    const COLUMNS: &'static [Column<Line>] = &[
        table::words("单位", |line: &Line| line.unit.row.name.clone().into()).head(),
        table::figures("主管数B", Line::base),
        table::figures("应推荐R", Line::required),
        table::figures("必报M", Line::mandatory),
        table::figures("推荐L", Line::chosen),
        table::figures("差额", Line::shortfall),
        table::short("状态", |line: &Line| line.unit.state.into()).wide(26),
        table::short("提交日期", |line: &Line| line.sent.into()),
    ];

    async fn open(look: Look<'_>) -> Result<Self, Error> {
        let narrowed = Narrowed::of(look.db, look.allowed).await?;
        Ok(Self {
            app: look.app.clone(),
            published: batches::begun(look.db).await?,
            after: Some(narrowed.unit.map_or(0, |unit| unit.saturating_sub(1))),
            narrowed,
        })
    }

    async fn next(&mut self, db: &mut Db) -> Result<Vec<Line>, Error> {
        let Some(after) = self.after else {
            return Ok(Vec::new());
        };
        let parameters = &self.app.scheme.campaign.parameters;
        let mut rows = units::units(db, (parameters.issue_date, after)).await?;
        let page = usize::try_from(ROWS).unwrap_or(usize::MAX);
        let more = rows.len() > page && self.narrowed.unit.is_none();
        rows.truncate(page);
        rows.retain(|row| self.narrowed.unit.is_none_or(|unit| unit == row.id));
        self.after = rows.last().map(|row| row.id).filter(|_| more);
        self.told(db, rows).await
    }

    fn filters(&self) -> Vec<String> {
        self.narrowed.filters()
    }

    fn lines(&self) -> Vec<String> {
        vec![if self.published {
            "各数为名单发布时冻结的数，按发布日的业务主管单位计；未报为名单发布时没有报送的单位。"
                .to_owned()
        } else {
            "名单尚未发布，各数为当日的数，名单发布时冻结。".to_owned()
        }]
    }
}

impl Recommended {
    /// The rows with what the page does not say of them.
    async fn told(&self, db: &mut Db, rows: Vec<UnitRow>) -> Result<Vec<Line>, Error> {
        let scheme = &self.app.scheme;
        let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
        let sent = store::sent(db, &ids).await?;
        let mut money = Vec::new();
        if !self.published {
            money = store::appropriations(db, &scheme.campaign.parameters, &ids).await?;
        }
        let bound = Bound::First(ratio(scheme));
        let line = |row: UnitRow| {
            let own = money.iter().filter(|(unit, _)| *unit == row.id);
            let own: Vec<Option<bool>> = own.map(|(_, paid)| *paid).collect();
            let must = |paid: &&Option<bool>| bound.must(**paid, own.len() == 1).is_some();
            let mandatory = own.iter().filter(must).count();
            Line {
                mandatory: i64::try_from(mandatory).unwrap_or(i64::MAX),
                sent: sent
                    .iter()
                    .find(|(unit, _)| *unit == row.id)
                    .map(|(_, on)| *on),
                published: self.published,
                unit: UnitView::of(row, ratio(scheme)),
            }
        };
        Ok(rows.into_iter().map(line).collect())
    }
}
