//! Dockets that somebody has in hand.

use chrono::NaiveDate;
use sqlx::types::Json;

use crate::access::Case as _;
use crate::database::Db;
use crate::desk::rules::Found;
use crate::oversight::rules::missing;
use crate::oversight::store::Docket;
use crate::scheme::{Answers, Scheme};

struct Row {
    id: i64,
    process: String,
    level: String,
    department: i64,
    association: Option<i64>,
    handler: Option<i64>,
    finder: Option<i64>,
    state: String,
    answers: Json<Answers>,
    since: NaiveDate,
    due: Option<NaiveDate>,
    nil: bool,
}

/// Of associations, and of units what belongs to no association.
pub(super) async fn matters(
    db: &mut Db,
    (associations, units): (&[i64], &[i64]),
    scheme: &Scheme,
) -> Result<Vec<Found>, sqlx::Error> {
    let rows = sqlx::query_as!(
        Row,
        r#"select d.id, d.process, d.level, d.department_id as department, d.association_id as association, d.handler_id as handler,
                  d.finder_id as finder, d.state, d.answers as "answers: Json<Answers>", d.since, d.due_on as due,
                  not exists (select from roster_entry e
                                  join association l on l.campaign_id = e.campaign_id and l.id = e.association_id
                                  where e.campaign_id = d.campaign_id and l.department_id = d.department_id
                                    and (e.publication_id is not null or e.added_by is not null)
                                    and e.withdrawn_by is null) as "nil!"
           from docket d
           where d.campaign_id = $1 and d.state not in ('settled', 'withdrawn')
             and (d.association_id = any($2) or d.association_id is null and d.department_id = any($3))
           order by d.id"#,
        db.campaign(),
        associations,
        units,
    )
    .fetch_all(db.connection())
    .await?;
    Ok(rows.into_iter().map(|row| row.found(scheme)).collect())
}

impl Row {
    fn found(self, scheme: &Scheme) -> Found {
        let process = scheme.process(&self.process);
        let complete =
            process.is_some_and(|process| missing(process, &self.answers, self.nil).is_empty());
        Found {
            kind: Docket::KIND.to_owned(),
            case: self.id,
            association: self.association,
            unit: self.department,
            asked: self.handler,
            finder: self.finder,
            state: self.state,
            note: format!("{} {}", self.process, self.level),
            since: self.since,
            due: self.due,
            from_on: None,
            count: 1,
            complete,
            suspended: false,
        }
    }
}
