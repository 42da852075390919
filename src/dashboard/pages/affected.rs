//! Who a changed age limit newly concerns (TC-51): a list to act on. What was
//! filed before keeps the rule of its day.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use chrono::NaiveDate;

use crate::access::{Act, Scope as Reach};
use crate::clock::chinese_date;
use crate::dashboard::store::affected::{self, Cadre};
use crate::posts::store as posts;
use crate::scheme::parameters::{Parameters, Values};
use crate::web::answer::{count, date};
use crate::web::list::Query;
use crate::web::page::Page;
use crate::web::{Allowed, App, Error, html};

#[derive(Template)]
#[template(path = "dashboard/affected.html")]
struct AffectedPage {
    page: Page,
    title: &'static str,
    asked: bool,
    change: Option<String>,
    rows: Vec<RowView>,
    unknown: Vec<RowView>,
}

struct RowView {
    association: i64,
    name: String,
    unit: String,
    people: String,
}

/// A change of the age limit: made already, or only thought of.
struct Change {
    day: NaiveDate,
    old: Parameters,
    new: Parameters,
}

/// The list after the last change, or what a change would bring: `limit` and `on`
/// in the address.
pub async fn show(
    State(app): State<App>,
    allowed: Allowed,
    query: Query,
) -> Result<Response, Error> {
    let (pool, campaign) = (app.database.pool(), app.database.campaign().0);
    let asked = query.get("limit").is_some() || query.get("on").is_some();
    let change = if asked {
        thought_of(&app, &query).await?
    } else {
        affected::last_change(pool, campaign)
            .await?
            .map(|change| Change {
                day: change.day,
                old: under(&app, change.before),
                new: under(&app, change.after),
            })
    };
    let title = if asked {
        "修改年龄界限的影响（预览）"
    } else {
        "年龄界限修改后受影响的人员"
    };
    let mut view = AffectedPage {
        page: allowed.page(title),
        title,
        asked,
        change: change.as_ref().map(sentence),
        rows: Vec::new(),
        unknown: Vec::new(),
    };
    let Some(change) = change else {
        return html(&view);
    };
    let actor = allowed.actor();
    let cadres = if allowed.may(Act::RegistryList) {
        let mut cadres = affected::cadres(pool, campaign, Reach::of(actor)).await?;
        cadres.extend(registered(&app, Reach::of(actor)).await?);
        cadres.sort_by(|one, other| {
            let key = |cadre: &Cadre| (cadre.unit.clone(), cadre.association);
            key(one).cmp(&key(other))
        });
        cadres
    } else {
        Vec::new()
    };
    let named = actor.reads_persons_of(actor.department());
    let of = |wanted: Option<bool>| {
        let chosen = cadres.iter().filter(|cadre| change.meets(cadre) == wanted);
        rows(chosen.collect(), named)
    };
    view.rows = of(Some(true));
    view.unknown = of(None);
    html(&view)
}

impl Change {
    /// Whether the change newly puts somebody past the limit; unknown without a birthday.
    fn meets(&self, cadre: &Cadre) -> Option<bool> {
        let birth = cadre.birth?;
        Some(self.new.over_age(birth, self.day) && !self.old.over_age(birth, self.day))
    }
}

/// The retired cadres on the registers of posts who still hold theirs.
async fn registered(app: &App, reach: Reach) -> Result<Vec<Cadre>, Error> {
    let (pool, campaign) = (app.database.pool(), app.database.campaign().0);
    let homes = posts::homes(pool, campaign, reach).await?;
    let holders = posts::all(pool, campaign, reach).await?;
    let today = app.clock.today();
    let cadres = holders.into_iter().filter_map(|holder| {
        let home = homes.iter().find(|home| home.id == holder.association)?;
        (holder.is_active() && holder.is_retired_cadre()).then(|| Cadre {
            association: home.id.0,
            name: home.name.clone(),
            unit: home.department.clone(),
            // An approval or a filing keeps the limit of its own date.
            person: if holder.approved(today) {
                format!("{}（审批、备案按当时的界限仍然有效）", holder.name)
            } else {
                holder.name
            },
            birth: holder.birth,
        })
    });
    Ok(cadres.collect())
}

fn under(app: &App, changes: serde_json::Value) -> Parameters {
    let changes: Values = serde_json::from_value(changes).unwrap_or_default();
    app.scheme.campaign.under(&changes).parameters
}

/// Another limit from a day on; none where the address does not say it well.
async fn thought_of(app: &App, query: &Query) -> Result<Option<Change>, Error> {
    let limit = query
        .get("limit")
        .and_then(|limit| count::parse(limit).ok().flatten());
    let day = query
        .get("on")
        .and_then(|day| date::parse(day).ok().flatten());
    let (Some(age_limit), Some(day)) = (limit, day) else {
        return Ok(None);
    };
    let old = app.on(day).await?.scheme.campaign.parameters.clone();
    let new = Parameters {
        age_limit,
        ..old.clone()
    };
    Ok(new
        .contradiction()
        .is_none()
        .then_some(Change { day, old, new }))
}

fn sentence(change: &Change) -> String {
    format!(
        "任职年龄界限由{}周岁改为{}周岁，自{}起执行。",
        change.old.age_limit,
        change.new.age_limit,
        chinese_date(change.day)
    )
}

/// One row for each association; names only for those who may read them.
fn rows(cadres: Vec<&Cadre>, named: bool) -> Vec<RowView> {
    let mut rows: Vec<(RowView, Vec<&str>)> = Vec::new();
    for cadre in cadres {
        match rows.last_mut() {
            Some((row, people)) if row.association == cadre.association => {
                people.push(&cadre.person);
            }
            _ => rows.push((
                RowView {
                    association: cadre.association,
                    name: cadre.name.clone(),
                    unit: cadre.unit.clone(),
                    people: String::new(),
                },
                vec![&cadre.person],
            )),
        }
    }
    rows.into_iter()
        .map(|(row, people)| RowView {
            people: if named {
                people.join("、")
            } else {
                format!("{}人", people.len())
            },
            ..row
        })
        .collect()
}
