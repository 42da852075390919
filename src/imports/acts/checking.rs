//! The rows of an upload against what stands: for its preview, and once more under lock.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::access::session;
use crate::accounts::{passwords, store as accounts};
use crate::database::Db;
use crate::imports::kinds::ground::{CONFLICT, Returned};
use crate::imports::kinds::{self, Against, Outcome, Seen, Units};
use crate::imports::rules::report::Counted;
use crate::imports::rules::{Asked, Checked, Kind, Line, Problem, Report, State, Verdict};
use crate::imports::store::{self, Import};
use crate::web::App;

use super::work::stand;

/// Rows that are checked at a time.
pub(super) const SLICE: i64 = 500;
/// Different messages that a page counts.
const KINDS: usize = 60;

/// What an upload's rows are checked against.
pub(super) async fn against(
    db: &mut Db,
    app: &App,
    import: &Import,
) -> Result<Against, sqlx::Error> {
    let whose = (import.department, import.kind);
    let said = if import.answers.fresh {
        BTreeMap::new()
    } else {
        store::meanings(db, whose, "unit").await?
    };
    let mut said: BTreeMap<String, i64> = said
        .into_iter()
        .filter_map(|(name, unit)| Some((name, unit.parse().ok()?)))
        .collect();
    said.extend(import.answers.units.clone());
    let mut against = Against {
        units: Units::load(db, &app.scheme.campaign.region_name, said).await?,
        scheme: Arc::clone(&app.scheme),
        today: app.clock.today(),
        own: import.own.then_some(import.department),
        answers: import.answers.0.clone(),
        returned: None,
    };
    if let Some(ground) = store::ground(db, import.id).await? {
        against.returned = Some(Returned {
            standing: kinds::ground::now(db, import.kind, &against).await?,
            marks: app.marks(),
            ground,
        });
    }
    Ok(against)
}

/// Why whoever brings an upload may not bring associations under other units; none: in one of
/// their capacities in its department they may. In which they enter it is asked then.
pub(super) async fn barred(
    db: &mut Db,
    app: &App,
    import: &Import,
) -> Result<Option<&'static str>, sqlx::Error> {
    let Some(person) = accounts::person(db, import.account.0).await? else {
        return Ok(None);
    };
    let of = (app.database.campaign(), app.clock.today());
    let actors = session::named(db.connection(), of.0, &person.username, of.1).await?;
    let own = actors
        .iter()
        .filter(|actor| actor.department() == import.department);
    let whys: Option<Vec<&'static str>> = own.map(kinds::hands::barred).collect();
    Ok(whys.and_then(|whys| whys.first().copied()))
}

/// Checks rows, and what of them whoever brings them may not bring.
pub(super) async fn rows(
    db: &mut Db,
    kind: Kind,
    (against, barred): (&Against, Option<&str>),
    lines: &[Line],
    seen: &mut Seen,
) -> Result<Vec<Outcome>, sqlx::Error> {
    let mut outcomes = kinds::check(db, kind, against, lines, seen).await?;
    if let Some(why) = barred {
        kinds::hands::bar(&mut outcomes, lines, why);
    }
    Ok(outcomes)
}

/// Checks all rows for the preview, and says how the upload stands now.
pub(super) async fn check(
    app: &App,
    import: &Import,
    mut report: Report,
) -> Result<(), sqlx::Error> {
    let against = against(&mut app.read().await?, app, import).await?;
    let barred = barred(&mut app.read().await?, app, import).await?;
    let mut found = Found::default();
    let mut seen = Seen::default();
    let mut after = 0;
    loop {
        let (lines, outcomes) = {
            let mut db = app.read().await?;
            let lines = store::lines(&mut db, import.id, (after, SLICE)).await?;
            let with = (&against, barred);
            let outcomes = rows(&mut db, import.kind, with, &lines, &mut seen).await?;
            (lines, outcomes)
        };
        let Some(last) = lines.last() else { break };
        after = last.number;
        found
            .usernames
            .extend(kinds::accounts::usernames(&outcomes));
        let checked: Vec<Checked> = outcomes.into_iter().map(|each| each.checked).collect();
        for (line, checked) in lines.iter().zip(&checked) {
            found.count(&report, line, checked);
        }
        let mut tally = app.database.tally().await?;
        let of = (app.database.campaign().0, import.id);
        store::check_in(&mut tally, of, &checked).await?;
        tally.commit().await?;
    }
    hash(app, import, &found.usernames).await?;
    found.tell(&mut report, import);
    let state = if report.asked.is_empty() {
        State::Checked
    } else {
        State::Asking
    };
    stand(app, import, (state, ""), (&report, None)).await
}

