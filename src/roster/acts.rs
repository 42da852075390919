//! Recommending, excusing, deciding, publishing.

use chrono::Datelike as _;

use crate::access::{Act, Who};
use crate::audit::Record;
use crate::database::{Database, Write, WriteError};
use crate::ids::{AssociationId, DepartmentId};
use crate::registry::rules::Stage;
use crate::registry::store as registry;
use crate::scheme::Scheme;

use super::rules::{self, Candidate, Refusal, State};
use super::store::{self, Recommendation};

mod amending;
pub mod requesting;

pub use amending::{
    Amended, Amendment, amend_in, answer_objection, attach_to_objection, record_objection,
};

/// What a refused or failed act gives.
pub type Outcome<T> = Result<Result<T, Refusal>, WriteError>;

/// The share that the scheme orders.
#[must_use]
pub const fn ratio(scheme: &Scheme) -> (i64, i64) {
    let parameters = &scheme.campaign.parameters;
    (parameters.list_ratio_num, parameters.list_ratio_den)
}

struct Locked {
    write: Write,
    recommendation: Recommendation,
    candidates: Vec<Candidate>,
    to: State,
}

async fn lock(
    database: &Database,
    scheme: &Scheme,
    who: &Who,
    (unit, act): (DepartmentId, Act),
) -> Outcome<Locked> {
    let mut write = Write::begin(database, who).await?;
    let recommendation = store::lock(&mut write, unit).await?;
    let Some(to) = rules::next(recommendation.state, act) else {
        return Ok(Err(Refusal::Closed(recommendation.state)));
    };
    let candidates = store::candidates(&mut write, unit, &scheme.campaign.parameters).await?;
    Ok(Ok(Locked {
        write,
        recommendation,
        candidates,
        to,
    }))
}

impl Locked {
    async fn finish(
        mut self,
        act: Act,
        unit: DepartmentId,
        (sentence, opinion): (String, &str),
    ) -> Result<(), WriteError> {
        let (from, to) = (self.recommendation.state, self.to);
        store::move_to(&mut self.write, self.recommendation.id, (from, to)).await?;
        let record = Record::new(act, "department", unit.0, sentence)
            .with_opinion(opinion)
            .changed("state", from.key(), to.key());
        self.write.record(record).await
    }
}

