//! All units' recommendations, the district's sum, and the published list.

use askama::Template;
use axum::extract::State as Extract;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect};
use chrono::NaiveDate;

use crate::access::{Act, Seen};
use crate::corrections::rules::State as Correction;
use crate::database::Db;
use crate::paths;
use crate::roster::acts::{self, publishing, ratio};
use crate::roster::pages::published::{Lists, publications};
use crate::roster::rules::{self, RECOMMENDATION, State};
use crate::roster::store::{self, UnitRow};
use crate::scheme::{batch, calendar};
use crate::web::ask::{self, Ask};
use crate::web::hands::{self, Asked, Hand};
use crate::web::page::Page;
use crate::web::table::{self, Cell, Column, Table};
use crate::web::view::draw;
use crate::web::{Allowed, Answer, App, Error, Form, Look, View};

/// The page.
#[derive(Template)]
#[template(path = "roster/list.html")]
pub struct ListPage {
    page: Page,
    formula: String,
    form: Form,
    units: Table,
    total: Total,
    lists: Lists,
    publications: Vec<String>,
    may: May,
    open: Vec<String>,
    /// A list is published already: the next has dates of its own (FD-1).
    later: bool,
    unknown: Option<String>,
    may_publish: bool,
    /// What is published.
    seen: Seen,
    shows_units: bool,
}

/// What else this person can do here.
struct May {
    amend: bool,
    preview: bool,
    objections: bool,
}

struct UnitView {
    row: UnitRow,
    required: i64,
    state: &'static str,
    tag: &'static str,
}

#[derive(Default)]
struct Total {
    base: i64,
    required: i64,
    chosen: i64,
}

/// A count that opens the associations it counts.
fn counted(unit: &UnitRow, count: i64, scope: &str, what: &str) -> Cell {
    if count == 0 {
        return "0".into();
    }
    let register = paths::registry::ASSOCIATIONS;
    let address = format!("{register}?department={}&scope={scope}", unit.id);
    Cell::said_before(
        address,
        format!("{}{what}的协会 ", unit.name),
        count.to_string(),
    )
}

const UNITS: &[Column<UnitView>] = &[
    table::words("单位", |unit: &UnitView| {
        Cell::link(
            paths::roster::RECOMMENDATIONS.at(unit.row.id),
            &unit.row.name,
        )
    })
    .head(),
    table::figures("主管数B", |unit: &UnitView| {
        counted(&unit.row, unit.row.base, "in", "范围内")
    }),
    table::figures("应推荐R", |unit: &UnitView| unit.required.into()),
    table::figures("推荐L", |unit: &UnitView| unit.row.chosen.into()),
    table::figures("待定", |unit: &UnitView| {
        counted(&unit.row, unit.row.undecided, "undecided", "待认定")
    }),
    table::words("状态", |unit: &UnitView| {
        Cell::Tag(unit.tag, unit.state.to_owned())
    }),
];

const DESPITE: Ask<String> = ask::longtext("despite", "先行发布的理由", 500).rows(5);

/// The dates of a later list, proposed and confirmed with it (FD-1).
const BATCH: [Ask<NaiveDate>; 9] = [
    ask::date("plan_submit_due", "实施方案报送截止"),
    ask::date("plan_approve_due", "实施方案批复截止"),
    ask::date("midterm_due", "中期报告截止"),
    ask::date("implement_due", "五分离完成截止"),
    ask::date("summary_due", "工作总结截止"),
    ask::date("evaluation_due", "成效评估截止"),
    ask::date("final_report_due", "总结报告上报截止"),
    ask::date("registration_due", "变更登记截止"),
    ask::date("batch_final_day", "批次最后日期"),
];