/// Hashes the first passwords of the accounts that rows bring, before they are entered: a hash
/// takes longer than all else of an account, and nobody is to wait for it under lock.
async fn hash(app: &App, import: &Import, usernames: &[String]) -> Result<(), sqlx::Error> {
    let have = store::hashes(&mut app.read().await?, import.id).await?;
    for username in usernames.iter().filter(|each| !have.contains_key(*each)) {
        let password = app.database.audit_key().first_password(import.id, username);
        let hash = passwords::hash(app, password).await;
        let hash =
            hash.map_err(|error| sqlx::Error::Io(std::io::Error::other(format!("{error:?}"))))?;
        let mut tally = app.database.tally().await?;
        let of = (app.database.campaign().0, import.id);
        store::keep_hash(&mut tally, of, (username, &hash)).await?;
        tally.commit().await?;
    }
    Ok(())
}

/// Counts while rows go by.
#[derive(Default)]
struct Found {
    counts: BTreeMap<String, i64>,
    errors: BTreeMap<(String, String), Counted>,
    warnings: BTreeMap<String, Counted>,
    periods: BTreeMap<String, Counted>,
    units: BTreeMap<String, (i64, String)>,
    usernames: Vec<String>,
    conflicts: Vec<Asked>,
}

impl Found {
    fn count(&mut self, report: &Report, line: &Line, checked: &Checked) {
        let verdict = self.counts.entry(checked.verdict.key().to_owned());
        *verdict.or_default() += 1;
        if checked.verdict == Verdict::Left {
            return;
        }
        let mut counted = BTreeSet::new();
        for problem in line.problems.iter().chain(&checked.found) {
            let place = || report.place(line.sheet, line.row, &problem.field);
            if problem.warning == kinds::register::UNKNOWN_UNIT {
                let unit = self.units.entry(problem.value.clone());
                unit.or_insert_with(|| (0, place())).0 += 1;
            } else if problem.warning == CONFLICT {
                let label = report.label_of(line.sheet, &problem.field);
                self.conflicts.push(Asked::Conflict {
                    key: format!("{} {}", problem.expected, problem.field),
                    label: format!("{}的{label}", place()),
                    mine: problem.value.clone(),
                    theirs: problem.what.clone(),
                });
            } else if problem.is_error() {
                self.error(problem, place());
            } else if counted.insert(problem.warning.clone()) {
                let kind = self.warnings.entry(problem.warning.clone());
                let kind = kind.or_insert_with(|| Counted {
                    key: problem.warning.clone(),
                    words: problem.what.clone(),
                    rows: 0,
                    first: place(),
                });
                kind.rows += 1;
            }
        }
        for changed in checked.changes.iter().filter(|each| each.period) {
            let period = self.periods.entry(changed.field.clone());
            let period = period.or_insert_with(|| Counted {
                key: changed.field.clone(),
                words: changed.label.clone(),
                rows: 0,
                first: report.place(line.sheet, line.row, &changed.field),
            });
            period.rows += 1;
        }
    }

    fn error(&mut self, problem: &Problem, place: String) {
        // What is wrong with one value is counted with the same of others.
        let what = problem.sentence();
        let key = (problem.field.clone(), what.clone());
        if self.errors.len() >= KINDS && !self.errors.contains_key(&key) {
            return;
        }
        let error = self.errors.entry(key).or_insert_with(|| Counted {
            key: problem.field.clone(),
            words: what,
            rows: 0,
            first: place,
        });
        error.rows += 1;
    }

    fn tell(self, report: &mut Report, import: &Import) {
        report.counts = self.counts;
        report.errors = self.errors.into_values().collect();
        report.errors.sort_by_key(|error| -error.rows);
        report.warnings = self.warnings.into_values().collect();
        report.periods = self.periods.into_values().collect();
        report.asked = self
            .units
            .into_iter()
            .map(|(value, (rows, place))| Asked::Unit { value, rows, place })
            .chain(self.conflicts)
            .collect();
        tracing::info!(import = import.id, "an upload was checked");
    }
}

/// Whether rows read under lock as they were shown.
pub(super) fn same(shown: &[store::Shown], now: &[Outcome]) -> bool {
    shown.len() == now.len()
        && shown.iter().zip(now).all(|(shown, now)| {
            let now = &now.checked;
            shown.number == now.number
                && shown.verdict == now.verdict
                && shown.subject == now.subject
                && shown.changes.0 == now.changes
        })
}
