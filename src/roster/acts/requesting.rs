//! Asking that the published list be amended, and refusing it. Agreeing is the
//! amendment itself (`amending`), which a later room does: a plan may end with it.

use crate::access::{Act, Role, Who};
use crate::audit::Record;
use crate::database::{Database, Write};
use crate::documents::files;
use crate::documents::store::{Source, remove};
use crate::ids::AssociationId;
use crate::roster::rules::Refusal;
use crate::roster::rules::amendments::Standing;
use crate::roster::rules::requests::next;
use crate::roster::store::amendments;
use crate::roster::store::requests::{self as store, Asking, Request};
use crate::scheme::Scheme;
use crate::web::upload::Uploaded;

use super::Outcome;

/// The association, and the version of its request that the person was looking at.
pub type Seen = (AssociationId, i32);

/// Whether somebody may not decide on a request: they wrote or signed it, or belong
/// to the unit that did (invariant (c)).
#[must_use]
pub fn is_own(who: &Who, request: &Request) -> bool {
    let account = who.actor.account;
    request.saved_by == account
        || request.proposed_by == Some(account)
        || (!request.from_office && who.actor.belongs_to_unit(request.unit))
}

/// Writes the draft; version 0 where there is none yet.
pub async fn save(
    database: &Database,
    scheme: &Scheme,
    who: &Who,
    (association, seen): Seen,
    asking: &Asking,
) -> Outcome<()> {
    let mut write = Write::begin(database, who).await?;
    let before = store::lock(&mut write, association).await?;
    if before.as_ref().map_or(0, |request| request.version) != seen {
        return Ok(Err(Refusal::Stale));
    }
    let from_office = who.actor.role() == Role::OfficeClerk;
    let draft = match before {
        Some(request) if next(request.state, Act::AmendmentSave).is_none() => {
            return Ok(Err(Refusal::NotAsked));
        }
        // Neither side rewrites what the other has begun.
        Some(request) if request.from_office != from_office => {
            return Ok(Err(Refusal::NotAsked));
        }
        found => found.map(|request| request.id),
    };
    if let Err(refusal) = fits(&mut write, scheme, association, asking).await? {
        return Ok(Err(refusal));
    }
    let hand = (who.actor.account, from_office);
    let saved = store::save(&mut write, (association, draft), asking, hand).await?;
    let Some(id) = saved else {
        return Ok(Err(Refusal::Stale));
    };
    let sentence = format!("拟申请{}脱钩名单", asking.change.label());
    let record = Record::new(Act::AmendmentSave, "roster_request", id, sentence)
        .in_file_of(association)
        .with_opinion(&asking.reason);
    write.record(record).await?;
    Ok(Ok(()))
}

/// Whether what is asked for may be asked for now.
async fn fits(
    write: &mut Write,
    scheme: &Scheme,
    association: AssociationId,
    asking: &Asking,
) -> Result<Result<(), Refusal>, sqlx::Error> {
    if amendments::first_publication(write).await?.is_none() {
        return Ok(Err(Refusal::NotPublished));
    }
    let parameters = &scheme.campaign.parameters;
    let standings = amendments::standings(write, parameters, Some(association)).await?;
    let why = match standings.first().map(Standing::askable) {
        None => "该协会不在脱钩范围内。",
        Some(Err(why)) => why,
        Some(Ok(change)) if change != asking.change => return Ok(Err(Refusal::Stale)),
        Some(Ok(_)) => return Ok(Ok(())),
    };
    Ok(Err(Refusal::Unmovable(why)))
}

/// The draft of the person's own side, for its files.
async fn own_draft(
    write: &mut Write,
    who: &Who,
    association: AssociationId,
) -> Result<Option<Request>, sqlx::Error> {
    let office = who.actor.role() == Role::OfficeClerk;
    let found = store::lock(write, association).await?;
    Ok(found.filter(|request| {
        request.from_office == office && next(request.state, Act::AmendmentSave).is_some()
    }))
}

