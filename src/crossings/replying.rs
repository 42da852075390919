//! The reply (批复). Where a step of the plan, or a date of the batch, lies before it, the
//! office's head gives the item another one with it: no item is born late (FD-2).

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::access::Seen;
use crate::audit::Say;
use crate::database::{Db, Done, Write};
use crate::ids::AssociationId;
use crate::plan::approvals::{rules as approvals, store as asked};
use crate::plan::review::acts::approve_step;
use crate::plan::review::store as review;
use crate::plan::rules::Refusal;
use crate::plan::store::{Plan, documents};
use crate::progress::acts::items::items;
use crate::progress::acts::settled::Ground;
use crate::progress::acts::{registers, windows};
use crate::progress::rules::deadlines::{REPLY, Reply, Steps, word};
use crate::progress::store::NewItem;
use crate::progress::store::replied::{self, Given};
use crate::scheme::{ItemKey, Measure, Scheme};

/// What the office's head says with a reply.
#[derive(Debug, Clone, Default)]
pub struct Words {
    /// The office's own conditions.
    pub conditions: Vec<String>,
    /// The opinion, for the case file.
    pub opinion: String,
    /// Dates of items whose own lie before the reply, by their numbers; what is not there
    /// has the date that is proposed.
    pub dates: BTreeMap<String, NaiveDate>,
}

/// An item whose date lies before the reply.
#[derive(Debug, Clone)]
pub struct Early {
    /// Its number and what it is; names of people are not in it.
    pub title: String,
    /// What gave its date, in words.
    pub gave: &'static str,
    /// Its date, what gave it, and the date that is proposed.
    pub given: Given,
}

/// The items that would be late on the day of the reply, with the dates that are proposed:
/// what is settled before it is none of them, and what the scheme itself makes late stays so.
pub async fn early(
    db: &mut Db,
    (scheme, plan): (&Scheme, &Plan),
    on: NaiveDate,
) -> Result<Vec<Early>, sqlx::Error> {
    if scheme.campaign.is_over(on) {
        return Ok(Vec::new());
    }
    let content = &plan.content.0;
    let found = asked::of_plan(db, plan.id).await?;
    let exceptions = approvals::exceptions(scheme, content, &found, on);
    let exceptions = registers::with_delays(db, plan.association, scheme, exceptions).await?;
    let of = (content, plan.written_on(on));
    let steps = windows::steps(db, scheme, plan.association, of).await?;
    let rounds = review::rounds(db, plan.id).await?;
    let ground = Ground {
        scheme,
        content,
        rounds: &rounds,
        approvals: &found,
        replied_on: on,
    };
    let all = items(scheme, &plan.survey.0, (&steps, &exceptions), on);
    let reply = Reply {
        on,
        ..Reply::default()
    };
    let steps = steps.replied(reply);
    let early = all.into_iter().filter_map(|item| {
        let measure = scheme.measure(&item.measure)?;
        of_item(scheme, (&steps, measure), item).filter(|_| !ground.settles(measure))
    });
    Ok(early.collect())
}

/// An item to which the reply gives another date.
fn of_item(scheme: &Scheme, (steps, measure): (&Steps, &Measure), item: NewItem) -> Option<Early> {
    let key = ItemKey {
        measure: item.measure.clone(),
        object: item.object.clone(),
        label: item.label.clone(),
    };
    let due = steps.fair(&scheme.campaign, &key, item.due.clone());
    (due.by == REPLY).then(|| Early {
        title: format!("{} {}", key.text(), measure.text),
        gave: word(&item.due.by),
        given: Given {
            item: key.text(),
            was: item.due.day,
            was_by: item.due.by,
            due: due.day,
        },
    })
}

/// Replies to the plan; its number.
pub async fn approve(
    mut write: Write,
    association: AssociationId,
    seen: Seen,
    words: &Words,
) -> Done<Refusal, String> {
    let missing = documents::missing(&mut write).await?.len();
    if missing > 0 && words.opinion.trim().is_empty() {
        return Err(Refusal::DocumentsFirst(missing).into());
    }
    let taken = approve_step(&mut write, association, &seen, &words.conditions);
    let (step, number) = taken.await?;
    let (scheme, on) = (write.scheme()?, write.today());
    let early = early(&mut write, (&scheme, &step.case), on).await?;
    let last = scheme.campaign.parameters.batch_final_day;
    let mut given = Vec::new();
    for Early {
        title, given: own, ..
    } in early
    {
        let due = words.dates.get(&own.item).copied().unwrap_or(own.due);
        if due < on || due > last {
            return Err(Refusal::ReplyDate(title, last).into());
        }
        given.push(Given { due, ..own });
    }
    replied::keep(&mut write, step.id(), &given).await?;
    let moved: Vec<String> = given
        .iter()
        .map(|each| format!("{}由{}调整为{}", each.item, each.was, each.due))
        .collect();
    let told = if moved.is_empty() {
        String::new()
    } else {
        format!("；批复晚于计划，{}的时限", moved.join("、"))
    };
    let say = Say::new(format!("批复实施方案（{number}）{told}")).because(&words.opinion);
    let told = write.apply(step, say).await?;
    write.finish::<Refusal>(told).await?;
    Ok(number)
}

/// The dates that the reply gave, by the items' numbers.
pub async fn reply(
    db: &mut Db,
    (association, on): (AssociationId, NaiveDate),
) -> Result<Reply, sqlx::Error> {
    let given = replied::of_association(db, association).await?;
    let given = given.into_iter().map(|each| (each.item, each.due));
    Ok(Reply {
        on,
        given: given.collect(),
    })
}
