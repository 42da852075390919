//! One unit's work group, and the acts open here.

use askama::Template;
use axum::extract::State;
use chrono::NaiveDate;

use crate::access::{Act, Seen};
use crate::accounts::store::departments;
use crate::database::{Db, Explain as _};
use crate::paths;
use crate::scheme::Choice;
use crate::signatures::pages::{Changed, Reading};
use crate::signatures::rules::Kind;
use crate::signatures::store as signatures;
use crate::web::ask::{self, Ask};
use crate::web::hands::Hands;
use crate::web::held::Held;
use crate::web::page::Page;
use crate::web::table::{self, Cell, Column, Table};
use crate::web::{Allowed, Answer, App, Error, Form, Look, View};
use crate::workgroups::acts;
use crate::workgroups::rules::{self, Part, Report, Risk, Step, shows_phone};
use crate::workgroups::store::{self, Kept, Workgroup};

const REASON: Ask<String> = ask::longtext("reason", "退回的理由", 500)
    .rows(5)
    .must("请写明退回的理由。");

const PARTS: &[Column<PartRow>] = &[
    table::words("部分", |row: &PartRow| row.part.label().into()).head(),
    table::words("状态", |row: &PartRow| row.state.clone().into()),
    table::short("日期", |row: &PartRow| row.on.into()),
    table::words("说明", |row: &PartRow| row.note.clone().into()),
];

const TIMETABLE: &[Column<Step>] = &[
    table::serial(),
    table::words("工作内容", |step: &Step| Cell::plain(&step.what)).head(),
    table::short("完成日期", |step: &Step| step.due.into()),
    table::words("责任科室或人员", |step: &Step| {
        Cell::plain(&step.who)
    }),
];

const RISKS: &[Column<Risk>] = &[
    table::serial(),
    table::words("风险", |risk: &Risk| Cell::plain(&risk.risk)).head(),
    table::words("应对措施", |risk: &Risk| Cell::plain(&risk.measure)),
    table::words("责任人", |risk: &Risk| Cell::plain(&risk.owner)),
];

/// The page.
#[derive(Template)]
#[template(path = "workgroups/unit.html")]
pub struct UnitPage {
    page: Page,
    form: Form,
    unit: i64,
    name: String,
    group: Workgroup,
    seen: Seen,
    parts: Table,
    timetable: Table,
    risks: Table,
    returnable: Vec<Choice>,
    changed: Vec<Changed>,
    shows_phone: bool,
    all: bool,
    may: May,
    refusal: Option<String>,
}

/// How a part stands and what it lacks.
struct PartRow {
    part: Part,
    state: Held,
    on: Option<NaiveDate>,
    note: String,
}

/// The acts open to this person.
struct May {
    save: bool,
    report: bool,
    note: bool,
    return_: bool,
}

/// Name of the supervising unit in the address.
pub async fn name(db: &mut Db, allowed: &Allowed) -> Result<String, Error> {
    let unit = allowed.department()?;
    departments(db)
        .await?
        .into_iter()
        .find(|each| each.id == unit && each.supervises)
        .map(|each| each.name)
        .ok_or(Error::Missing)
}

fn part_row(part: Part, group: &Kept, (unit, around): (i64, &Hands)) -> PartRow {
    let Kept { group, reports } = group;
    let content = &group.content;
    let report = reports.iter().find(|report| report.part == part);
    let lacks = content.lacks(part);
    let reason = report.and_then(|report| report.return_reason.as_ref());
    PartRow {
        part,
        state: around.held(part.key(), unit, rules::standing(report, lacks.is_none())),
        on: report.and_then(Report::on),
        note: reason.map_or_else(
            || lacks.unwrap_or_default().to_owned(),
            |reason| format!("退回理由：{reason}"),
        ),
    }
}

impl View for UnitPage {
    async fn open(look: Look<'_>, form: Option<Form>) -> Result<Self, Error> {
        let (db, allowed) = (look.db, look.allowed);
        let unit = allowed.department()?;
        let name = name(db, allowed).await?;
        let kept = store::kept(db, unit).await?;
        let seen = kept.seen();
        let around = allowed.around();
        let parts = Part::ALL.map(|part| part_row(part, &kept, (unit.0, &around)));
        let Kept { group, reports } = kept;
        let with_office: Vec<&Report> = reports
            .iter()
            .filter(|report| report.reported_on.is_some())
            .collect();
        let unread = with_office.iter().any(|report| report.read_on.is_none());
        let nothing = rules::may_report(&group.content, group.unreported, &reports).err();
        let actor = allowed.actor();
        let (role, own) = (actor.role(), actor.department() == unit);
        let report = allowed.may(Act::WorkgroupReport);
        let (timetable, risks) = (&group.content.timetable, &group.content.risks);
        let shows_phone = shows_phone(role, role.is_unit() && own);
        let read = signatures::shown(db, &[Kind::Workgroup], unit.0).await?;
        let reading = Reading::by(&look.app.scheme, &[], shows_phone);
        Ok(Self {
            page: allowed.page(format!("{name}脱钩改革工作组")),
            form: form.unwrap_or_default(),
            unit: unit.0,
            name,
            seen,
            parts: Table::of("报送情况", actor, PARTS, &parts).scrolled(),
            timetable: Table::of("时间表", actor, TIMETABLE, timetable).scrolled(),
            risks: Table::of("风险预案", actor, RISKS, risks).scrolled(),
            returnable: with_office
                .iter()
                .map(|report| Choice {
                    value: report.part.key().to_owned(),
                    label: report.part.label().to_owned(),
                })
                .collect(),
            shows_phone,
            changed: reading.changed(&read),
            all: !role.is_unit(),
            may: May {
                save: allowed.may(Act::WorkgroupSave),
                report: report && nothing.is_none(),
                note: allowed.may(Act::WorkgroupNote) && unread,
                return_: allowed.may(Act::WorkgroupReturn) && !with_office.is_empty(),
            },
            refusal: nothing.filter(|_| report).map(|why| why.explain()),
            group,
        })
    }

    fn address(allowed: &Allowed) -> Result<String, Error> {
        Ok(paths::workgroups::WORKGROUP.at(allowed.department()?))
    }
}

/// The leader reports.
pub async fn report(State(app): State<App>, allowed: Allowed, form: Form) -> Answer {
    let unit = allowed.department()?;
    let run = async |write, _, seen| acts::report(write, unit, seen).await;
    allowed.act::<UnitPage, _, _>(&app, form, run).await
}

/// The office has read it.
pub async fn note(State(app): State<App>, allowed: Allowed, form: Form) -> Answer {
    let unit = allowed.department()?;
    let run = async |write, _, seen| acts::note(write, unit, seen).await;
    allowed.act::<UnitPage, _, _>(&app, form, run).await
}

/// The office sends parts back.
pub async fn return_(State(app): State<App>, allowed: Allowed, mut form: Form) -> Answer {
    let unit = allowed.department()?;
    let keys = form.ticks("part", "退回的部分", &Part::ALL.map(Part::key));
    if keys.is_empty() {
        form.fail("part", "退回的部分", "请选择要退回的部分。");
    }
    let reason = REASON.read(&mut form);
    let parts: Vec<Part> = keys.iter().filter_map(|key| Part::from_key(key)).collect();
    let run = async |write, clean, seen| {
        acts::return_(write, unit, seen, &parts, &reason.take(&clean)).await
    };
    allowed.act::<UnitPage, _, _>(&app, form, run).await
}
