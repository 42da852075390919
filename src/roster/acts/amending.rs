//! What happens after publication: amendments, objections; and what sends a
//! decision back before it.

use chrono::NaiveDate;

use crate::access::{Act, Role, Who};
use crate::audit::Record;
use crate::database::{Database, Write, WriteError};
use crate::documents::files;
use crate::ids::AssociationId;
use crate::registry::rules::Stage;
use crate::registry::store as registry;
use crate::roster::rules::amendments::{AmendmentKind, Standing, base_moved};
use crate::roster::rules::{Refusal, State};
use crate::roster::store::requests::{self, Request};
use crate::roster::store::{amendments as store, objections};
use crate::scheme::Scheme;
use crate::web::upload::Uploaded;

use super::Locked;
use super::requesting::is_own;

/// An amendment: whom it adds, whom it withdraws, why.
#[derive(Debug, Clone, Default)]
pub struct Amendment {
    /// Added.
    pub added: Vec<i64>,
    /// Withdrawn.
    pub withdrawn: Vec<i64>,
    /// Why.
    pub reason: String,
}

/// An amendment inside a transaction that somebody else ends.
#[derive(Debug)]
pub struct Amended {
    /// Its number.
    pub number: i32,
    /// 撤出第2号.
    pub title: String,
    /// What the caller records.
    pub records: Vec<Record>,
}

/// Amends the published list under the next number (LI-8) and answers the requests
/// for it. Plans of what is withdrawn are the caller's to end.
pub async fn amend_in(
    write: &mut Write,
    scheme: &Scheme,
    who: &Who,
    amendment: &Amendment,
) -> Result<Result<Amended, Refusal>, sqlx::Error> {
    let Some(kind) = AmendmentKind::of(amendment.added.len(), amendment.withdrawn.len()) else {
        return Ok(Err(Refusal::Empty));
    };
    // Publications are the lock: what is read after it stands until the end.
    store::lock(write).await?;
    let ids = [amendment.added.as_slice(), &amendment.withdrawn].concat();
    let asked = requests::lock_proposed(write, &ids).await?;
    if let Err(refusal) = fits(write, scheme, who, (amendment, &asked)).await? {
        return Ok(Err(refusal));
    }
    let hand = (who.actor.account, who.today());
    let (id, number) = store::add(write, (kind, &amendment.reason), hand).await?;
    store::put_on(write, id, &amendment.added).await?;
    store::take_off(write, id, &amendment.withdrawn).await?;
    let answered: Vec<i64> = asked.iter().map(|request| request.id).collect();
    requests::decide(write, &answered, (Some(id), None), hand).await?;
    let title = format!("名单{}第{number}号", kind.label());
    let head = Record::new(
        Act::RosterAmend,
        "roster_amendment",
        id,
        counted(&title, amendment),
    );
    let mut records = vec![head.with_opinion(&amendment.reason)];
    let moves = [
        (&amendment.added, Stage::Listed, "列入"),
        (&amendment.withdrawn, Stage::SurveyConfirmed, "撤出"),
    ];
    for (ids, stage, word) in moves {
        for id in ids.iter().copied().map(AssociationId) {
            registry::set_stage(write, id, stage).await?;
            let sentence = format!("{title}：{word}脱钩名单");
            let record = Record::new(Act::RosterAmend, "association", id.0, sentence);
            records.push(record.in_file_of(id).with_opinion(&amendment.reason));
        }
    }
    Ok(Ok(Amended {
        number,
        title,
        records,
    }))
}

