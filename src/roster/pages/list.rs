//! All units' recommendations, the district's sums, and the published list. The figures of
//! one block are of one moment: of the cut-off, once there is one (FZ-3).

use askama::Template;
use axum::extract::State as Extract;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect};

use crate::access::Act;
use crate::database::Db;
use crate::paths;
use crate::roster::acts::ratio;
use crate::roster::pages::published::Lists;
use crate::roster::pages::units::{LIVING, STANDING, UnitView};
use crate::roster::rules::{self, RECOMMENDATION};
use crate::roster::store::cutoff::{self, Sums};
use crate::roster::store::units::{self as store, Living};
use crate::web::hands::{self, Asked, Hand};
use crate::web::list::ROWS;
use crate::web::page::Page;
use crate::web::table::Table;
use crate::web::view::draw;
use crate::web::{Allowed, Answer, App, Error, Form, Look, View};

/// The page.
#[derive(Template)]
#[template(path = "roster/list.html")]
pub struct ListPage {
    page: Page,
    share: String,
    units: Table,
    /// Where the units go on.
    more: Option<String>,
    /// Sums of the cut-off; none before the first publication.
    frozen: Option<Sums>,
    /// The district as it stands.
    living: Living,
    lists: Lists,
    may: May,
    shows_units: bool,
}

/// What else this person can do here.
struct May {
    publish: bool,
    amend: bool,
    preview: bool,
    objections: bool,
}

impl View for ListPage {
    async fn open(look: Look<'_>, _: Option<Form>) -> Result<Self, Error> {
        let (db, app, allowed) = (look.db, look.app, look.allowed);
        let ratio = ratio(&app.scheme);
        let issued = app.scheme.campaign.parameters.issue_date;
        let lists = Lists::load(db, allowed.query()).await?;
        let published = !lists.publications.is_empty();
        // Recommendations under way are the office's and the readers', not the superior's (TC-71).
        let shows_units = allowed.actor().role().reads_all();
        let (mut units, mut more) = (Vec::new(), None);
        if shows_units {
            (units, more) = page_of_units(db, (app, allowed)).await?;
        }
        let held = held(db, (app, allowed), &units).await?;
        let mut frozen = None;
        let living = match (shows_units, published) {
            (false, _) => Living::default(),
            (true, false) => store::living(db, issued, ratio).await?,
            (true, true) => {
                frozen = Some(cutoff::sums(db).await?);
                store::today(db).await?
            }
        };
        let columns = if published { STANDING } else { LIVING };
        Ok(Self {
            page: allowed.page("脱钩名单"),
            share: rules::fraction(ratio),
            may: May {
                publish: allowed.may(Act::RosterPublish) && living.decided,
                amend: allowed.may(Act::RosterAmend) && published,
                preview: allowed.may(Act::RosterPreview),
                objections: allowed.may(Act::ObjectionRead),
            },
            units: Table::of("各单位推荐情况", allowed.actor(), columns, &units)
                .held(held)
                .scrolled(),
            more,
            frozen,
            living,
            lists,
            shows_units,
        })
    }

    fn address(_: &Allowed) -> Result<String, Error> {
        Ok(paths::roster::ROSTER.at().to_owned())
    }
}

/// A page of units, and where they go on.
async fn page_of_units(
    db: &mut Db,
    (app, allowed): (&App, &Allowed),
) -> Result<(Vec<UnitView>, Option<String>), sqlx::Error> {
    let query = allowed.query();
    let after = query.get("units").and_then(|key| key.parse().ok());
    let issued = app.scheme.campaign.parameters.issue_date;
    let mut rows = store::units(db, (issued, after.unwrap_or_default())).await?;
    let page = usize::try_from(ROWS).unwrap_or(usize::MAX);
    let more = rows.len() > page;
    rows.truncate(page);
    let last = rows.last().map(|row| row.id.to_string());
    let more = last.filter(|_| more);
    let more = more.map(|last| query.with("units", Some(&last)));
    let ratio = ratio(&app.scheme);
    let units = rows.into_iter().map(|row| UnitView::of(row, ratio));
    Ok((units.collect(), more))
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

/// The page; a unit is sent to its own recommendation.
pub async fn show(Extract(app): Extract<App>, allowed: Allowed) -> Answer {
    if allowed.actor().role().is_unit() {
        let own = paths::roster::RECOMMENDATIONS.at(allowed.actor().department());
        return Ok(Redirect::to(&own).into_response());
    }
    draw::<ListPage>(&app, &allowed, None, StatusCode::OK).await
}
