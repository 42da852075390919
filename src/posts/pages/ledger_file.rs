//! 任职兼职清理台账 as a file (EX-9): the people of the list with its filters, association by
//! association, judged on the day by the same rules. It holds personal data: it leaves on a
//! reason, to whom the list shows names.

use std::collections::{BTreeMap, VecDeque};

use crate::access::{Act, Scope};
use crate::accounts::pages::narrowed;
use crate::database::Db;
use crate::documents::leaving::{Ledger, SLICE};
use crate::documents::lending::Personal;
use crate::ids::AssociationId;
use crate::posts::rules::deeds::approval_label;
use crate::posts::rules::{Holder, Judged, Limits, judge};
use crate::posts::store::{self, Home, Listed};
use crate::registry::mark::Mark;
use crate::web::list::Query;
use crate::web::table::{self, Cell, Column};
use crate::web::{App, Error, Look};

use super::Row;
use super::overview::{Shown, VIEWS, chips, fits};

/// The ledger of all registers within reach.
pub struct LedgerFile {
    app: App,
    limits: Limits,
    query: Query,
    /// The view of the list that is asked for; none: everybody.
    view: Option<&'static Shown>,
    listed: Listed,
    mark: Mark,
    filters: Vec<String>,
    ready: VecDeque<Row>,
}

impl Personal for LedgerFile {
    const TAKE: Act = Act::PostsTake;
    const CALLED: Option<&'static str> = Some(<Self as Ledger>::NAME);
}

impl LedgerFile {
    /// Whether the filters ask how much the findings weigh: then people of the same names count,
    /// wherever they are.
    fn weighs(&self) -> bool {
        self.view.is_some() || self.query.get("light").is_some()
    }

    /// The people of these associations that the filters leave, in the order of the associations.
    async fn read(&self, db: &mut Db, homes: Vec<Home>) -> Result<Vec<Row>, Error> {
        let ids: Vec<i64> = homes.iter().map(|home| home.id.0).collect();
        let holders = store::holders_of(db, &ids).await?;
        let namesakes = if self.weighs() {
            let names: Vec<String> = holders.iter().map(|holder| holder.name.clone()).collect();
            store::namesakes(db, &names).await?
        } else {
            Vec::new()
        };
        let cleared = homes
            .iter()
            .filter_map(|home| Some((home.id, home.cleared_on?)))
            .collect();
        let day = (&self.limits, self.app.clock.today());
        let mut of: BTreeMap<AssociationId, Vec<Judged>> = BTreeMap::new();
        for judged in judge(&holders, namesakes, day, &cleared) {
            of.entry(judged.holder.association)
                .or_default()
                .push(judged);
        }
        let people = homes.into_iter().flat_map(|home| {
            let judged = of.remove(&home.id).unwrap_or_default().into_iter();
            judged.map(move |each| (home.clone(), each))
        });
        let meant = people.filter(|(home, each)| {
            fits(&self.query, each, Some(home)) && self.view.is_none_or(|view| (view.2)(each))
        });
        let row = |(home, each): (Home, Judged)| {
            Row::new(each, (home.name, home.department), &self.limits)
        };
        Ok(meant.map(row).collect())
    }
}

/// The number of the paper; of a refusal it says that it is one.
fn paper(holder: &Holder) -> Cell {
    match (holder.approval_kind.as_deref(), &holder.approval_number) {
        (Some("refused"), Some(number)) => {
            format!("{number}（{}）", approval_label("refused")).into()
        }
        (_, number) => number.into(),
    }
}

/// What proves that it was done.
fn proof(holder: &Holder) -> Cell {
    let own = Some(&holder.evidence).filter(|evidence| !evidence.is_empty());
    let papers = holder
        .placement_document
        .as_ref()
        .or(holder.recovery_document.as_ref());
    own.or(papers).cloned().into()
}

impl Ledger for LedgerFile {
    type Row = Row;

