//! The register as a list.

use askama::Template;
use chrono::{Days, NaiveDate};

use crate::access::{Act, Scope as Reach};
use crate::accounts::pages::narrowed;
use crate::accounts::store::{Department, departments};
use crate::database::Db;
use crate::figures::{Set, store as figures};
use crate::paths;
use crate::registry::names;
use crate::registry::rules::{Scope, Stage, is_new};
use crate::registry::search::{self, Horizon, Listed, Wanted};
use crate::scheme::Choice;
use crate::web::hands::{self, Asked};
use crate::web::list::{Chip, Pager, Query};
use crate::web::page::Page;
use crate::web::table::Cell;
use crate::web::{Allowed, App, Error, Form, Look, View};
use crate::words::Mark;
use crate::words::mark::days;

use super::open::press;

/// The list with search, filters, order and pages.
#[derive(Template)]
#[template(path = "registry/list.html")]
pub struct ListPage {
    page: Page,
    form: Form,
    rows: Vec<Row>,
    departments: Vec<Choice>,
    scopes: Vec<Choice>,
    stages: Vec<Choice>,
    statuses: Vec<Choice>,
    tracks: Vec<Choice>,
    lights: Vec<Choice>,
    chips: Vec<Chip>,
    pager: Pager,
    sorts: [Sort; SORTS.len()],
    may_create: bool,
    /// Spreadsheets that the person may bring.
    imports: Vec<(&'static str, &'static str)>,
    /// Whose reminders are sent from here.
    may_remind: bool,
    /// A unit looks at its own; who reads all chooses a unit.
    of_unit: bool,
    /// The filters stand open: the list is long, or narrowed already.
    open: bool,
}

struct Row {
    number: i64,
    listed: Listed,
    /// The name as lists have it.
    name: String,
    new: bool,
    light: Light,
    /// Items overdue.
    late: i64,
    hand: Cell,
    /// Its checklist is the reader's to open: who only has a tie to it sees no more than that.
    opens: bool,
    /// Whoever has it can be reminded: where.
    remind: Option<String>,
}

/// How its nearest deadline stands.
pub(super) struct Light {
    mark: Mark,
    /// In words; empty: it has none.
    pub(super) label: String,
}

/// A head of the table that sorts by its column.
struct Sort {
    label: &'static str,
    href: String,
    current: bool,
}

/// Rows up to which a list is read faster than filtered.
const SHORT: i64 = 20;

const SORTS: [(&str, &str); 4] = [
    ("name", "协会名称"),
    ("department", "业务主管单位"),
    ("stage", "进度"),
    ("registered", "登记日期"),
];

/// Whether it is still there, and whether it is on the list.
const STATUSES: [(&str, &str); 8] = [
    ("living", "存续"),
    ("managed", "存续，方案印发前成立"),
    ("pending", "待定（未认定或暂不脱钩）"),
    ("exited", "已退出"),
    ("listed", "在现行名单内"),
    ("withdrawn", "已撤出名单"),
    ("published", "在发布时名单内"),
    ("new", "新设立"),
];

/// Spreadsheets that the person may bring: address and words.
fn imports(allowed: &Allowed) -> Vec<(&'static str, &'static str)> {
    use crate::paths::imports::{PEOPLE, REGISTER, SURVEYS};
    let all = [
        (Act::RegistryImport, REGISTER, "导入台账"),
        (Act::SurveyImport, SURVEYS, "导入摸底调查"),
        (Act::PeopleImport, PEOPLE, "导入人员"),
    ];
    let open = all.into_iter().filter(|(act, ..)| allowed.may(*act));
    open.map(|(_, path, words)| (path.at(), words)).collect()
}

