//! The checklist of an association: five tracks at a glance, then every item.

use askama::Template;
use chrono::NaiveDate;

use crate::access::{Act, Case as _};
use crate::ids::AssociationId;
use crate::paths;
use crate::progress::rules::{Item, ItemState, arithmetic, deadlines, lights};
use crate::progress::store::{self, Ends};
use crate::registry::rules::Stage;
use crate::registry::store::suspensions::{self, Standing};
use crate::registry::store::{self as registry, Brief};
use crate::scheme::measures::Track;
use crate::scheme::{Choice, Scheme};
use crate::web::hands::{self, Asked, Hands};
use crate::web::list::{Chip, Query};
use crate::web::page::Page;
use crate::web::table::{self, Cell, Column, Table};
use crate::web::{Allowed, App, Error, Form, Look, View};

use super::label;
use super::together::{self, PICKED, Together};

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
    groups: Vec<Group>,
    tracks: Vec<Choice>,
    lights: Vec<Choice>,
    chips: Vec<Chip>,
    together: Vec<Together>,
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
    tag: &'static str,
    word: String,
}

struct TrackView {
    name: String,
    href: String,
    meter: Meter,
}

struct Group {
    code: String,
    rows: Table,
}

/// An item of the association, as this person may read it.
struct Row {
    item: Item,
    text: String,
    light: lights::Light,
}

const COLUMNS: &[Column<Row>] = &[
    table::short("编号", |row: &Row| Cell::plain(&row.item.measure)),
    table::words("事项", |row: &Row| {
        let address = paths::progress::ITEM.at(row.item.association, row.item.id);
        let mut cells = vec![Cell::link(address, &row.text)];
        if !row.item.mandatory {
            cells.push(Cell::Aside("不计入进度".to_owned()));
        }
        if row.item.added_later {
            cells.push(Cell::Aside("后续增补".to_owned()));
        }
        Cell::Several(cells)
    })
    .head(),
    table::short("时限", |row: &Row| {
        let day = Cell::plain(format!("{} ", row.item.deadline));
        let gives = Cell::Aside(deadlines::word(&row.item.due_by).to_owned());
        let tag = Cell::Tag(row.light.tag(), row.light.word());
        Cell::Several(vec![day, tag, gives])
    }),
    table::words("状态", |row: &Row| row.item.state.label().into()),
    table::short("完成日期", |row: &Row| row.item.done_on.into()),
    table::figures("证明材料", |row: &Row| row.item.evidence.into()),
];

/// Today and the days of warning.
#[derive(Clone, Copy)]
struct Measured {
    today: NaiveDate,
    warn_days: i64,
    /// The association stands still (FD-4).
    still: bool,
}

impl Measured {
    fn light(self, item: &Item) -> lights::Light {
        lights::shown(item, (self.today, self.warn_days), self.still)
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
        let measured = Measured {
            today: app.clock.today(),
            warn_days: app.scheme.campaign.parameters.warn_days,
            still: !standing.is_empty(),
        };
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
        Ok(Self {
            open_ends: open_ends(id, ends),
            page: allowed.page(format!("{}五分离清单", brief.name)),
            form: form.unwrap_or_else(|| Form::filled(filters(query))),
            together: together::offered(db, (&app.scheme, allowed), &items, persons).await?,
            begun: !items.is_empty(),
            may_begin: items.is_empty()
                && brief.stage == Stage::PlanApproved
                && allowed.may(Act::PlanBegin),
            overall: meter(&in_five, measured),
            five: tracks(&five),
            apart: tracks(&apart),
            groups: groups(app, allowed, (&items, &hands), (persons, measured)),
            tracks: track_choices(&app.scheme),
            lights: light_choices(),
            chips: chips(&app.scheme, query),
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
        tag: light.tag(),
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

/// The items that pass the filters, by track.
fn groups(
    app: &App,
    allowed: &Allowed,
    (items, hands): (&[Item], &Hands),
    (persons, measured): (bool, Measured),
) -> Vec<Group> {
    let (scheme, query) = (&app.scheme, allowed.query());
    let tracks = scheme.measures.tracks.iter();
    tracks
        .filter(|track| query.get("track").is_none_or(|code| code == track.code))
        .map(|track| {
            let rows: Vec<Row> = items
                .iter()
                .filter(|item| item.track == track.code)
                .map(|item| row(scheme, item, persons, measured))
                .filter(|row| query.get("light").is_none_or(|tag| tag == row.light.tag()))
                .collect();
            let held = rows.iter().map(|row| hands.of(Item::KIND, row.item.id));
            Group {
                code: track.code.clone(),
                rows: Table::of(&track.full, allowed.actor(), COLUMNS, &rows)
                    .held(held)
                    .scrolled(),
            }
        })
        .filter(|group| !group.rows.is_empty())
        .collect()
}

fn row(scheme: &Scheme, item: &Item, persons: bool, measured: Measured) -> Row {
    let measure = scheme.measure(&item.measure);
    let text = measure.map_or("", |measure| measure.text.as_str());
    let label = label(item, persons);
    Row {
        item: item.clone(),
        text: if label.is_empty() {
            text.to_owned()
        } else {
            format!("{text}：{label}")
        },
        light: measured.light(item),
    }
}

fn filters(query: &Query) -> Vec<(String, String)> {
    ["track", "light"]
        .into_iter()
        .filter_map(|name| Some((name.to_owned(), query.get(name)?.to_owned())))
        .collect()
}

fn track_choices(scheme: &Scheme) -> Vec<Choice> {
    scheme
        .measures
        .tracks
        .iter()
        .map(|track| Choice {
            value: track.code.clone(),
            label: track.name.clone(),
        })
        .collect()
}

fn light_choices() -> Vec<Choice> {
    lights::TAGS
        .iter()
        .map(|(value, label)| Choice {
            value: (*value).to_owned(),
            label: (*label).to_owned(),
        })
        .collect()
}

fn chips(scheme: &Scheme, query: &Query) -> Vec<Chip> {
    let named = |name: &str, choices: &[Choice], title: &str| {
        let value = query.get(name)?;
        let label = choices
            .iter()
            .find(|choice| choice.value == value)
            .map_or(value, |choice| choice.label.as_str());
        Some(Chip {
            label: format!("{title}：{label}"),
            href: query.without(name),
        })
    };
    named("track", &track_choices(scheme), "分离")
        .into_iter()
        .chain(named("light", &light_choices(), "时限"))
        .collect()
}
