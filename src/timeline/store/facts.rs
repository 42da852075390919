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

use super::{counts, dockets, journey, standing};

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
pub async fn departments(db: &mut Db) -> Result<Names, sqlx::Error> {
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

/// By department.
pub type Rows = Vec<(i64, Facts)>;
/// Short names of departments; `true`: a supervising unit.
pub type Names = BTreeMap<i64, (String, bool)>;

/// What is on record of every task that the program measures. Of the task that is shown
/// alone the days are looked up that no state depends on.
pub async fn measured(
    db: &mut Db,
    scheme: &Scheme,
    within: Within,
    (names, shown): (&Names, Option<&Task>),
) -> Result<BTreeMap<String, Measured>, sqlx::Error> {
    let mut rows = counts::counted(db, within, shown.map(standing::key)).await?;
    let mut groups = None;
    if within.association.is_none() {
        let surveys = rows.remove("survey").unwrap_or_default();
        let surveys = journey::surveys(db, within, (names, surveys)).await?;
        rows.insert("survey".to_owned(), surveys);
        let recommended = journey::recommendations(db, within).await?;
        rows.insert("recommendation".to_owned(), recommended);
        let published = journey::publication(db).await?;
        rows.insert("publication".to_owned(), published);
        rows.extend(dockets::counted(db, scheme, within).await?);
        groups = Some(Groups::read(db, within, names).await?);
    }
    let mut found = BTreeMap::new();
    for task in &scheme.timeline.tasks {
        let measured = task.measured.as_str();
        let seen = within.association.is_none() || OF_ASSOCIATIONS.contains(&measured);
        if measured.is_empty() || !seen {
            continue;
        }
        let by = match (part_of(task), &groups) {
            (Some(part), Some(groups)) => groups.rows(part, within),
            _ => rows.get(standing::key(task)).cloned().unwrap_or_default(),
        };
        found.insert(task.code().to_owned(), Measured { by });
    }
    Ok(found)
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
struct Groups<'a> {
    written: BTreeMap<i64, workgroups::Workgroup>,
    reports: Vec<(i64, Report)>,
    units: &'a Names,
}

impl<'a> Groups<'a> {
    async fn read(db: &mut Db, within: Within, units: &'a Names) -> Result<Self, sqlx::Error> {
        let unit = within.unit.map(DepartmentId);
        Ok(Self {
            written: workgroups::workgroups(db, unit).await?,
            reports: workgroups::reports(db, unit).await?,
            units,
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
