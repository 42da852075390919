//! Tasks that consist of dockets: how many there are of the process, how many are done.

use std::collections::BTreeMap;

use crate::database::Db;
use crate::scheme::Scheme;
use crate::timeline::rules::Facts;

use super::facts::{Rows, Within};

/// What each such task counts, by its code.
pub async fn counted(
    db: &mut Db,
    scheme: &Scheme,
    within: Within,
) -> Result<BTreeMap<String, Rows>, sqlx::Error> {
    let tasks = scheme.timeline.tasks.iter();
    let tasks: Vec<_> = tasks
        .filter(|task| task.measured == "dockets")
        .filter_map(|task| Some((task, scheme.process(&task.process)?)))
        .collect();
    let (mut processes, mut states) = (Vec::new(), Vec::new());
    for (_, process) in &tasks {
        for state in &process.done {
            processes.push(process.code().to_owned());
            states.push(state.clone());
        }
    }
    let rows = sqlx::query!(
        r#"select d.process, d.department_id as department, count(*) as "total!", count(*) filter (where f.done) as "done!",
                  count(*) filter (where f.done and d.due_on is not null and coalesce(d.signed_on, d.settled_on) > d.due_on) as "late!",
                  max(coalesce(d.signed_on, d.settled_on)) filter (where f.done) as done_on,
                  bool_or(d.state <> 'draft' or d.version > 1) as "started!"
           from docket d
           cross join lateral (
               select exists (select from unnest($2::text[], $3::text[]) q(process, state)
                              where q.process = d.process and q.state = d.state) as done) f
           where d.campaign_id = $1 and d.process = any($2) and d.state <> 'withdrawn' and d.edition = 1
             and ($4::bigint is null or d.department_id = $4)
           group by d.process, d.department_id order by d.process, d.department_id limit 10000"#,
        db.campaign(),
        &processes,
        &states,
        within.unit,
    )
    .fetch_all(db.connection())
    .await?;
    let mut found = BTreeMap::new();
    for (task, process) in tasks {
        let own = rows.iter().filter(|row| row.process == process.code());
        let mut of: Rows = own
            .map(|row| {
                let facts = Facts {
                    total: row.total,
                    done: row.done,
                    late: row.late,
                    waiting: row.total - row.done,
                    started: row.started,
                    done_on: row.done_on,
                    ..Facts::default()
                };
                (row.department, facts)
            })
            .collect();
        if task.once {
            of = once(&of);
        }
        found.insert(task.code().to_owned(), of);
    }
    Ok(found)
}

/// One thing of the office's, done with the first docket.
fn once(rows: &Rows) -> Rows {
    let all = Facts::sum(rows.iter().map(|(_, facts)| facts));
    let done = i64::from(all.done > 0);
    let facts = Facts {
        total: 1,
        done,
        late: 0,
        waiting: 1 - done,
        done_on: all.done_on,
        ..all
    };
    vec![(0, facts)]
}
