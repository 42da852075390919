//! Publishing one list of the district (LI-7): what was decided on for all units.

use chrono::NaiveDate;

use crate::access::case::{Stuck, Subject};
use crate::access::{Act, Case as _, Seen};
use crate::audit::{Record, Say};
use crate::database::{Db, Done, Stopped, Write, batches};
use crate::ids::AssociationId;
use crate::registry::rules::Stage;
use crate::registry::store as registry;
use crate::roster::acts::bound;
use crate::roster::rules::{Bound, Refusal};
use crate::roster::store;
use crate::roster::store::cutoff::{self, Freezing};
use crate::roster::store::publications::{self, Due};
use crate::roster::store::units::MissingUnit;
use crate::scheme::{Scheme, batch};

/// What the list would be if it were published now: its rows, and who is missing.
#[derive(Debug, Clone)]
pub struct Publishable {
    /// Its rows.
    pub due: Vec<Due>,
    /// Units that hold it up.
    pub missing: Vec<MissingUnit>,
    /// What it is bound by; a later list has dates of its own (FD-1).
    pub bound: Bound,
}

impl Publishable {
    /// As it stands now.
    pub async fn load(db: &mut Db, scheme: &Scheme) -> Result<Self, sqlx::Error> {
        let parameters = &scheme.campaign.parameters;
        let bound = bound(db, scheme).await?;
        Ok(Self {
            due: publications::due(db, (parameters, bound)).await?,
            missing: store::missing(db, parameters.issue_date).await?,
            bound,
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
                department,
                unit,
                remark,
                version,
                survey,
                reason,
            } = each;
            format!("due {id} {name} {uscc:?} {department} {unit} {remark} {version} {survey:?} {reason}")
        });
        let bound = std::iter::once(format!("{:?}", self.bound));
        Seen::list(bound.chain(missing).chain(due))
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
/// the office's head says why for each (TC-54): its base is then 未报. So does one that asks
/// for a correction; it has reported all the same.
pub async fn publish(
    mut write: Write,
    seen: Seen,
    publication: &Publication,
) -> Done<Refusal, i32> {
    let scheme = write.scheme()?;
    let recommendations = store::lock_all(&mut write).await?;
    let now = Publishable::load(&mut write, &scheme).await?;
    write.list(&seen, &now.seen(), LIST)?;
    let excepted = excepted(&now.missing, &publication.exceptions)?;
    if now.bound.is_later() {
        of_batch(write.today(), &publication.dates)?;
    }
    if now.due.is_empty() {
        return Err(Refusal::Empty.into());
    }
    let issued = scheme.campaign.parameters.issue_date;
    let number = put_out(&mut write, &now, (publication, &excepted, issued)).await?;
    let sentence = format!("发布脱钩名单第{number}号，{}个协会", now.due.len());
    let head = Record::new(Act::RosterPublish, LIST.kind, i64::from(number), sentence);
    let told = write.tell(head.with_opinion(&opinion(&excepted)));
    let decided = recommendations.into_iter();
    let decided = decided.filter(|each| each.open(Act::RosterPublish));
    for recommendation in decided {
        let now = Seen::version(recommendation.version);
        let act = Act::RosterPublish;
        let step = write.step(Some(recommendation), &now, act).await?;
        let say = Say::new(format!("推荐名单列入脱钩名单第{number}号"));
        write.apply(step, say).await?;
    }
    for id in now.due.iter().map(|each| AssociationId(each.id)) {
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

/// A unit that the list goes out without, and why.
type Excepted<'a> = (&'a MissingUnit, &'a str);

/// Each unit that holds the list up with the reason of its exception; refused where one is
/// missing.
fn excepted<'a>(
    missing: &'a [MissingUnit],
    reasons: &'a [(i64, String)],
) -> Result<Vec<Excepted<'a>>, Refusal> {
    let excepted = missing.iter().map(|unit| {
        let given = reasons.iter().find(|(id, _)| *id == unit.id);
        let reason = given.map(|(_, reason)| reason.trim());
        (unit, reason.unwrap_or_default())
    });
    let excepted: Vec<Excepted<'a>> = excepted.collect();
    let without = excepted.iter().filter(|(_, reason)| reason.is_empty());
    let without: Vec<String> = without.map(|(unit, _)| unit.name.clone()).collect();
    if without.is_empty() {
        Ok(excepted)
    } else {
        Err(Refusal::UnitsOpen(without))
    }
}

/// The exceptions in words, a line for each unit.
fn opinion(excepted: &[Excepted<'_>]) -> String {
    let lines = excepted.iter().map(|(unit, reason)| {
        let (name, why) = (&unit.name, unit.why.label());
        let unreported = if unit.why.is_unreported() {
            "未报"
        } else {
            ""
        };
        format!("例外：{name}{unreported}（{why}），{reason}")
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Writes the list down word for word, with its dates where it has its own, and freezes what
/// it rests on; its number.
async fn put_out(
    write: &mut Write,
    now: &Publishable,
    (publication, excepted, issued): (&Publication, &[Excepted<'_>], NaiveDate),
) -> Result<i32, Stopped> {
    let (id, number) = publications::publish(write, &publication.title).await?;
    // Associations are not under lock: one may have left since they were read.
    if !publications::take(write, id, &now.due).await? {
        return Err(Stuck::Stale(LIST).into());
    }
    publications::keep(write, id, &now.due).await?;
    if now.bound.is_later() {
        batches::begin(write, id, &batch::kept(&publication.dates)).await?;
    }
    let freezing = Freezing {
        publication: id,
        on: write.today(),
        issued,
        share: now.bound.share(),
    };
    let missing = excepted.iter().filter(|(unit, _)| unit.why.is_unreported());
    let missing = missing.map(|(unit, reason)| (unit.id, (*reason).to_owned()));
    cutoff::freeze(write, &freezing, &missing.collect::<Vec<_>>()).await?;
    Ok(number)
}
