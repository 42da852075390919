//! What is pressed for on a day: read from the desk, whatever its kind.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, TimeDelta};

use crate::access::Scope;
use crate::database::Db;
use crate::desk::store::reading::Lying;
use crate::desk::store::reading::pressed::{self, Pressed};
use crate::scheme::Scheme;
use crate::timeline::rules::reminders::{Judge, Matter, Office, OtherRow, Pasts, Sources, derive};
use crate::timeline::store::Within;
use crate::timeline::store::reminders::{self, offices};

/// Most matters of a kind; the earliest days come first.
pub const MOST: i64 = 500;

/// Everything that reminders are decided on, on one day.
pub struct Situation {
    /// The day.
    pub today: NaiveDate,
    /// There are more than are read: those with later deadlines are not among them.
    pub cut: bool,
    /// The matters, the latest first.
    pub matters: Vec<Matter>,
    /// What was sent before.
    pub pasts: Pasts,
    /// All departments.
    pub offices: Vec<Office>,
    /// Who receives it there: department, role and name.
    pub receivers: BTreeMap<i64, Vec<String>>,
    /// Departments in which somebody receives it.
    pub reached: BTreeSet<i64>,
}

impl Situation {
    /// Reads it, within what a person may see.
    pub async fn read(
        db: &mut Db,
        scheme: &Scheme,
        at: (Scope, NaiveDate),
    ) -> Result<Self, sqlx::Error> {
        Self::reaching(db, scheme, at, MOST).await
    }

    /// The same with so many matters of a kind at most.
    pub async fn reaching(
        db: &mut Db,
        scheme: &Scheme,
        (scope, today): (Scope, NaiveDate),
        most: i64,
    ) -> Result<Self, sqlx::Error> {
        let which = Pressed {
            today,
            soon: today + TimeDelta::days(scheme.campaign.parameters.warn_days),
            department: Within::of(scope, scheme).unit,
            most,
        };
        let tasks = pressed::tasks(db, which).await?;
        let (items, more) = pressed::items(db, scheme, which).await?;
        let lying = pressed::others(db, which).await?;
        let others: Vec<OtherRow> = lying.iter().filter_map(|row| other(scheme, row)).collect();
        let offices = offices(db).await?;
        let matters = derive(&Sources {
            scheme,
            items: &items,
            tasks: &tasks,
            others: &others,
            offices: &offices,
        });
        let receivers = reminders::receivers(db, today).await?;
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        Ok(Self {
            today,
            cut: more || lying.len() >= most,
            matters,
            pasts: reminders::pasts(db).await?,
            offices,
            reached: receivers.keys().copied().collect(),
            receivers,
        })
    }

    /// What it is judged by.
    #[must_use]
    pub const fn judge<'a>(&'a self, scheme: &'a Scheme) -> Judge<'a> {
        Judge {
            campaign: &scheme.campaign,
            today: self.today,
            pasts: &self.pasts,
            reached: &self.reached,
        }
    }

    /// Short and full name of a department.
    #[must_use]
    pub fn office(&self, id: i64) -> (&str, &str) {
        let office = self.offices.iter().find(|office| office.id == id);
        office.map_or(("", ""), |office| (&office.name, &office.full_name))
    }
}

/// A row of the desk as a matter is made of it; what has no day is never late.
fn other(scheme: &Scheme, row: &Lying) -> Option<OtherRow> {
    Some(OtherRow {
        kind: row.kind.clone(),
        case: row.case,
        holder: row.department,
        role: row.role,
        title: row.title(scheme),
        association: row.association,
        subject: row.name.clone().unwrap_or_else(|| row.unit_name.clone()),
        href: row.href(scheme),
        due: row.due_on?,
    })
}

/// Which of these matters of a department are still open: as long as the department has
/// the case in hand, whatever has become of its day since.
pub async fn still_open(
    db: &mut Db,
    scheme: &Scheme,
    today: NaiveDate,
    (department, keys): (i64, &[String]),
) -> Result<BTreeSet<String>, sqlx::Error> {
    let cases = keys.iter().filter_map(|key| {
        let (kind, id) = key.split_once(':')?;
        Some((kind.to_owned(), id.parse::<i64>().ok()?))
    });
    let (kinds, ids): (Vec<String>, Vec<i64>) = cases.unzip();
    let open = pressed::in_hand(db, department, (&kinds, &ids)).await?;
    let mut open: BTreeSet<String> = open.into_iter().collect();
    if keys.iter().any(|key| key.starts_with("task:")) {
        let which = Pressed {
            today,
            soon: today + TimeDelta::days(3660),
            department: Some(department),
            most: MOST,
        };
        let open_tasks = pressed::tasks(db, which).await?;
        let codes = scheme.timeline.tasks.iter().filter(|task| {
            let mut lying = open_tasks.iter();
            lying.any(|row| row.measured == task.measured)
        });
        open.extend(codes.map(|task| format!("task:{}", task.code())));
    }
    Ok(open)
}