/// Whether the list is published, each one may be moved so, and no request is the
/// person's own.
async fn fits(
    write: &mut Write,
    scheme: &Scheme,
    who: &Who,
    (amendment, asked): (&Amendment, &[Request]),
) -> Result<Result<(), Refusal>, sqlx::Error> {
    if store::first_publication(write).await?.is_none() {
        return Ok(Err(Refusal::NotPublished));
    }
    let parameters = &scheme.campaign.parameters;
    let standings = store::standings(write, parameters, None).await?;
    let unfit = [
        unfit(&standings, &amendment.added, Standing::may_be_added),
        unfit(&standings, &amendment.withdrawn, Standing::may_be_withdrawn),
    ]
    .concat();
    if !unfit.is_empty() {
        return Ok(Err(Refusal::Unfit(unfit)));
    }
    let own = asked.iter().filter(|request| is_own(who, request));
    let own: Vec<String> = own.map(|request| request.name.clone()).collect();
    Ok(if own.is_empty() {
        Ok(())
    } else {
        Err(Refusal::OwnRequest(own))
    })
}

/// The amendment in a sentence.
fn counted(title: &str, amendment: &Amendment) -> String {
    format!(
        "{title}：增加{}个，撤出{}个",
        amendment.added.len(),
        amendment.withdrawn.len()
    )
}

/// Names of those that do not fit; unknown ones by their number.
fn unfit(standings: &[Standing], ids: &[i64], fits: fn(&Standing) -> bool) -> Vec<String> {
    ids.iter()
        .filter_map(|id| match standings.iter().find(|each| each.id == *id) {
            Some(standing) if fits(standing) => None,
            Some(standing) => Some(standing.name.clone()),
            None => Some(format!("编号{id}")),
        })
        .collect()
}

/// Guards the return of a recommendation that was decided on: only the office's
/// head, and only where its base no longer stands.
pub(super) async fn may_take_back(
    locked: &mut Locked,
    who: &Who,
) -> Result<Result<(), Refusal>, sqlx::Error> {
    if locked.recommendation.state != State::Approved {
        return Ok(Ok(()));
    }
    if who.actor.role() != Role::OfficeLeader {
        return Ok(Err(Refusal::OnlyHead));
    }
    let id = locked.recommendation.id;
    let decided = store::decided(&mut locked.write, id).await?;
    let decided: Vec<i64> = decided.into_iter().map(|id| id.0).collect();
    let now: Vec<i64> = locked.candidates.iter().map(|each| each.id.0).collect();
    if !base_moved(&decided, &now) {
        return Ok(Err(Refusal::BaseStands));
    }
    store::undo_decisions(&mut locked.write, id).await?;
    Ok(Ok(()))
}

/// Puts an objection on record.
pub async fn record_objection(
    database: &Database,
    who: &Who,
    (publication, received_on): (i64, NaiveDate),
    (objector, content): (&str, &str),
) -> Result<i64, WriteError> {
    let mut write = Write::begin(database, who).await?;
    let id = objections::add(&mut write, (publication, received_on), (objector, content)).await?;
    // The name of the objector is not repeated in the case file.
    let record = Record::new(Act::ObjectionRecord, "objection", id, "登记公示期间的异议");
    write.record(record).await?;
    Ok(id)
}

/// Answers an objection; false if it is answered already.
pub async fn answer_objection(
    database: &Database,
    who: &Who,
    id: i64,
    answer: &str,
) -> Result<bool, WriteError> {
    let mut write = Write::begin(database, who).await?;
    let hand = (who.actor.account, who.today());
    if !objections::answer(&mut write, id, answer, hand).await? {
        return Ok(false);
    }
    let record = Record::new(Act::ObjectionAnswer, "objection", id, "答复公示期间的异议");
    write.record(record.with_opinion(answer)).await?;
    Ok(true)
}

/// Keeps a file that came with an objection; false if there is no such objection.
pub async fn attach_to_objection(
    database: &Database,
    who: &Who,
    id: i64,
    file: &Uploaded,
) -> Result<bool, WriteError> {
    let mut write = Write::begin(database, who).await?;
    let hand = (who.actor.account, who.request.now.to_utc());
    let stored = files::store(&mut write, None, file, hand).await?;
    if !objections::attach(&mut write, (id, stored)).await? {
        return Ok(false);
    }
    let record = Record::new(Act::ObjectionAttach, "objection", id, "附公示异议的材料");
    write.record(record).await?;
    Ok(true)
}