/// Writes which associations take part now, and why the others later.
pub async fn save(
    database: &Database,
    scheme: &Scheme,
    who: &Who,
    unit: DepartmentId,
    chosen: &[(AssociationId, String)],
) -> Outcome<()> {
    let mut locked = match lock(database, scheme, who, (unit, Act::RosterSave)).await? {
        Ok(locked) => locked,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let base = locked.candidates.len();
    let entries: Vec<(AssociationId, bool, bool, String)> = locked
        .candidates
        .iter()
        .map(|candidate| {
            let typed = chosen.iter().find(|(id, _)| *id == candidate.id);
            let mandatory = rules::mandatory(candidate, base).is_some();
            let taken = mandatory || typed.is_some_and(|(_, reason)| reason.is_empty());
            let reason = typed
                .filter(|_| !taken)
                .map(|(_, reason)| reason.clone())
                .unwrap_or_default();
            (candidate.id, taken, mandatory, reason)
        })
        .collect();
    store::save(&mut locked.write, locked.recommendation.id, &entries).await?;
    let count = entries.iter().filter(|entry| entry.1).count();
    locked
        .finish(
            Act::RosterSave,
            unit,
            (format!("填写推荐名单：推荐{count}个"), ""),
        )
        .await?;
    Ok(Ok(()))
}

/// Signs and sends the recommendation.
pub async fn submit(
    database: &Database,
    scheme: &Scheme,
    who: &Who,
    unit: DepartmentId,
) -> Outcome<()> {
    let mut locked = match lock(database, scheme, who, (unit, Act::RosterSubmit)).await? {
        Ok(locked) => locked,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let excused = locked.recommendation.override_reason.is_some();
    if let Err(refusal) = rules::may_submit(&locked.candidates, ratio(scheme), excused) {
        return Ok(Err(refusal));
    }
    let sum = rules::arithmetic(&locked.candidates, ratio(scheme));
    let signer = (who.actor.account, who.request.now.to_utc());
    store::freeze(
        &mut locked.write,
        locked.recommendation.id,
        (sum.base, sum.required, sum.mandatory),
        signer,
    )
    .await?;
    let sentence = format!(
        "报送推荐名单：主管{}个，应推荐{}个，必报{}个，推荐{}个",
        sum.base, sum.required, sum.mandatory, sum.chosen
    );
    locked
        .finish(Act::RosterSubmit, unit, (sentence, ""))
        .await?;
    Ok(Ok(()))
}

/// Sends it back with a reason.
pub async fn return_(
    database: &Database,
    scheme: &Scheme,
    who: &Who,
    unit: DepartmentId,
    reason: &str,
) -> Outcome<()> {
    match lock(database, scheme, who, (unit, Act::RosterReturn)).await? {
        Ok(mut locked) => {
            if let Err(refusal) = amending::may_take_back(&mut locked, who).await? {
                return Ok(Err(refusal));
            }
            locked
                .finish(Act::RosterReturn, unit, ("退回推荐名单".to_owned(), reason))
                .await?;
            Ok(Ok(()))
        }
        Err(refusal) => Ok(Err(refusal)),
    }
}

/// 例外核减: fewer than one half, with the reason of the office's head (LI-5).
pub async fn override_(
    database: &Database,
    scheme: &Scheme,
    who: &Who,
    unit: DepartmentId,
    reason: &str,
) -> Outcome<()> {
    let mut locked = match lock(database, scheme, who, (unit, Act::RosterOverride)).await? {
        Ok(locked) => locked,
        Err(refusal) => return Ok(Err(refusal)),
    };
    store::excuse(&mut locked.write, locked.recommendation.id, reason).await?;
    locked
        .finish(
            Act::RosterOverride,
            unit,
            ("例外核减应推荐数".to_owned(), reason),
        )
        .await?;
    Ok(Ok(()))
}

/// 审定: keeps, strikes or adds; a mandatory one is never struck (LI-6).
pub async fn approve(
    database: &Database,
    scheme: &Scheme,
    who: &Who,
    unit: DepartmentId,
    listed: &[AssociationId],
) -> Outcome<()> {
    let mut locked = match lock(database, scheme, who, (unit, Act::RosterApprove)).await? {
        Ok(locked) => locked,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let base = locked.candidates.len();
    let struck = locked.candidates.iter().filter(|candidate| {
        rules::mandatory(candidate, base).is_some() && !listed.contains(&candidate.id)
    });
    let struck: Vec<String> = struck.map(|candidate| candidate.name.clone()).collect();
    if !struck.is_empty() {
        return Ok(Err(Refusal::MandatoryMissing(struck)));
    }
    let decisions: Vec<(AssociationId, &str)> = locked
        .candidates
        .iter()
        .map(|candidate| {
            let decision = match (candidate.chosen, listed.contains(&candidate.id)) {
                (true, true) => "accepted",
                (true, false) => "struck",
                (false, true) => "added",
                (false, false) => "later",
            };
            (candidate.id, decision)
        })
        .collect();
    store::decide(&mut locked.write, locked.recommendation.id, &decisions).await?;
    locked
        .finish(
            Act::RosterApprove,
            unit,
            (format!("审定推荐名单：列入{}个", listed.len()), ""),
        )
        .await?;
    Ok(Ok(()))
}

/// Publishes one list of the district (LI-7). Units that are not decided on hold
/// it up, unless the office's head says why not (TC-54).
pub async fn publish(
    database: &Database,
    scheme: &Scheme,
    who: &Who,
    (title, despite): (&str, Option<&str>),
    open: &[String],
) -> Outcome<i32> {
    if !open.is_empty() && despite.is_none() {
        return Ok(Err(Refusal::UnitsOpen(open.to_vec())));
    }
    let mut write = Write::begin(database, who).await?;
    let decided: Vec<i64> = store::lock_all(&mut write)
        .await?
        .into_iter()
        .filter(|(_, state)| rules::next(*state, Act::RosterPublish).is_some())
        .map(|(id, _)| id)
        .collect();
    if decided.is_empty() {
        return Ok(Err(Refusal::Empty));
    }
    let on = who.today();
    let (number, listed) =
        store::publish(&mut write, title, (on.year(), on), who.actor.account).await?;
    let issued = scheme.campaign.parameters.issue_date;
    store::amendments::freeze_bases(&mut write, issued, on).await?;
    for id in decided {
        store::move_to(&mut write, id, (State::Approved, State::Published)).await?;
    }
    for id in &listed {
        registry::set_stage(&mut write, *id, Stage::Listed).await?;
    }
    let head = Record::new(
        Act::RosterPublish,
        "roster",
        i64::from(number),
        format!("发布脱钩名单第{number}号，{}个协会", listed.len()),
    );
    let mut records = vec![head.with_opinion(despite.unwrap_or_default())];
    records.extend(listed.iter().map(|id| {
        Record::new(
            Act::RosterPublish,
            "association",
            id.0,
            format!("列入脱钩名单第{number}号"),
        )
        .in_file_of(*id)
    }));
    write.record_all(records).await?;
    Ok(Ok(number))
}
