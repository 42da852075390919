//! Publishing one list of the district (LI-7): what was decided on for all units.

use std::fmt::Write as _;

use chrono::NaiveDate;

use crate::access::case::{Stuck, Subject};
use crate::access::{Act, Case as _, Seen};
use crate::audit::{Record, Say};
use crate::database::{Db, Done, Stopped, Write, batches};
use crate::ids::AssociationId;
use crate::registry::rules::Stage;
use crate::registry::store as registry;
use crate::roster::acts::ratio;
use crate::roster::rules::Refusal;
use crate::roster::store::cutoff::{self, Freezing};
use crate::roster::store::publications::{self, Due};
use crate::roster::store::units::MissingUnit;
use crate::roster::store::{self, Recommendation};
use crate::scheme::{Scheme, batch};

/// What the list would be if it were published now: its rows, and who is missing.
#[derive(Debug, Clone)]
pub struct Publishable {
    /// Its rows.
    pub due: Vec<Due>,
    /// Units that neither were decided on nor reported nil.
    pub missing: Vec<MissingUnit>,
}

impl Publishable {
    /// As it stands now.
    pub async fn load(db: &mut Db, scheme: &Scheme) -> Result<Self, sqlx::Error> {
        let parameters = &scheme.campaign.parameters;
        Ok(Self {
            due: publications::due(db, parameters).await?,
            missing: store::missing(db, parameters.issue_date).await?,
        })
    }

    /// What is decided on.
    #[must_use]
    pub fn seen(&self) -> Seen {
        let missing = self.missing.iter().map(|unit| {
            let MissingUnit {
                id,
                name,
                managed,
                why,
            } = unit;
            format!("missing {id} {name} {managed} {why:?}")
        });
        let due = self.due.iter().map(|each| {
            let Due {
                id,
                name,
                uscc,
                unit,
                version,
                survey,
                reason,
            } = each;
            format!("due {id} {name} {uscc:?} {unit} {version} {survey:?} {reason}")
        });
        Seen::list(missing.chain(due))
    }
}

/// A publication: its title, and why it goes out without some units.
#[derive(Debug, Clone, Default)]
pub struct Publication {
    /// Its title.
    pub title: String,
    /// 例外: unit and reason, for each that is missing.
    pub exceptions: Vec<(i64, String)>,
    /// Of a later list: its dates, confirmed with it (FD-1).
    pub dates: Vec<(&'static str, NaiveDate)>,
}

/// Publishes. A unit without a decided recommendation or a nil report holds it up, unless
/// the office's head says why for each (TC-54): its base is then 未报.
pub async fn publish(
    mut write: Write,
    seen: Seen,
    publication: &Publication,
) -> Done<Refusal, i32> {
    let scheme = write.scheme()?;
    let recommendations = store::lock_all(&mut write).await?;
    let now = Publishable::load(&mut write, &scheme).await?;
    write.list(&seen, &now.seen(), LIST)?;
    let opinion = exceptions(&now.missing, &publication.exceptions)?;
    let later = batches::begun(&mut write).await?;
    if later {
        of_batch(write.today(), &publication.dates)?;
    }
    let decided: Vec<Recommendation> = recommendations
        .into_iter()
        .filter(|each| each.open(Act::RosterPublish))
        .collect();
    if decided.is_empty() {
        return Err(Refusal::Empty.into());
    }
    let (number, listed) = put_out(&mut write, &now, (&scheme, publication)).await?;
    if later {
        batches::begin(&mut write, &batch::kept(&publication.dates)).await?;
    }
    let sentence = format!("发布脱钩名单第{number}号，{}个协会", listed.len());
    let head = Record::new(Act::RosterPublish, LIST.kind, i64::from(number), sentence);
    let told = write.tell(head.with_opinion(&opinion));
    for recommendation in decided {
        let now = Seen::version(recommendation.version);
        let act = Act::RosterPublish;
        let step = write.step(Some(recommendation), &now, act).await?;
        let say = Say::new(format!("推荐名单列入脱钩名单第{number}号"));
        write.apply(step, say).await?;
    }
    for id in listed.into_iter().map(AssociationId) {
        registry::set_stage(&mut write, id, Stage::Listed).await?;
        let sentence = format!("列入脱钩名单第{number}号");
        let record = Record::new(Act::RosterPublish, "association", id.0, sentence);
        write.tell(record.in_file_of(id));
    }
    write.finish::<Refusal>(told).await?;
    Ok(number)
}

/// The dates of a later list (FD-1): all of them, one after the other.
fn of_batch(on: NaiveDate, dates: &[(&'static str, NaiveDate)]) -> Result<(), Refusal> {
    let missing = batch::DATES
        .iter()
        .find(|(name, _)| !dates.iter().any(|(given, _)| given == name));
    match missing
        .map(|(name, _)| *name)
        .or_else(|| batch::disordered(on, dates))
    {
        Some(name) => Err(Refusal::BatchDate(name)),
        None => Ok(()),
    }
}

/// The list as records name it.
const LIST: Subject = Subject {
    kind: "roster",
    id: 0,
};

/// The exceptions in words, a line for each unit; refused where one is missing.
fn exceptions(missing: &[MissingUnit], reasons: &[(i64, String)]) -> Result<String, Refusal> {
    let reason = |unit: &MissingUnit| {
        let given = reasons.iter().find(|(id, _)| *id == unit.id);
        given.map(|(_, reason)| reason.trim()).unwrap_or_default()
    };
    let without: Vec<String> = missing
        .iter()
        .filter(|unit| reason(unit).is_empty())
        .map(|unit| unit.name.clone())
        .collect();
    if !without.is_empty() {
        return Err(Refusal::UnitsOpen(without));
    }
    let mut said = String::new();
    for unit in missing {
        let _ = writeln!(
            said,
            "例外：{}未报（{}），{}",
            unit.name,
            unit.why.label(),
            reason(unit)
        );
    }
    Ok(said.trim_end().to_owned())
}

/// Writes the list down word for word, and freezes what it rests on; its number and whom
/// it takes.
async fn put_out(
    write: &mut Write,
    now: &Publishable,
    (scheme, publication): (&Scheme, &Publication),
) -> Result<(i32, Vec<i64>), Stopped> {
    let ((id, number), listed) = publications::publish(write, &publication.title).await?;
    // Associations are not under lock: one may have left between the two statements.
    let mut due: Vec<i64> = now.due.iter().map(|each| each.id).collect();
    due.sort_unstable();
    if listed != due {
        return Err(Stuck::Stale(LIST).into());
    }
    publications::keep(write, id, &now.due).await?;
    let freezing = Freezing {
        publication: id,
        on: write.today(),
        issued: scheme.campaign.parameters.issue_date,
        ratio: ratio(scheme),
    };
    let of_missing = |(id, _): &&(i64, String)| now.missing.iter().any(|unit| unit.id == *id);
    let missing = publication.exceptions.iter().filter(of_missing).cloned();
    let missing: Vec<(i64, String)> = missing.collect();
    cutoff::freeze(write, &freezing, &missing).await?;
    Ok((number, listed))
}
