//! The register as a file: the list with its filters and its order, to the end.

use crate::access::Scope as Reach;
use crate::accounts::store::departments;
use crate::database::Db;
use crate::documents::leaving::Ledger;
use crate::figures::arithmetic;
use crate::figures::store as figures;
use crate::registry::rules::is_new;
use crate::registry::search::{self, Horizon, Listed};
use crate::web::hands::{self, Asked};
use crate::web::table::{self, Cell, Column};
use crate::web::{Allowed, App, Error, Look};

use super::list::{chips, choices, horizon, light, tracks, wanted};

/// The register.
pub struct Register {
    app: App,
    allowed: Allowed,
    horizon: Horizon,
    filters: Vec<String>,
}

/// A row of it.
pub struct Line {
    listed: Listed,
    new: bool,
    late: i64,
    light: String,
    hand: Cell,
}

impl Line {
    /// What became of it: how far it is, or how it left.
    fn stage(&self) -> &'static str {
        match (self.listed.exit_kind, self.listed.withdrawn) {
            (Some(kind), _) => kind.done(),
            (None, true) => "已撤出名单",
            (None, false) => self.listed.stage.label(),
        }
    }
}

impl Ledger for Register {
    type Row = Line;

    const NAME: &'static str = "协会台账";

    const COLUMNS: &'static [Column<Line>] = &[
        table::serial(),
        table::words("协会名称", |line: &Line| {
            Cell::plain(line.listed.name.clone())
        })
        .head(),
        table::code("统一社会信用代码", |line: &Line| {
            (&line.listed.uscc).into()
        }),
        table::code("登记证号", |line: &Line| {
            (&line.listed.certificate_no).into()
        }),
        table::short("业务主管单位", |line: &Line| {
            Cell::plain(line.listed.department.clone())
        })
        .wide(20),
        table::short("范围认定", |line: &Line| {
            line.listed.scope.label().into()
        }),
        table::short("登记日期", |line: &Line| {
            line.listed.registered_on.into()
        }),
        table::short("新设立", |line: &Line| {
            if line.new { "是".into() } else { Cell::Empty }
        })
        .wide(9),
        table::short("进度", |line: &Line| line.stage().into()),
        table::figures("已办事项", |line: &Line| line.listed.resolved.into()),
        table::figures("应办事项", |line: &Line| line.listed.applicable.into()),
        table::figures("完成率", |line: &Line| match line.listed.applicable {
            0 => Cell::Empty,
            whole => Cell::Percent(arithmetic::percent(line.listed.resolved, whole)),
        }),
        table::figures("逾期项数", |line: &Line| line.late.into()),
        table::short("最近时限", |line: &Line| {
            line.listed.next_deadline.into()
        }),
        table::short("时限状态", |line: &Line| line.light.clone().into()),
        table::words(hands::LABEL, |line: &Line| line.hand.clone()).wide(30),
    ];

    async fn open(look: Look<'_>) -> Result<Self, Error> {
        let (db, app, allowed) = (look.db, look.app, look.allowed);
        let query = allowed.query();
        let horizon = horizon(app);
        let departments = choices(departments(db).await?);
        let filters = chips(query, &departments, &tracks(app));
        search::begin(db, Reach::of(allowed.actor()), &wanted(query)?, horizon).await?;
        Ok(Self {
            app: app.clone(),
            allowed: allowed.clone(),
            horizon,
            filters: filters.into_iter().map(|chip| chip.label).collect(),
        })
    }

    async fn next(&mut self, db: &mut Db) -> Result<Vec<Line>, Error> {
        let rows = search::more(db).await?;
        let ids: Vec<i64> = rows.iter().map(|listed| listed.id).collect();
        let told = (&self.app, &self.allowed);
        let hands = hands::listed(db, told, Asked::First(&ids)).await?;
        let late = figures::late::items(db, &ids, self.horizon.today).await?;
        let campaign = &self.app.scheme.campaign;
        let line = |listed: Listed| Line {
            new: is_new(campaign, listed.registered_on),
            late: late.get(&listed.id).copied().unwrap_or_default(),
            light: light(&listed, self.horizon).label,
            hand: hands::cell(hands.of_association(listed.id).as_ref()),
            listed,
        };
        Ok(rows.into_iter().map(line).collect())
    }

    fn filters(&self) -> Vec<String> {
        self.filters.clone()
    }

    fn lines(&self) -> Vec<String> {
        vec!["已办、应办事项为五分离中应办的事项，不含登记变更。".to_owned()]
    }
}