impl View for ListPage {
    async fn open(look: Look<'_>, _: Option<Form>) -> Result<Self, Error> {
        let (db, app, allowed) = (look.db, look.app, look.allowed);
        let query = allowed.query();
        let horizon = horizon(app);
        let wanted = wanted(query)?;
        let reach = Reach::of(allowed.actor());
        let (total, exact) = search::count(db, reach, &wanted, horizon).await?;
        let offset = Pager::offset(query, total);
        let rows = search::page(db, reach, (&wanted, offset), horizon).await?;
        let departments = choices(departments(db).await?);
        let tracks = tracks(app);
        Ok(Self {
            page: allowed.page("协会台账"),
            form: Form::filled(filters(query)),
            rows: shown(db, (app, allowed), (rows, offset), horizon).await?,
            open: total > SHORT || filters(query).iter().any(|(name, _)| name != "q"),
            chips: chips(query, &departments, &tracks),
            departments,
            scopes: Choice::of::<Scope>(),
            stages: Choice::of::<Stage>(),
            statuses: STATUSES
                .iter()
                .map(|(key, label)| choice(key, label))
                .collect(),
            tracks,
            lights: LIGHTS
                .iter()
                .map(|(key, label)| choice(key, label))
                .collect(),
            pager: foot(query, total, exact),
            sorts: sorts(query, &wanted.sort),
            may_create: allowed.may(Act::AssociationCreate),
            imports: imports(allowed),
            may_remind: allowed.may(Act::ReminderSend),
            of_unit: allowed.actor().role().is_unit(),
        })
    }
}

/// Today, and from when on a deadline is near.
pub(super) fn horizon(app: &App) -> Horizon {
    let today = app.clock.today();
    let parameters = &app.scheme.campaign.parameters;
    let warn = u64::try_from(parameters.warn_days).unwrap_or(0);
    Horizon {
        today,
        near: today.checked_add_days(Days::new(warn)).unwrap_or(today),
        issued: parameters.issue_date,
    }
}

/// The units that a list can be narrowed to.
pub(super) fn choices(departments: Vec<Department>) -> Vec<Choice> {
    let units = departments.into_iter().filter(|unit| unit.supervises);
    units
        .map(|unit| choice(&unit.id.to_string(), &unit.short_name))
        .collect()
}

/// The tracks that it can be narrowed to.
pub(super) fn tracks(app: &App) -> Vec<Choice> {
    let tracks = app.scheme.measures.tracks.iter();
    tracks
        .map(|track| choice(&track.code, &track.name))
        .collect()
}

/// The rows of a page after so many: who has each, what of it is overdue, and where whoever has
/// it is reminded.
async fn shown(
    db: &mut Db,
    (app, allowed): (&App, &Allowed),
    (rows, offset): (Vec<Listed>, i64),
    horizon: Horizon,
) -> Result<Vec<Row>, sqlx::Error> {
    let ids: Vec<i64> = rows.iter().map(|listed| listed.id).collect();
    let hands = hands::listed(db, (app, allowed), Asked::First(&ids)).await?;
    let late = figures::late::items(db, &ids, horizon.today).await?;
    let may_remind = allowed.may(Act::ReminderSend);
    let (campaign, actor) = (&app.scheme.campaign, allowed.actor());
    let row = |(listed, number): (Listed, i64)| {
        let id = listed.id;
        let hand = hands.of_association(id);
        // The office does not press itself; what is overdue lies with the units, even where
        // the first that lies somewhere is the office's own.
        let pressed = hand.as_ref().and_then(|hand| press(&app.scheme, hand));
        let late = late.get(&id).copied().unwrap_or_default();
        let preview = paths::timeline::REMINDER_PREVIEW.at();
        Row {
            number,
            name: names::short(&listed.name, &campaign.region_name).to_owned(),
            new: is_new(campaign, listed.registered_on),
            light: light(&listed, horizon),
            late,
            hand: hands::cell(hand.as_ref()),
            opens: !actor.role().is_unit() || listed.unit == actor.department().0,
            remind: pressed
                .or_else(|| (late > 0).then(|| format!("{preview}?association={id}")))
                .filter(|_| may_remind),
            listed,
        }
    };
    Ok(rows.into_iter().zip(offset + 1..).map(row).collect())
}

