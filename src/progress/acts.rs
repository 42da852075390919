//! What people do with an item: lock, let `rules` decide, write, count, record.

use crate::access::{Act, Who};
use crate::audit::Record;
use crate::database::{Database, Write, WriteError};
use crate::documents::files;
use crate::documents::store::{Source, remove};
use crate::ids::AssociationId;
use crate::plan::store::withdrawals::withdrawn;
use crate::registry::rules::Stage;
use crate::registry::store as registry;
use crate::scheme::{Measure, Scheme};
use crate::web::upload::Uploaded;

use super::counters;
use super::registers;
use super::relapse;
use super::rules::{self, Deed, Item, Refusal};
use super::store::{self, NewEvidence};

pub use super::begin::begin;

/// What a refused or failed act gives.
pub type Outcome<T> = Result<Result<T, Refusal>, WriteError>;

/// An item as the person looked at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct At {
    /// The association.
    pub association: AssociationId,
    /// The item.
    pub item: i64,
    /// The version that was on the screen.
    pub version: i32,
}

/// Does a deed: saving, reporting, verifying, returning, accepting, exempting.
pub async fn perform(
    database: &Database,
    scheme: &Scheme,
    who: &Who,
    at: At,
    deed: &Deed,
) -> Outcome<()> {
    let mut write = Write::begin(database, who).await?;
    let (item, measure) = match locked(&mut write, scheme, at).await? {
        Ok(found) => found,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let resting = registers::refusal(&mut write, scheme, (&item, deed.act())).await?;
    if let Some(refusal) = resting {
        return Ok(Err(refusal));
    }
    let after = match rules::after(&item, measure, deed, (who.actor.account, who.today())) {
        Ok(after) => after,
        Err(refusal) => return Ok(Err(refusal)),
    };
    if deed.act() == Act::ItemAccept {
        // TC-35: what rests on a withdrawn approval is not struck off.
        let withdrawn = withdrawn(&mut write, item.association).await?;
        if measure.verify.iter().any(|code| withdrawn.contains(code)) {
            return Ok(Err(Refusal::Withdrawn));
        }
    }
    if let Some(why) = relapse::against(&mut write, &item, deed).await? {
        return Ok(Err(Refusal::Posts(why)));
    }
    if !store::change(&mut write, item.state, &after).await? {
        return Ok(Err(Refusal::Closed(item.state)));
    }
    if deed.act() == Act::ItemReturn {
        store::unmark_evidence(&mut write, item.id).await?;
    }
    relapse::clear(&mut write, &after, deed).await?;
    count(&mut write, scheme, &item, &after).await?;
    write.record(record(&item, &after, deed)).await?;
    Ok(Ok(()))
}

/// Locks an item and checks that nobody was faster.
async fn locked<'s>(write: &mut Write, scheme: &'s Scheme, at: At) -> Outcome<(Item, &'s Measure)> {
    let Some(item) = store::lock(write, at.association, at.item).await? else {
        return Ok(Err(Refusal::Missing));
    };
    if item.version != at.version {
        let name = store::last_hand(write, at.item).await?;
        return Ok(Err(Refusal::Stale(name)));
    }
    Ok(scheme
        .measure(&item.measure)
        .map(|measure| (item, measure))
        .ok_or(Refusal::Missing))
}

/// Keeps the counters, the trend and the association's stage with the item.
pub(super) async fn count(
    write: &mut Write,
    scheme: &Scheme,
    before: &Item,
    after: &Item,
) -> Result<(), sqlx::Error> {
    if before.state == after.state {
        return Ok(());
    }
    let (was, is) = counters::recount(write, (before.association, before.department)).await?;
    counters::count_day(write, &counters::trend(scheme, before, after)).await?;
    let stage = match (
        counters::five_done(scheme, &was),
        counters::five_done(scheme, &is),
    ) {
        (false, true) => Stage::FiveDone,
        (true, false) => Stage::Implementing,
        _ => return Ok(()),
    };
    registry::set_stage(write, before.association, stage).await
}

/// Names of people are not repeated in the case file (domain 2.1).
fn sentence(act: Act, item: &Item) -> String {
    let label = item.public_label();
    if label.is_empty() {
        format!("{}：{}", act.label(), item.measure)
    } else {
        format!("{}：{}（{label}）", act.label(), item.measure)
    }
}

pub(super) fn record(before: &Item, after: &Item, deed: &Deed) -> Record {
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string());
    let mut record = Record::new(deed.act(), "item", before.id, sentence(deed.act(), before))
        .in_file_of(before.association)
        .changed("state", before.state.key(), after.state.key())
        .changed("done_on", day(before.done_on), day(after.done_on));
    if !before.personal() {
        record = record.changed("note", before.note.as_str(), after.note.as_str());
    }
    match deed {
        Deed::Return { reason } | Deed::Relapse { reason } => record.with_opinion(reason),
        Deed::AskExemption { law, article } => record.with_opinion(&format!("依据{law}{article}")),
        Deed::Save { .. } | Deed::Report | Deed::Verify | Deed::Accept | Deed::Exempt => record,
    }
}

