//! A specialist department's field (DB-4): requests and items that wait for it,
//! the tracks it answers for, the documents it leads.

use askama::Template;
use chrono::NaiveDate;

use crate::access::{Case as _, Role};
use crate::accounts::store::departments;
use crate::dashboard::store;
use crate::dashboard::store::units;
use crate::figures::store as figures;
use crate::paths;
use crate::plan::approvals::rules::{self as approvals, Approval};
use crate::plan::approvals::store::{self as asked, Waiting};
use crate::web::hands::{self, Asked};
use crate::web::list::Pager;
use crate::web::page::Page;
use crate::web::table::{self, Cell, Column, Table};
use crate::web::{App, Error, Form, Look, View};
use crate::words::Mark;

use super::grid::{Cell as Counted, GridRow, Tracks};
use super::items::{self, Late, late, named};
use super::told::{Told, days, five, paged, reach};

/// The page.
#[derive(Template)]
#[template(path = "dashboard/specialist.html")]
pub struct SpecialistPage {
    page: Page,
    name: String,
    requests: Table,
    items: Table,
    tracks: Vec<(String, String)>,
    own: Vec<String>,
    track_sums: Vec<Counted>,
    overall: Counted,
    grid: Vec<GridRow>,
    pager: Option<Pager>,
    documents: Vec<String>,
    documents_due: NaiveDate,
}

/// As many requests are read.
const REQUESTED: i64 = 50;

/// A prior approval that waits.
struct Request {
    href: String,
    association: String,
    unit: String,
    what: String,
    since: NaiveDate,
    used: i64,
    allowed: i64,
}

const REQUESTS: &[Column<Request>] = &[
    table::words("报请事项", |row: &Request| {
        Cell::said_after(&row.href, &row.what, format!("：{}", row.association))
    })
    .head(),
    table::words("协会", |row: &Request| Cell::plain(&row.association)),
    table::short("业务主管单位", |row: &Request| Cell::plain(&row.unit)),
    table::short("报请日期", |row: &Request| row.since.into()),
    table::short("用时", |row: &Request| {
        let words = format!("已用{}个工作日，时限{}个", row.used, row.allowed);
        let mark = Mark::of_days(row.used - row.allowed, 1);
        let late = if mark == Mark::Late {
            "，已超时"
        } else {
            ""
        };
        Cell::Mark(mark, format!("{words}{late}"))
    }),
];

const REPORTED: &[Column<Late>] = &[
    table::words("事项", named).head(),
    table::words("协会", |item: &Late| Cell::plain(&item.association)),
    table::short("单位", |item: &Late| Cell::plain(&item.unit)),
    table::short("报告办结", |item: &Late| {
        format!("{}（{}天前）", item.deadline, item.days).into()
    }),
];

/// The measures that a department verifies, and the names of their tracks among the five.
fn field(app: &App, role: Role) -> (Vec<String>, Vec<String>) {
    let answers = |codes: &[String]| codes.iter().any(|code| code == role.code());
    let (measures, tracks) = (&app.scheme.measures.measures, &app.scheme.measures.tracks);
    let measures = measures.iter().filter(|measure| answers(&measure.verify));
    let own: Vec<_> = measures.collect();
    let tracks = tracks.iter().filter(|track| {
        track.counts_in_five && own.iter().any(|measure| measure.track == track.code)
    });
    let tracks = tracks.map(|track| track.name.clone());
    let codes = own.iter().map(|measure| measure.code().to_owned());
    (codes.collect(), tracks.collect())
}

fn request(app: &App, row: Waiting) -> Request {
    let campaign = &app.scheme.campaign;
    Request {
        href: paths::plan::APPROVAL.at(row.association, row.id),
        what: approvals::title(&app.scheme, &row.code),
        used: approvals::workdays(campaign, row.requested_on, app.clock.today()),
        allowed: campaign.parameters.prior_approval_sla_workdays,
        association: row.name,
        unit: row.unit,
        since: row.requested_on,
    }
}

impl SpecialistPage {
    fn requested(&self) -> String {
        items::counted(&self.requests, REQUESTED)
    }

    fn reported(&self) -> String {
        items::counted(&self.items, store::ROWS)
    }
}

impl View for SpecialistPage {
    async fn open(look: Look<'_>, _: Option<Form>) -> Result<Self, Error> {
        let (db, app, allowed) = (look.db, look.app, look.allowed);
        let actor = allowed.actor();
        let (codes, own_tracks) = field(app, actor.role());
        let tracks = five(app);
        let counts = figures::counts(db, reach(actor), days(app)).await?;
        let all = units::units(db, reach(actor), &counts).await?;
        let told = Told::new(allowed, counts);
        let counted = Tracks::read(db, reach(actor), app.clock.today()).await?;
        let (grid, pager) = paged(allowed.query(), counted.rows(&told, &all, &tracks));
        let known = departments(db).await?;
        let own = known.iter().find(|each| each.id == actor.department());
        let own = own.map_or("", |department| department.code.as_str());
        let waiting = asked::waiting(db, actor.department()).await?;
        let ids: Vec<i64> = waiting.iter().map(|row| row.id).collect();
        let asked = Asked::Cases(&[Approval::KIND], &ids);
        let hands = hands::listed(db, (app, allowed), asked).await?;
        let requested: Vec<_> = ids.iter().map(|id| hands.of(Approval::KIND, *id)).collect();
        let requests: Vec<Request> = waiting.into_iter().map(|row| request(app, row)).collect();
        let items: Vec<Late> = (store::items_to_verify(db, &codes).await?.into_iter())
            .map(|item| late(app, item, true))
            .collect();
        let held = items::held(db, (app, allowed), &items).await?;
        let campaign = &app.scheme.campaign;
        let led = campaign.policies.iter().filter(|policy| policy.lead == own);
        Ok(Self {
            page: allowed.page("进展看板"),
            name: actor.capacity.department_name.clone(),
            requests: Table::of("待批的前置审批", actor, REQUESTS, &requests)
                .held(requested)
                .scrolled(),
            items: Table::of("已报待核实的事项", actor, REPORTED, &items)
                .held(held)
                .scrolled(),
            own: own_tracks,
            track_sums: counted.sums(&told, &tracks),
            overall: counted.overall(&told, &tracks),
            grid,
            pager,
            tracks,
            documents: led.map(|policy| policy.title.clone()).collect(),
            documents_due: campaign.parameters.policy_doc_due,
        })
    }
}