/// The foot of the list: what a figure counts is told to its end.
fn foot(query: &Query, total: i64, exact: bool) -> Pager {
    if exact {
        Pager::exact(query, total)
    } else {
        Pager::new(query, total)
    }
}

/// What a list filters by: value and word. What stands still is in no list of late matters.
const LIGHTS: [(&str, &str); 4] = [
    ("late", "逾期"),
    ("soon", "临期"),
    ("still", "暂停办理"),
    ("fixed", "暂停办理·已过《方案》时限"),
];

pub(super) fn wanted(query: &Query) -> Result<Wanted, Error> {
    Ok(Wanted {
        words: query.search()?.map(str::to_owned),
        department: query.get("department").and_then(|id| id.parse().ok()),
        scope: query.get("scope").and_then(Scope::from_key),
        stage: query.get("stage").and_then(Stage::from_key),
        set: query.get("set").and_then(Set::from_key),
        status: query.get("status").map(str::to_owned),
        track: query.get("track").map(str::to_owned),
        light: query.get("light").map(str::to_owned),
        sort: query
            .sort(&["name", "department", "stage", "registered"])?
            .to_owned(),
    })
}

fn choice(value: &str, label: &str) -> Choice {
    (value.to_owned(), label.to_owned()).into()
}

fn filters(query: &Query) -> Vec<(String, String)> {
    [
        "q",
        "department",
        "scope",
        "status",
        "stage",
        "track",
        "light",
        "set",
    ]
    .into_iter()
    .filter_map(|name| Some((name.to_owned(), query.get(name)?.to_owned())))
    .collect()
}

pub(super) fn chips(query: &Query, departments: &[Choice], tracks: &[Choice]) -> Vec<Chip> {
    let label = |name: &str, value: &str| match name {
        "q" => format!("搜索：{value}"),
        "department" => narrowed::said(crate::scheme::survey::label_of(departments, value)),
        "scope" => format!("范围：{}", Scope::from_key(value).map_or("", Scope::label)),
        "stage" => format!("进度：{}", Stage::from_key(value).map_or("", Stage::label)),
        "status" => format!(
            "状态：{}",
            STATUSES
                .iter()
                .find(|(key, _)| *key == value)
                .map_or("", |(_, label)| label)
        ),
        "set" => format!("统计范围：{}", Set::from_key(value).map_or("", Set::label)),
        "track" => format!("未完成：{}", crate::scheme::survey::label_of(tracks, value)),
        _ => {
            let known = LIGHTS.iter().find(|(key, _)| *key == value);
            format!("时限：{}", known.map_or("", |(_, label)| label))
        }
    };
    filters(query)
        .into_iter()
        .map(|(name, value)| Chip {
            label: label(&name, &value),
            href: query.without(&name),
        })
        .collect()
}

fn sorts(query: &Query, current: &str) -> [Sort; SORTS.len()] {
    SORTS.map(|(key, label)| Sort {
        label,
        href: query.with("sort", Some(key)),
        current: key == current,
    })
}

pub(super) fn light(listed: &Listed, horizon: Horizon) -> Light {
    let late = |deadline: NaiveDate| (horizon.today - deadline).num_days();
    if listed.exit_kind.is_some() {
        return Light {
            mark: Mark::Void,
            label: String::new(),
        };
    }
    if listed.still {
        let past = listed.fixed_deadline.is_some_and(|day| day < horizon.today);
        let word = if past { "fixed" } else { "still" };
        let known = LIGHTS.iter().find(|(key, _)| *key == word);
        return Light {
            mark: Mark::Void,
            label: known.map_or_else(String::new, |(_, label)| (*label).to_owned()),
        };
    }
    match listed.next_deadline {
        Some(deadline) => {
            let warn = (horizon.near - horizon.today).num_days();
            let mark = Mark::of_days(late(deadline), warn);
            let label = match mark {
                Mark::Going => "正常".to_owned(),
                _ => days(late(deadline)),
            };
            Light { mark, label }
        }
        None => Light {
            mark: Mark::Void,
            label: String::new(),
        },
    }
}