impl View for ListPage {
    async fn open(look: Look<'_>, form: Option<Form>) -> Result<Self, Error> {
        let (db, app, allowed) = (look.db, look.app, look.allowed);
        let ratio = ratio(&app.scheme);
        let issued = app.scheme.campaign.parameters.issue_date;
        let units = store::units(db, issued).await?;
        let decided = units.iter().any(|unit| unit.state == Some(State::Approved));
        let may_publish = allowed.may(Act::RosterPublish) && decided;
        let due = if may_publish {
            store::publications::due(db).await?
        } else {
            Vec::new()
        };
        let seen = publishing::shown(&units, &due);
        let open = units.iter().filter(|unit| unit.is_open());
        let open = open.map(|unit| unit.name.clone()).collect();
        let units: Vec<UnitView> = units
            .into_iter()
            .map(|row| {
                let (state, tag) = standing(&row);
                UnitView {
                    required: rules::required(row.base, ratio.0, ratio.1),
                    state,
                    tag,
                    row,
                }
            })
            .collect();
        let lists = Lists::load(db).await?;
        let later = !lists.published.is_empty();
        let mut form = form.unwrap_or_default();
        let mut unknown = None;
        if later && may_publish {
            let on = app.clock.today();
            let proposed = batch::proposed(&app.scheme.campaign, on);
            let days = proposed.iter().map(|(_, day)| *day);
            unknown = calendar::unknown(&calendar::years_without(&app.scheme.campaign, days));
            for (name, day) in proposed {
                if form.raw(name).is_none() {
                    form.set(name, day.to_string());
                }
            }
        }
        // Recommendations under way are the office's and the readers', not the superior's (TC-71).
        let shows_units = allowed.actor().role().reads_all();
        let shown = if shows_units { units.as_slice() } else { &[] };
        let held = held(db, (app, allowed), shown).await?;
        let total = units.iter().fold(Total::default(), |sum, unit| Total {
            base: sum.base + unit.row.base,
            required: sum.required + unit.required,
            chosen: sum.chosen + unit.row.chosen,
        });
        Ok(Self {
            page: allowed.page("脱钩名单"),
            formula: rules::formula(ratio),
            form,
            later,
            unknown,
            open,
            shows_units,
            may_publish,
            seen,
            publications: publications(&lists.published),
            may: May {
                amend: allowed.may(Act::RosterAmend) && !lists.published.is_empty(),
                preview: allowed.may(Act::RosterPreview),
                objections: allowed.may(Act::ObjectionRead),
            },
            units: Table::of("各单位推荐情况", allowed.actor(), UNITS, &units)
                .held(held)
                .scrolled(),
            total,
            lists,
        })
    }

    fn address(_: &Allowed) -> Result<String, Error> {
        Ok(paths::roster::ROSTER.at().to_owned())
    }
}

/// Who has each unit's recommendation.
async fn held(
    db: &mut Db,
    look: (&App, &Allowed),
    units: &[UnitView],
) -> Result<Vec<Option<Hand>>, sqlx::Error> {
    let ids: Vec<i64> = units.iter().map(|unit| unit.row.id).collect();
    let hands = hands::listed(db, look, Asked::Cases(&[RECOMMENDATION], &ids)).await?;
    Ok(ids.iter().map(|id| hands.of(RECOMMENDATION, *id)).collect())
}

fn standing(row: &UnitRow) -> (&'static str, &'static str) {
    match row.state {
        _ if row.base == 0 => ("无任务", "grey"),
        _ if row.asked => (Correction::Asked.label(), Correction::Asked.tag()),
        None => (State::Draft.label(), "yellow"),
        Some(state) => (
            state.label(),
            if matches!(state, State::Approved | State::Published) {
                "green"
            } else {
                "yellow"
            },
        ),
    }
}

/// The page; a unit is sent to its own recommendation.
pub async fn show(Extract(app): Extract<App>, allowed: Allowed) -> Answer {
    if allowed.actor().role().is_unit() {
        let own = paths::roster::RECOMMENDATIONS.at(allowed.actor().department());
        return Ok(Redirect::to(&own).into_response());
    }
    draw::<ListPage>(&app, &allowed, None, StatusCode::OK).await
}

/// Publishes what was decided.
pub async fn publish(Extract(app): Extract<App>, allowed: Allowed, mut form: Form) -> Answer {
    let title = form
        .text("title", "名单标题", 100)
        .required("请填写名单标题。");
    let despite = DESPITE.if_filled(&mut form);
    let dates = BATCH.map(|ask| (ask.name, ask.if_filled(&mut form)));
    let run = async |write, clean, seen| {
        let despite = despite.take(&clean);
        let title = title.take(&clean);
        let dates = dates.into_iter();
        let dates = dates.filter_map(|(name, day)| Some((name, day.take(&clean)?)));
        let dates: Vec<(&'static str, NaiveDate)> = dates.collect();
        acts::publish(write, seen, (&title, despite.as_deref()), &dates).await
    };
    allowed.act::<ListPage, _, _>(&app, form, run).await
}
