//! The register as a list.

use askama::Template;
use chrono::{Days, NaiveDate};

use crate::access::{Act, Scope as Reach};
use crate::accounts::store::departments;
use crate::figures::Set;
use crate::registry::rules::{Scope, Stage, is_new};
use crate::registry::search::{self, Horizon, Listed, Wanted};
use crate::scheme::Choice;
use crate::web::hands::{self, Asked};
use crate::web::list::{Chip, Pager, Query};
use crate::web::page::Page;
use crate::web::table::Cell;
use crate::web::{Error, Form, Look, View};

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
    sorts: Vec<Sort>,
    may_create: bool,
}

struct Row {
    number: i64,
    listed: Listed,
    new: bool,
    light: Light,
    hand: Cell,
}

struct Light {
    kind: &'static str,
    label: String,
}

struct Sort {
    label: &'static str,
    href: String,
    current: bool,
}

const SORTS: [(&str, &str); 4] = [
    ("name", "名称"),
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

impl View for ListPage {
    async fn open(look: Look<'_>, _: Option<Form>) -> Result<Self, Error> {
        let (db, app, allowed) = (look.db, look.app, look.allowed);
        let query = allowed.query();
        let today = app.clock.today();
        let warn = u64::try_from(app.scheme.campaign.parameters.warn_days).unwrap_or(0);
        let horizon = Horizon {
            today,
            near: today.checked_add_days(Days::new(warn)).unwrap_or(today),
            issued: app.scheme.campaign.parameters.issue_date,
        };
        let wanted = wanted(query)?;
        let reach = Reach::of(allowed.actor());
        let (total, exact) = search::count(db, reach, &wanted, horizon).await?;
        let offset = Pager::offset(query, total);
        let rows = search::page(db, reach, (&wanted, offset), horizon).await?;
        let ids: Vec<i64> = rows.iter().map(|listed| listed.id).collect();
        let hands = hands::listed(db, (app, allowed), Asked::First(&ids)).await?;
        let departments = departments(db).await?;
        let departments: Vec<Choice> = departments
            .into_iter()
            .filter(|department| department.supervises)
            .map(|department| choice(&department.id.to_string(), &department.short_name))
            .collect();
        let tracks: Vec<Choice> = app
            .scheme
            .measures
            .tracks
            .iter()
            .map(|track| choice(&track.code, &track.name))
            .collect();
        Ok(Self {
            page: allowed.page("协会台账"),
            form: Form::filled(filters(query)),
            rows: rows
                .into_iter()
                .zip(offset + 1..)
                .map(|(listed, number)| {
                    let new = is_new(&app.scheme.campaign, listed.registered_on);
                    let hand = hands::cell(hands.of_association(listed.id).as_ref());
                    row(listed, (number, new), horizon, hand)
                })
                .collect(),
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
        })
    }
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
    ("red", "逾期"),
    ("yellow", "临期"),
    ("still", "暂停办理"),
    ("fixed", "暂停办理·已过《方案》时限"),
];

fn wanted(query: &Query) -> Result<Wanted, Error> {
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

fn chips(query: &Query, departments: &[Choice], tracks: &[Choice]) -> Vec<Chip> {
    let label = |name: &str, value: &str| match name {
        "q" => format!("搜索：{value}"),
        "department" => format!(
            "单位：{}",
            crate::scheme::survey::label_of(departments, value)
        ),
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

fn sorts(query: &Query, current: &str) -> Vec<Sort> {
    SORTS
        .into_iter()
        .map(|(key, label)| Sort {
            label,
            href: query.with("sort", Some(key)),
            current: key == current,
        })
        .collect()
}

fn row(listed: Listed, (number, new): (i64, bool), horizon: Horizon, hand: Cell) -> Row {
    let light = light(&listed, horizon);
    Row {
        number,
        listed,
        new,
        light,
        hand,
    }
}

fn light(listed: &Listed, horizon: Horizon) -> Light {
    let late = |deadline: NaiveDate| (horizon.today - deadline).num_days();
    if listed.exit_kind.is_some() {
        return Light {
            kind: "",
            label: String::new(),
        };
    }
    if listed.still {
        let past = listed.fixed_deadline.is_some_and(|day| day < horizon.today);
        let word = if past { "fixed" } else { "still" };
        let known = LIGHTS.iter().find(|(key, _)| *key == word);
        return Light {
            kind: "grey",
            label: known.map_or_else(String::new, |(_, label)| (*label).to_owned()),
        };
    }
    match listed.next_deadline {
        Some(deadline) if deadline < horizon.today => Light {
            kind: "red",
            label: format!("逾期{}天", late(deadline)),
        },
        Some(deadline) if deadline <= horizon.near => Light {
            kind: "yellow",
            label: "临期".to_owned(),
        },
        Some(_) => Light {
            kind: "green",
            label: "正常".to_owned(),
        },
        None => Light {
            kind: "",
            label: String::new(),
        },
    }
}
