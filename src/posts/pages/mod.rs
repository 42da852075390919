//! Pages of the register of posts.

pub mod affected;
pub mod deeds;
pub mod edit;
pub mod founding;
pub mod ledger;
pub mod ledger_file;
pub mod overview;
pub mod person;

use chrono::NaiveDate;

use crate::database::Db;
use crate::ids::AssociationId;
use crate::paths;
use crate::posts::acts;
use crate::posts::rules::{
    Holder, Judged, Limits, Next, POST, Standing, Tally, days, post_label, tally,
};
use crate::posts::store::{self, Register};
use crate::scheme::Choice;
use crate::scheme::persons::PersonCategory;
use crate::web::hands::{self, Hands};
use crate::web::{App, Error, table};

/// The people of one register, judged today.
pub async fn judged_of(
    db: &mut Db,
    app: &App,
    association: AssociationId,
    register: Option<&Register>,
) -> Result<Vec<Judged>, Error> {
    let holders = store::holders(db, association).await?;
    let cleared = register.and_then(|register| register.cleared_on);
    let cleared = cleared.map(|on| (association, on));
    let limits = Limits::of(&app.scheme.campaign.parameters);
    let day = (&limits, app.clock.today());
    Ok(acts::judged(db, &holders, cleared, day).await?)
}

/// Keys as choices, by what pages call them.
fn choices<'k>(keys: &[&'k str], label: impl Fn(&'k str) -> &'k str) -> Vec<Choice> {
    let choice = |key: &&'k str| Choice {
        value: (*key).to_owned(),
        label: label(key).to_owned(),
    };
    keys.iter().map(choice).collect()
}

/// A row of the ledger (EX-9).
pub struct Row {
    /// The person with the findings.
    pub judged: Judged,
    /// The association.
    pub home: String,
    /// Its unit.
    pub unit: String,
    /// Post in words.
    pub post: &'static str,
    /// 任职 or 兼职.
    pub kind: &'static str,
    /// 男, 女.
    pub sex: &'static str,
    /// The day on which three years are full.
    pub full: Option<NaiveDate>,
    /// The birthday of the age limit.
    pub aged: Option<NaiveDate>,
    /// Who has what is to be done about the person.
    pub hand: table::Cell,
}

impl Row {
    /// The next day that matters: of the gravest finding, else of any.
    #[must_use]
    pub fn next(&self) -> Option<Next> {
        let first = self.judged.findings.first();
        first.and_then(|found| found.next).or(self.judged.next)
    }

    /// The person.
    #[must_use]
    pub const fn holder(&self) -> &Holder {
        &self.judged.holder
    }

    fn held(mut self, all: &Hands) -> Self {
        self.hand = hands::cell(all.of(POST, self.judged.holder.id).as_ref());
        self
    }

    fn new(judged: Judged, (home, unit): (String, String), limits: &Limits) -> Self {
        let holder = &judged.holder;
        let cadre = holder.is_retired_cadre();
        Self {
            home,
            unit,
            hand: table::Cell::Empty,
            post: post_label(&holder.post),
            kind: kind_label(holder),
            sex: match holder.sex.as_deref() {
                Some("m") => "男",
                Some("f") => "女",
                _ => "",
            },
            full: holder
                .retired_on
                .filter(|_| cadre)
                .map(|day| days::add_months(day, limits.cooling_months)),
            aged: holder
                .birth
                .filter(|_| cadre)
                .map(|birth| days::birthday(birth, limits.age_limit)),
            judged,
        }
    }
}

fn kind_label(holder: &Holder) -> &'static str {
    if holder.kind == "full" {
        "任职"
    } else {
        "兼职"
    }
}

/// Counts by category as a table (DB-7).
pub struct TallyView {
    /// What is counted.
    pub heads: Vec<&'static str>,
    /// A line for each category that is there.
    pub lines: Vec<Line>,
    /// The sums.
    pub sum: Line,
}

/// The counts of a category.
pub struct Line {
    /// The category.
    pub label: &'static str,
    /// Its counts.
    pub cells: Vec<Cell>,
}

/// A count, with the address of its rows for those who may read them.
pub struct Cell {
    /// How many.
    pub count: usize,
    /// The rows.
    pub href: Option<String>,
}

impl TallyView {
    /// The table; `linked`: every number opens its rows.
    pub fn new(judged: &[Judged], linked: bool) -> Self {
        let (lines, sum) = tally(judged);
        let mut heads = vec!["人数", "须处理", "提醒"];
        heads.extend(Standing::ALL.map(Standing::label));
        Self {
            heads,
            lines: lines
                .iter()
                .map(|tally| {
                    line(
                        tally,
                        (tally.category.label(), Some(key(tally.category))),
                        linked,
                    )
                })
                .collect(),
            sum: line(&sum, ("合计", None), linked),
        }
    }
}

fn line(tally: &Tally, (label, category): (&'static str, Option<&str>), linked: bool) -> Line {
    let cell = |count: usize, filter: Option<(&str, &str)>| {
        let category = category.map(|key| ("category", key));
        let pairs: Vec<String> = category
            .into_iter()
            .chain(filter)
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        Cell {
            count,
            href: (linked && count > 0)
                .then(|| format!("{}?{}#rows", paths::posts::OVERVIEW, pairs.join("&"))),
        }
    };
    let mut cells = vec![
        cell(tally.all, None),
        cell(tally.pressing, Some(("light", "must"))),
        cell(tally.warned, Some(("light", "warn"))),
    ];
    let standings = Standing::ALL.into_iter().zip(tally.standings);
    cells
        .extend(standings.map(|(standing, count)| cell(count, Some(("standing", standing.key())))));
    Line { label, cells }
}

/// The next change as a cell: its day, and below what changes.
fn next(next: Option<Next>) -> table::Cell {
    next.map_or(table::Cell::Empty, |(day, what)| {
        table::Cell::Whole(day.to_string()).under(what)
    })
}

/// The key of a category in addresses.
#[must_use]
pub fn key(category: PersonCategory) -> &'static str {
    match category {
        PersonCategory::Unknown => "unknown",
        other => other.key(),
    }
}
