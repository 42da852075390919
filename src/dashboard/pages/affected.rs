//! Who a changed age limit newly concerns (TC-51): a list to act on. What was
//! filed before keeps the rule of its day.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use crate::access::{Act, Scope as Reach};
use crate::clock::chinese_date;
use crate::dashboard::store::affected::{self, Cadre};
use crate::scheme::parameters::{Parameters, Values};
use crate::web::page::Page;
use crate::web::{Allowed, App, Error, html};

#[derive(Template)]
#[template(path = "dashboard/affected.html")]
struct AffectedPage {
    page: Page,
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

/// The list.
pub async fn show(State(app): State<App>, allowed: Allowed) -> Result<Response, Error> {
    let (pool, campaign) = (app.database.pool(), app.database.campaign().0);
    let page = allowed.page("年龄界限修改后受影响的人员");
    let Some(change) = affected::last_change(pool, campaign).await? else {
        return html(&AffectedPage {
            page,
            change: None,
            rows: Vec::new(),
            unknown: Vec::new(),
        });
    };
    let day = change.day;
    let under = |changes| {
        let changes: Values = serde_json::from_value(changes).unwrap_or_default();
        app.scheme.campaign.under(&changes).parameters
    };
    let (old, new) = (under(change.before), under(change.after));
    let actor = allowed.actor();
    let cadres = if allowed.may(Act::RegistryList) {
        affected::cadres(pool, campaign, Reach::of(actor)).await?
    } else {
        Vec::new()
    };
    let named = actor.role().reads_persons() || actor.role().is_unit();
    let concerned = |cadre: &Cadre| {
        let birth = cadre.birth?;
        Some(new.over_age(birth, day) && !old.over_age(birth, day))
    };
    let of = |wanted: Option<bool>| {
        let chosen = cadres.iter().filter(|cadre| concerned(cadre) == wanted);
        rows(chosen.collect(), named)
    };
    html(&AffectedPage {
        page,
        change: Some(sentence(&old, &new, day)),
        rows: of(Some(true)),
        unknown: of(None),
    })
}

fn sentence(old: &Parameters, new: &Parameters, day: chrono::NaiveDate) -> String {
    format!(
        "任职年龄界限由{}周岁改为{}周岁，自{}起执行。",
        old.age_limit,
        new.age_limit,
        chinese_date(day)
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