/// Says how far an item is.
pub async fn save(
    database: &Database,
    scheme: &Scheme,
    who: &Who,
    at: At,
    (note, done_on): (&str, Option<chrono::NaiveDate>),
) -> Outcome<()> {
    let deed = Deed::Save {
        note: note.to_owned(),
        done_on,
    };
    perform(database, scheme, who, at, &deed).await
}

/// Reports an item as done, in the unit's name.
pub async fn report(database: &Database, scheme: &Scheme, who: &Who, at: At) -> Outcome<()> {
    perform(database, scheme, who, at, &Deed::Report).await
}

/// Confirms that it is done.
pub async fn verify(database: &Database, scheme: &Scheme, who: &Who, at: At) -> Outcome<()> {
    perform(database, scheme, who, at, &Deed::Verify).await
}

/// Sends an item, or the wish to be exempted, back.
pub async fn return_(
    database: &Database,
    scheme: &Scheme,
    who: &Who,
    at: At,
    reason: &str,
) -> Outcome<()> {
    let deed = Deed::Return {
        reason: reason.to_owned(),
    };
    perform(database, scheme, who, at, &deed).await
}

/// Strikes a verified item off.
pub async fn accept(database: &Database, scheme: &Scheme, who: &Who, at: At) -> Outcome<()> {
    perform(database, scheme, who, at, &Deed::Accept).await
}

/// Asks to keep things as a law has them.
pub async fn ask_exemption(
    database: &Database,
    scheme: &Scheme,
    who: &Who,
    at: At,
    (law, article): (&str, &str),
) -> Outcome<()> {
    let deed = Deed::AskExemption {
        law: law.to_owned(),
        article: article.to_owned(),
    };
    perform(database, scheme, who, at, &deed).await
}

/// Grants that.
pub async fn exempt(database: &Database, scheme: &Scheme, who: &Who, at: At) -> Outcome<()> {
    perform(database, scheme, who, at, &Deed::Exempt).await
}

/// Registers evidence, with its file where there is one. It may come from
/// several hands at once, so no version is asked for; it makes a new one, so
/// that nobody verifies what they have not seen.
pub async fn attach_evidence(
    database: &Database,
    who: &Who,
    (association, item): (AssociationId, i64),
    evidence: &NewEvidence,
    file: Option<&Uploaded>,
) -> Outcome<()> {
    let mut write = Write::begin(database, who).await?;
    let Some(item) = store::lock(&mut write, association, item).await? else {
        return Ok(Err(Refusal::Missing));
    };
    let allowed = rules::possible(evidence.document_date, who.today())
        .and_then(|()| rules::may_attach(item.state));
    let after_verification = match allowed {
        Ok(after_verification) => after_verification,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let hand = (who.actor.account, who.request.now.to_utc());
    let file = match file {
        Some(file) => Some(files::store(&mut write, Some(association), file, hand).await?),
        None => None,
    };
    store::add_evidence(
        &mut write,
        item.id,
        evidence,
        (file, after_verification),
        hand,
    )
    .await?;
    store::touch(&mut write, item.id).await?;
    let paper = format!(
        "{}——{} {}",
        sentence(Act::EvidenceAttach, &item),
        evidence.kind,
        evidence.document_number
    );
    write
        .record(Record::new(Act::EvidenceAttach, "item", item.id, paper).in_file_of(association))
        .await?;
    Ok(Ok(()))
}

/// Takes evidence away, as long as the item is not reported.
pub async fn detach_evidence(
    database: &Database,
    who: &Who,
    (association, item): (AssociationId, i64),
    evidence: i64,
) -> Outcome<()> {
    let mut write = Write::begin(database, who).await?;
    let Some(item) = store::lock(&mut write, association, item).await? else {
        return Ok(Err(Refusal::Missing));
    };
    if rules::next(item.state, Act::EvidenceDetach).is_none() {
        return Ok(Err(Refusal::Closed(item.state)));
    }
    let taken = store::remove_evidence(&mut write, item.id, evidence).await?;
    let Some(taken) = taken else {
        return Ok(Err(Refusal::Missing));
    };
    if let Some(file) = taken.file {
        let title = format!("{} {} {}", item.measure, taken.kind, taken.document_number);
        let from = (file, Source::Item(item.id));
        let hand = (who.actor.account, who.request.now.to_utc());
        remove(&mut write, from, &title, hand).await?;
    }
    store::touch(&mut write, item.id).await?;
    let paper = format!("{}——{}", sentence(Act::EvidenceDetach, &item), taken.kind);
    write
        .record(Record::new(Act::EvidenceDetach, "item", item.id, paper).in_file_of(association))
        .await?;
    Ok(Ok(()))
}
