//! The checklist of an association: five tracks at a glance, then every item.

use askama::Template;
use chrono::NaiveDate;
use std::iter;

use crate::access::Act;
use crate::documents::leaving::Tabled;
use crate::figures::arithmetic;
use crate::ids::AssociationId;
use crate::paths;
use crate::progress::rules::{Item, ItemState, lights};
use crate::progress::store::{self, Ends};
use crate::registry::rules::Stage;
use crate::registry::store::suspensions::{self, Standing};
use crate::registry::store::{self as registry, Brief};
use crate::scheme::Choice;
use crate::scheme::measures::Track;
use crate::web::hands::{self, Asked};
use crate::web::list::{Chip, Query};
use crate::web::page::Page;
use crate::web::table::Table;
use crate::web::{Allowed, App, Error, Form, Look, View};
use crate::words::Mark;

use super::checklist::{Bar, List, Sight};
use super::filters;

/// The page.
#[derive(Template)]
#[template(path = "progress/overview.html")]
pub struct OverviewPage {
    page: Page,
    association: Brief,
    form: Form,
    /// What stands open beside the items: words and address.
    open_ends: Vec<(String, String)>,
    begun: bool,
    may_begin: bool,
    overall: Meter,
    five: Vec<TrackView>,
    apart: Vec<TrackView>,
    list: List,
    tracks: Vec<Choice>,
    lights: Vec<Choice>,
    chips: Vec<Chip>,
    bar: Option<Bar>,
    standing: Vec<Standing>,
}

/// How much of something is done.
struct Meter {
    resolved: i64,
    applicable: i64,
    reported: i64,
    late: i64,
    percent: String,
    verified_share: i64,
    reported_share: i64,
    mark: Mark,
    word: String,
}

struct TrackView {
    name: String,
    href: String,
    meter: Meter,
}

/// Today and the days of warning.
#[derive(Clone, Copy)]
pub(super) struct Measured {
    pub(super) today: NaiveDate,
    pub(super) warn_days: i64,
    /// The association stands still (FD-4).
    pub(super) still: bool,
}

impl Measured {
    fn of(app: &App, standing: &[Standing]) -> Self {
        Self {
            today: app.clock.today(),
            warn_days: app.scheme.campaign.parameters.warn_days,
            still: !standing.is_empty(),
        }
    }

    /// The light of an item.
    pub(super) fn light(self, item: &Item) -> lights::Light {
        lights::shown(item, (self.today, self.warn_days), self.still)
    }
}

impl Tabled for OverviewPage {
    const NAME: &'static str = "五分离清单";

    fn tables(self) -> Vec<Table> {
        vec![self.list.table(Self::NAME)]
    }

    fn filters(&self) -> Vec<String> {
        let chips = self.chips.iter().map(|chip| chip.label.clone());
        iter::once(self.association.name.clone())
            .chain(chips)
            .collect()
    }
}

impl View for OverviewPage {
    async fn open(look: Look<'_>, form: Option<Form>) -> Result<Self, Error> {
        let (db, app, allowed) = (look.db, look.app, look.allowed);
        let query = allowed.query();
        let id = allowed.association()?;
        let brief = registry::brief(db, id).await?.ok_or(Error::Missing)?;
        let items = store::items(db, id).await?;
        let standing = suspensions::now(db, id).await?;
        let measured = Measured::of(app, &standing);
        let (five, apart): (Vec<&Track>, Vec<&Track>) = app
            .scheme
            .measures
            .tracks
            .iter()
            .partition(|track| track.counts_in_five);
        let in_five: Vec<Item> = items
            .iter()
            .filter(|item| five.iter().any(|track| track.code == item.track))
            .cloned()
            .collect();
        let tracks = |tracks: &[&Track]| {
            tracks
                .iter()
                .map(|track| track_view(track, &items, query, measured))
                .collect()
        };
        let persons = allowed.actor().reads_persons_of(brief.department);
        let ids: Vec<i64> = items.iter().map(|item| item.id).collect();
        let hands = hands::listed(db, (app, allowed), Asked::Items(&ids)).await?;
        let ends = store::ends(db, id).await?;
        let bar = Bar::of(allowed, measured.still);
        let sight = Sight {
            scheme: &app.scheme,
            allowed,
            hands: &hands,
            measured,
            picks: bar.as_ref(),
            persons,
        };
        let list = List::of(&items, &sight);
        Ok(Self {
            open_ends: open_ends(id, ends),
            page: allowed.page("五分离清单"),
            form: form.unwrap_or_else(|| Form::filled(filters::typed(query))),
            begun: !items.is_empty(),
            may_begin: items.is_empty()
                && brief.stage == Stage::PlanApproved
                && allowed.may(Act::PlanBegin),
            overall: meter(&in_five, measured),
            five: tracks(&five),
            apart: tracks(&apart),
            bar: bar.filter(|_| list.picks),
            list,
            tracks: filters::tracks(&app.scheme),
            lights: filters::lights(),
            chips: filters::chips(&app.scheme, query),
            standing,
            association: brief,
        })
    }

    fn address(allowed: &Allowed) -> Result<String, Error> {
        Ok(paths::progress::PROGRESS.at(allowed.association()?))
    }
}

/// What stands open beside the items, each with the way to it: five separations are not
/// done without.
fn open_ends(id: AssociationId, ends: Ends) -> Vec<(String, String)> {
    let told = [
        (
            ends.ties,
            "项关系尚未终止",
            paths::registry::ASSOCIATION.at(id),
        ),
        (ends.notices, "份通报尚未签收", paths::plan::PLAN.at(id)),
        (
            ends.conditions,
            "项批复条件尚未落实",
            paths::plan::PLAN.at(id),
        ),
    ];
    let open = told.into_iter().filter(|(count, ..)| *count > 0);
    open.map(|(count, what, href)| (format!("{count}{what}"), href))
        .collect()
}

fn meter(items: &[Item], measured: Measured) -> Meter {
    let counted: Vec<&Item> = items
        .iter()
        .filter(|item| item.mandatory && item.state != ItemState::NotApplicable)
        .collect();
    let count = |fits: fn(&Item) -> bool| {
        i64::try_from(counted.iter().filter(|item| fits(item)).count()).unwrap_or(i64::MAX)
    };
    let applicable = count(|_| true);
    let resolved = count(|item| item.state.resolved());
    let reported = count(|item| item.state == ItemState::ReportedDone);
    let light = if measured.still && resolved < applicable {
        lights::all_at_rest(items, measured.today)
    } else {
        lights::worst(items, measured.today, measured.warn_days)
    };
    Meter {
        resolved,
        applicable,
        reported,
        late: count(lights::late),
        percent: arithmetic::percent(resolved, applicable),
        verified_share: arithmetic::share(resolved, applicable),
        reported_share: arithmetic::share(resolved + reported, applicable),
        mark: light.mark(),
        word: if applicable == 0 {
            arithmetic::NOTHING_TO_DO.to_owned()
        } else {
            light.word()
        },
    }
}

fn track_view(track: &Track, items: &[Item], query: &Query, measured: Measured) -> TrackView {
    let own: Vec<Item> = items
        .iter()
        .filter(|item| item.track == track.code)
        .cloned()
        .collect();
    TrackView {
        name: track.name.clone(),
        href: query.with("track", Some(&track.code)),
        meter: meter(&own, measured),
    }
}
