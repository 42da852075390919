//! What is on record of every task, by department, within what a person may see.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::access::Scope;
use crate::database::Db;
use crate::ids::DepartmentId;
use crate::scheme::Scheme;
use crate::scheme::timeline::Task;
use crate::timeline::rules::{Facts, Measured};
use crate::workgroups::rules::{Part, Report};
use crate::workgroups::store as workgroups;

use super::journey;

/// The rows that are counted.
#[derive(Debug, Clone, Copy)]
pub struct Within {
    /// Only this unit's.
    pub unit: Option<i64>,
    /// Only this association's.
    pub association: Option<i64>,
    /// Day of the scheme: later associations are not recommended.
    pub issued: NaiveDate,
}

impl Within {
    /// What a person may see.
    #[must_use]
    pub fn of(scope: Scope, scheme: &Scheme) -> Self {
        Self {
            unit: scope.department().map(|department| department.0),
            association: scope.association().map(|association| association.0),
            issued: scheme.campaign.parameters.issue_date,
        }
    }
}

/// Short names of all departments; `true`: a supervising unit.
pub async fn departments(db: &mut Db) -> Result<BTreeMap<i64, (String, bool)>, sqlx::Error> {
    let rows = sqlx::query!(
        "select id, short_name, supervises from department where campaign_id = $1 and active order by id limit 1000",
        db.campaign(),
    )
    .map(|row| (row.id, (row.short_name, row.supervises)))
    .fetch_all(db.connection())
    .await?;
    Ok(rows.into_iter().collect())
}

/// What an association's own account may see computed: the others' matters are
/// the units' and the office's.
const OF_ASSOCIATIONS: [&str; 7] = [
    "survey",
    "confirmation",
    "plan",
    "reply",
    "items",
    "measures",
    "activities",
];

/// What is on record of every task that the program measures.
pub async fn measured(
    db: &mut Db,
    scheme: &Scheme,
    within: Within,
) -> Result<BTreeMap<String, Measured>, sqlx::Error> {
    let all: Vec<&str> = scheme
        .timeline
        .tasks
        .iter()
        .map(|task| task.measured.as_str())
        .filter(|measured| !measured.is_empty())
        .collect();
    measured_of(db, scheme, within, &all).await
}

/// What is on record of the tasks that are measured by one of these.
pub async fn measured_of(
    db: &mut Db,
    scheme: &Scheme,
    within: Within,
    wanted: &[&str],
) -> Result<BTreeMap<String, Measured>, sqlx::Error> {
    let groups = Groups::read(db, within).await?;
    let mut found = BTreeMap::new();
    for task in &scheme.timeline.tasks {
        if !wanted.contains(&task.measured.as_str()) {
            continue;
        }
        if within.association.is_some() && !OF_ASSOCIATIONS.contains(&task.measured.as_str()) {
            continue;
        }
        let by = match part_of(task) {
            Some(part) => groups.rows(part, within),
            None => of(db, scheme, task, within).await?,
        };
        found.insert(task.code().to_owned(), Measured { by });
    }
    Ok(found)
}

/// By department.
pub type Rows = Vec<(i64, Facts)>;

async fn of(
    db: &mut Db,
    scheme: &Scheme,
    task: &Task,
    within: Within,
) -> Result<Rows, sqlx::Error> {
    match task.measured.as_str() {
        "survey" => journey::surveys(db, within).await,
        "confirmation" => journey::confirmations(db, within).await,
        "recommendation" => journey::recommendations(db, within).await,
        "publication" => journey::publication(db).await,
        "plan" => journey::plans(db, within).await,
        "prior_approvals" => journey::approvals(db, within).await,
        "notices" => journey::notices(db, within).await,
        "reply" => journey::replies(db, within).await,
        "items" => {
            let tracks = scheme.measures.tracks.iter();
            let five: Vec<String> = tracks
                .filter(|track| track.counts_in_five)
                .map(|track| track.code.clone())
                .collect();
            journey::items(db, within, &five).await
        }
        "measures" => journey::measures(db, within, &task.measures).await,
        "activities" => journey::activities(db, within).await,
        _ => Ok(Vec::new()),
    }
}

/// The part of the work groups that a task asks for (PH-01 to PH-04).
fn part_of(task: &Task) -> Option<Part> {
    Some(match task.measured.as_str() {
        "group" => Part::Group,
        "liaison" => Part::Liaison,
        "timetable" => Part::Timetable,
        "risks" => Part::Risks,
        _ => return None,
    })
}

/// The units' work groups, read once for the four tasks that ask for them.
struct Groups {
    written: BTreeMap<i64, workgroups::Workgroup>,
    reports: Vec<(i64, Report)>,
    units: BTreeMap<i64, (String, bool)>,
}

impl Groups {
    async fn read(db: &mut Db, within: Within) -> Result<Self, sqlx::Error> {
        let unit = within.unit.map(DepartmentId);
        Ok(Self {
            written: workgroups::workgroups(db, unit).await?,
            reports: workgroups::reports(db, unit).await?,
            units: departments(db).await?,
        })
    }

    fn rows(&self, part: Part, within: Within) -> Rows {
        let own = self.units.iter().filter(|(id, (_, supervises))| {
            *supervises && within.unit.is_none_or(|unit| unit == **id)
        });
        own.map(|(&id, _)| {
            let report = self
                .reports
                .iter()
                .find(|(unit, report)| *unit == id && report.part == part);
            let done_on = report.and_then(|(_, report)| report.reported_on);
            let written = self
                .written
                .get(&id)
                .is_some_and(|group| group.content.lacks(part).is_none());
            let facts = Facts {
                total: 1,
                done: i64::from(done_on.is_some()),
                waiting: i64::from(done_on.is_none()),
                started: written || report.is_some(),
                done_on,
                ..Facts::default()
            };
            (id, facts)
        })
        .collect()
    }
}