/// Attaches a file to the draft.
pub async fn attach(
    database: &Database,
    who: &Who,
    association: AssociationId,
    file: &Uploaded,
) -> Outcome<()> {
    let mut write = Write::begin(database, who).await?;
    let Some(request) = own_draft(&mut write, who, association).await? else {
        return Ok(Err(Refusal::NotAsked));
    };
    let hand = (who.actor.account, who.request.now.to_utc());
    let stored = files::store(&mut write, Some(association), file, hand).await?;
    store::attach(&mut write, (request.id, stored)).await?;
    // The file's name is for those who may read it; the case file is read by more.
    let sentence = "附名单调整申请的材料";
    let record = Record::new(Act::AmendmentAttach, "roster_request", request.id, sentence);
    write.record(record.in_file_of(association)).await?;
    Ok(Ok(()))
}

/// Takes a file away from the draft.
pub async fn detach(
    database: &Database,
    who: &Who,
    association: AssociationId,
    file: i64,
) -> Outcome<()> {
    let mut write = Write::begin(database, who).await?;
    let Some(request) = own_draft(&mut write, who, association).await? else {
        return Ok(Err(Refusal::NotAsked));
    };
    if !store::detach(&mut write, (request.id, file)).await? {
        return Ok(Err(Refusal::NotAsked));
    }
    let title = "名单调整申请的材料";
    let from = (file, Source::Request(request.id));
    let hand = (who.actor.account, who.request.now.to_utc());
    remove(&mut write, from, title, hand).await?;
    let sentence = "撤下名单调整申请的材料";
    let record = Record::new(Act::AmendmentDetach, "roster_request", request.id, sentence);
    write.record(record.in_file_of(association)).await?;
    Ok(Ok(()))
}

/// Sends the request to the office's head.
pub async fn propose(database: &Database, scheme: &Scheme, who: &Who, seen: Seen) -> Outcome<()> {
    let mut write = Write::begin(database, who).await?;
    let request = match take(&mut write, seen, Act::AmendmentPropose).await? {
        Ok(request) => request,
        Err(refusal) => return Ok(Err(refusal)),
    };
    // A unit's leader signs what the unit wrote, the office's clerk what the office wrote.
    if request.from_office != (who.actor.role() == Role::OfficeClerk) {
        return Ok(Err(Refusal::NotAsked));
    }
    let asking = Asking {
        change: request.change,
        reason: request.reason,
        document: request.document,
    };
    if let Err(refusal) = fits(&mut write, scheme, seen.0, &asking).await? {
        return Ok(Err(refusal));
    }
    let hand = (who.actor.account, who.today());
    store::propose(&mut write, request.id, hand).await?;
    let sentence = format!("申请{}脱钩名单，报脱钩办决定", asking.change.label());
    let record = Record::new(
        Act::AmendmentPropose,
        "roster_request",
        request.id,
        sentence,
    )
    .in_file_of(seen.0)
    .with_opinion(&asking.reason)
    .changed("state", "draft", "proposed");
    write.record(record).await?;
    Ok(Ok(()))
}

/// The office's head does not agree.
pub async fn refuse(database: &Database, who: &Who, seen: Seen, opinion: &str) -> Outcome<()> {
    let mut write = Write::begin(database, who).await?;
    let request = match take(&mut write, seen, Act::AmendmentRefuse).await? {
        Ok(request) => request,
        Err(refusal) => return Ok(Err(refusal)),
    };
    if is_own(who, &request) {
        return Ok(Err(Refusal::OwnRequest(vec![request.name])));
    }
    let hand = (who.actor.account, who.today());
    let answer = (None, Some(opinion));
    store::decide(&mut write, &[request.id], answer, hand).await?;
    let sentence = format!("不同意{}脱钩名单", request.change.label());
    let record = Record::new(Act::AmendmentRefuse, "roster_request", request.id, sentence)
        .in_file_of(seen.0)
        .with_opinion(opinion)
        .changed("state", "proposed", "refused");
    write.record(record).await?;
    Ok(Ok(()))
}

/// Locks the request on the version seen, if the act is open.
pub async fn take(
    write: &mut Write,
    (association, seen): Seen,
    act: Act,
) -> Result<Result<Request, Refusal>, sqlx::Error> {
    let Some(request) = store::lock(write, association).await? else {
        return Ok(Err(Refusal::NotAsked));
    };
    if request.version != seen {
        return Ok(Err(Refusal::Stale));
    }
    Ok(match next(request.state, act) {
        Some(_) => Ok(request),
        None => Err(Refusal::NotAsked),
    })
}
