//! One parameter: its value, what rests on it, its changes, and changing it.

use askama::Template;
use axum::extract::State;
use chrono::NaiveDate;

use crate::access::Act;
use crate::paths;
use crate::scheme::Choice;
use crate::scheme::parameters::{self, Kind, OF_POSTS, Parameter};
use crate::settings::acts::{self, Wanted};
use crate::settings::rules;
use crate::settings::store::{self, Change};
use crate::web::ask::{self, Ask};
use crate::web::page::Page;
use crate::web::table::{self, Cell, Column, Table};
use crate::web::{Allowed, Answer, App, Error, Form, Look, View};

use super::list::coming;
use super::typed::{choices, input, read};

const EFFECTIVE: Ask<NaiveDate> = ask::date("effective_on", "生效日期").hint("今天或今后的日期");
const REASON: Ask<String> = ask::longtext("reason", "理由和依据文件", 300)
    .hint("写明文件名称和文号")
    .must("请填写理由，有文件的写明名称和文号。");

/// The page.
#[derive(Template)]
#[template(path = "settings/parameter.html")]
pub struct ParameterPage {
    page: Page,
    form: Form,
    parameter: &'static Parameter,
    act: Act,
    action: String,
    may_change: bool,
    value: String,
    default: String,
    coming: Vec<String>,
    rests: Vec<String>,
    tasks: Vec<String>,
    may_tasks: bool,
    changes: Table,
    choices: Vec<Choice>,
    version: i32,
    input: &'static str,
    posts: bool,
}

struct ChangeView {
    value: String,
    effective_on: NaiveDate,
    reason: String,
    by: String,
    on: NaiveDate,
    in_force: &'static str,
}

const CHANGES: &[Column<ChangeView>] = &[
    table::short("生效日期", |change: &ChangeView| {
        change.effective_on.into()
    })
    .head(),
    table::words("值", |change: &ChangeView| Cell::plain(&change.value)),
    table::short("状态", |change: &ChangeView| change.in_force.into()),
    table::words("理由和依据文件", |change: &ChangeView| {
        Cell::plain(&change.reason)
    }),
    table::short("修改人", |change: &ChangeView| Cell::plain(&change.by)),
    table::short("修改日期", |change: &ChangeView| change.on.into()),
];

impl View for ParameterPage {
    async fn open(look: Look<'_>, form: Option<Form>) -> Result<Self, Error> {
        let (app, allowed) = (look.app, look.allowed);
        let parameter = parameter(allowed)?;
        let (today, values) = (app.clock.today(), app.scheme.campaign.values());
        let mut changes = store::changes(look.db).await?;
        let names = rules::names(parameter);
        changes.retain(|change| names.contains(&change.name.as_str()));
        let own = changes
            .iter()
            .filter(|change| change.name == parameter.name);
        let later = changes.iter().filter(|change| change.effective_on > today);
        let later: Vec<Change> = later.cloned().collect();
        let act = act(parameter);
        Ok(Self {
            page: allowed.page(parameter.label),
            act,
            action: match act {
                Act::CalendarChange => paths::settings::CALENDAR.at(parameter.name),
                _ => paths::settings::PARAMETER.at(parameter.name),
            },
            may_change: allowed.may(act),
            value: parameter.show(&values),
            default: parameter.show(&app.scheme.campaign.defaults),
            coming: coming(parameter, &values, &later),
            tasks: rules::moved_with(&app.scheme, parameter.name),
            may_tasks: allowed.may(Act::TimelineRead),
            rests: rules::rests_on(&app.scheme, parameter.name),
            version: i32::try_from(own.count()).unwrap_or(i32::MAX),
            changes: Table::of(
                "修改记录",
                allowed.actor(),
                CHANGES,
                &told(parameter, &changes, today),
            )
            .scrolled(),
            choices: choices(parameter),
            input: input(parameter.kind),
            posts: OF_POSTS.contains(&parameter.name),
            form: form.unwrap_or_else(|| {
                Form::filled(vec![("value".to_owned(), parameter.typed(&values))])
            }),
            parameter,
        })
    }

    fn address(allowed: &Allowed) -> Result<String, Error> {
        Ok(paths::settings::PARAMETER.at(parameter(allowed)?.name))
    }
}

fn parameter(allowed: &Allowed) -> Result<&'static Parameter, Error> {
    parameters::named(allowed.param("parameter")?)
        .filter(|parameter| parameter.kind != Kind::RatioPart)
        .ok_or(Error::Missing)
}

/// The act that changes a parameter; the calendar has its own.
const fn act(parameter: &Parameter) -> Act {
    match parameter.kind {
        Kind::Days => Act::CalendarChange,
        _ => Act::SettingsChange,
    }
}

/// The changes, newest first; the parts of a ratio that changed together are one.
fn told(parameter: &Parameter, changes: &[Change], today: NaiveDate) -> Vec<ChangeView> {
    let own: Vec<&Change> = changes
        .iter()
        .filter(|change| change.name == parameter.name)
        .collect();
    let newest = own
        .iter()
        .find(|change| change.effective_on <= today)
        .map(|change| change.id);
    own.into_iter()
        .map(|change| {
            let together = changes.iter().filter(|other| {
                other.effective_on == change.effective_on && (other.id - change.id).abs() <= 1
            });
            let values = together
                .map(|each| (each.name.clone(), each.value.clone()))
                .chain([(change.name.clone(), change.value.clone())])
                .collect();
            ChangeView {
                value: parameter.show(&values),
                effective_on: change.effective_on,
                reason: change.reason.clone(),
                by: change.changed_by.clone(),
                on: change.changed_on,
                in_force: if change.effective_on > today {
                    "尚未生效"
                } else if Some(change.id) == newest {
                    "现行"
                } else {
                    "已被替代"
                },
            }
        })
        .collect()
}

/// Changes a parameter (the office's head), or the calendar (the administrator, too).
pub async fn change(State(app): State<App>, allowed: Allowed, mut form: Form) -> Answer {
    let parameter = parameter(&allowed)?;
    if act(parameter) != allowed.gate_act() {
        return Err(Error::Missing);
    }
    let today = app.clock.today();
    let values = read(&mut form, parameter);
    let effective_on = form
        .date(EFFECTIVE.name, EFFECTIVE.label)
        .check(|day| *day >= today, rules::PAST)
        .required("请填写生效日期。");
    let reason = REASON.read(&mut form);
    let run = async |write, clean, seen| {
        let wanted = Wanted {
            parameter,
            values: values.map(|values| values(&clean)).unwrap_or_default(),
            effective_on: effective_on.take(&clean),
            reason: reason.take(&clean),
        };
        acts::change(write, seen, &wanted).await
    };
    allowed.act::<ParameterPage, _, _>(&app, form, run).await
}
