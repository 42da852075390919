//! Amending the published list, inside the write of whoever ends what ends with it.

use std::fmt::Write as _;

use crate::access::Act;
use crate::audit::Record;
use crate::database::{Done, Told, Write, batches};
use crate::ids::AssociationId;
use crate::registry::rules::Stage;
use crate::registry::store as registry;
use crate::roster::rules::Refusal;
use crate::roster::rules::amendments::{AmendmentKind, Standing};
use crate::roster::store::amendments as store;
use crate::roster::store::requests::{self, Request};
use crate::scheme::batch;

use super::requesting::is_own;

/// An amendment: whom it adds, whom it withdraws, whose row it puts right, why.
#[derive(Debug, Clone, Default)]
pub struct Amendment {
    /// Added.
    pub added: Vec<i64>,
    /// Withdrawn.
    pub withdrawn: Vec<i64>,
    /// Put right.
    pub corrected: Vec<i64>,
    /// Why.
    pub reason: String,
}

/// An amendment inside a write that somebody else ends.
#[derive(Debug)]
pub struct Amended {
    /// Its number.
    pub number: i32,
    /// 撤出第2号.
    pub title: String,
    /// The proof that it was told.
    pub told: Told,
}

/// Amends the published list under the next number (LI-8) and answers the requests
/// for it. Plans of what is withdrawn are the caller's to end.
pub async fn amend_in(write: &mut Write, amendment: &Amendment) -> Done<Refusal, Amended> {
    let (added, withdrawn) = (amendment.added.len(), amendment.withdrawn.len());
    let corrected = amendment.corrected.len();
    let kind = AmendmentKind::of(added, withdrawn, corrected).ok_or(Refusal::Empty)?;
    // Publications are the lock: what is read after it stands until the end.
    store::lock(write).await?;
    let ids = [amendment.added.as_slice(), &amendment.withdrawn].concat();
    let asked = requests::lock_proposed(write, &ids).await?;
    fits(write, amendment, &asked).await?;
    let (id, number) = store::add(write, kind, &amendment.reason).await?;
    if added > 0 {
        // Whom it adds has days of its own for plan and reply (FD-1).
        let dates = batch::added(&write.scheme()?.common().campaign, write.today());
        batches::join(write, id, &dates).await?;
    }
    store::put_on(write, id, &amendment.added).await?;
    store::take_off(write, id, &amendment.withdrawn).await?;
    store::put_right(write, id, &amendment.corrected).await?;
    let answered: Vec<i64> = asked.iter().map(|request| request.id).collect();
    requests::decide(write, &answered, id).await?;
    let title = format!("名单{}第{number}号", kind.label());
    let mut sentence = format!("{title}：增加{added}个，撤出{withdrawn}个");
    if corrected > 0 {
        let _ = write!(sentence, "，更正{corrected}个");
    }
    let head = Record::new(Act::RosterAmend, "roster_amendment", id, sentence);
    let told = write.tell(head.with_opinion(&amendment.reason));
    let moves = [
        (&amendment.added, Stage::Listed, "列入"),
        (&amendment.withdrawn, Stage::SurveyConfirmed, "撤出"),
    ];
    for (ids, stage, word) in moves {
        for id in ids.iter().copied().map(AssociationId) {
            registry::set_stage(write, id, stage).await?;
            let sentence = format!("{title}：{word}脱钩名单");
            let record = Record::new(Act::RosterAmend, "association", id.0, sentence);
            write.tell(record.in_file_of(id).with_opinion(&amendment.reason));
        }
    }
    for id in amendment.corrected.iter().copied().map(AssociationId) {
        let sentence = format!("{title}：更正名单所载文字");
        let record = Record::new(Act::RosterAmend, "association", id.0, sentence);
        write.tell(record.in_file_of(id).with_opinion(&amendment.reason));
    }
    Ok(Amended {
        number,
        title,
        told,
    })
}

/// Whether the list is published, each one may be moved so, and no request is the
/// person's own.
async fn fits(write: &mut Write, amendment: &Amendment, asked: &[Request]) -> Done<Refusal> {
    if !batches::begun(write).await? {
        return Err(Refusal::NotPublished.into());
    }
    let scheme = write.scheme()?;
    let ids = [amendment.added.as_slice(), &amendment.withdrawn].concat();
    let standings = store::standings(write, &scheme.campaign.parameters, Some(&ids)).await?;
    let unfit = [
        unfit(&standings, &amendment.added, Standing::may_be_added),
        unfit(&standings, &amendment.withdrawn, Standing::may_be_withdrawn),
    ]
    .concat();
    // What reads as the register does, or is withdrawn, cannot be put right.
    if !amendment.corrected.is_empty() {
        let differing = store::differing(write).await?;
        let differs = |id: &i64| differing.iter().any(|each| each.id == *id);
        let gone = |id: &i64| amendment.withdrawn.contains(id);
        if !amendment
            .corrected
            .iter()
            .all(|id| differs(id) && !gone(id))
        {
            return Err(Refusal::NothingToCorrect.into());
        }
    }
    if !unfit.is_empty() {
        return Err(Refusal::Unfit(unfit).into());
    }
    let own = asked.iter().filter(|request| is_own(write, request));
    let own: Vec<String> = own.map(|request| request.name.clone()).collect();
    if own.is_empty() {
        Ok(())
    } else {
        Err(Refusal::OwnRequest(own).into())
    }
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