    const NAME: &'static str = "任职兼职清理台账";

    const COLUMNS: &'static [Column<Row>] = &[
        table::serial(),
        table::words("协会", |row: &Row| (&row.home).into()).wide(30),
        table::short("姓名", |row: &Row| (&row.holder().name).into()).head(),
        table::short("性别", |row: &Row| row.sex.into()).wide(6),
        // The month alone: the ledger's page shows no more of it.
        table::short("出生年月", |row: &Row| {
            let month = row
                .holder()
                .birth
                .map(|day| day.format("%Y-%m").to_string());
            month.into()
        }),
        table::words("原/现单位及职务", |row: &Row| {
            (&row.holder().organ).into()
        })
        .wide(26),
        table::words("类别", |row: &Row| row.judged.category.label().into()).wide(24),
        table::short("协会职务", |row: &Row| row.post.into()),
        table::short("任职/兼职", |row: &Row| row.kind.into()),
        table::short("起始", |row: &Row| row.holder().post_start.into()),
        table::figures("届次", |row: &Row| row.holder().term_no.into()),
        table::short("是否取酬", |row: &Row| {
            if row.holder().paid { "是" } else { "否" }.into()
        }),
        table::short("退（离）休时间", |row: &Row| {
            row.holder().retired_on.into()
        }),
        table::short("满三年日期", |row: &Row| row.full.into()),
        table::short("70周岁日期", |row: &Row| row.aged.into()),
        table::short("审批/备案文号", |row: &Row| paper(row.holder())).wide(24),
        table::short("处置", |row: &Row| row.judged.standing.label().into()).wide(16),
        table::short("时限", |row: &Row| row.holder().resign_by.into()),
        table::short("完成日期", |row: &Row| {
            let done = row.holder().done_on();
            done.filter(|_| row.judged.standing.is_cleared()).into()
        }),
        table::words("证明材料", |row: &Row| proof(row.holder())).wide(26),
    ];

    async fn open(look: Look<'_>) -> Result<Self, Error> {
        let (db, app, allowed) = (look.db, look.app, look.allowed);
        let query = allowed.query();
        let asked = query.get("department");
        let department: Option<i64> = asked.and_then(|id| id.parse().ok());
        let view = query.get("view").filter(|view| *view != "all");
        let view = view.and_then(|wanted| VIEWS.iter().find(|view| view.0 == wanted));
        let mut filters: Vec<String> = chips(query).into_iter().map(|chip| chip.label).collect();
        filters.extend(view.map(|view| format!("范围：{}", view.1)));
        filters.extend(narrowed::told(db, department).await?);
        Ok(Self {
            limits: Limits::of(&app.scheme.campaign.parameters),
            app: app.clone(),
            query: query.clone(),
            view,
            listed: Listed {
                scope: Scope::of(allowed.actor()),
                department,
            },
            mark: Mark::default(),
            filters,
            ready: VecDeque::new(),
        })
    }

    async fn next(&mut self, db: &mut Db) -> Result<Vec<Row>, Error> {
        while self.ready.is_empty() {
            let homes = store::listed_after(db, self.listed, &mut self.mark).await?;
            if homes.is_empty() {
                return Ok(Vec::new());
            }
            let rows = self.read(db, homes).await?;
            self.ready.extend(rows);
        }
        let many = usize::try_from(SLICE).unwrap_or(usize::MAX);
        let many = many.min(self.ready.len());
        Ok(self.ready.drain(..many).collect())
    }

    fn filters(&self) -> Vec<String> {
        self.filters.clone()
    }

    fn lines(&self) -> Vec<String> {
        let months = self.limits.cooling_months;
        let age = self.limits.age_limit;
        vec![
            format!("类别、处置按制表当日判定；满三年日期按退（离）休后{months}个月计算。"),
            format!("70周岁日期为达到年龄界限的日期，现行年龄界限为{age}周岁。"),
        ]
    }
}
