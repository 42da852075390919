//! Deadlines that move after a checklist has begun: by an approved change of the
//! plan, or by the department that answers for an item (domain 6.3, PL-14;
//! TC-32, TC-33). What the unit writes by itself moves nothing.

use chrono::NaiveDate;

use crate::access::{Act, Seen, Who};
use crate::audit::Record;
use crate::database::{Database, Done, Write, WriteError};
use crate::holdings;
use crate::holdings::rules::{Register, duties};
use crate::holdings::store::Words;
use crate::ids::AssociationId;
use crate::plan;
use crate::scheme::Scheme;

use super::acts::{At, Outcome};
use super::counters;
use super::deadlines::{self, Due, GRANTED, Steps};
use super::registers;
use super::rules::{Item, Refusal};
use super::store::{self, extensions};

/// Approves the change of a plan that waits; open items follow its steps.
pub async fn approve_change(
    database: &Database,
    scheme: &Scheme,
    who: &Who,
    (association, version): (AssociationId, i32),
    opinion: &str,
) -> Result<Result<u64, plan::rules::Refusal>, WriteError> {
    let mut write = Write::begin(database, who).await?;
    let seen = (association, version);
    let changed = match plan::acts::approve_change_in(&mut write, who, seen, opinion).await? {
        Ok(changed) => changed,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let (old, steps) = (
        Steps::of_plan(&changed.before),
        Steps::of_plan(&changed.content),
    );
    let items = extensions::lock_open(&mut write, association).await?;
    let granted = extensions::granted(&mut write, association).await?;
    let approvals = plan::store::approvals::lock(&mut write, changed.plan).await?;
    let exceptions = plan::approvals::exceptions(scheme, &changed.content, &approvals, changed.on);
    let exceptions = registers::with_delays(&mut write, association, scheme, exceptions).await?;
    let moved: Vec<(i64, Due)> = items
        .iter()
        .filter(|item| !granted.contains(&item.id))
        .filter_map(|item| {
            let measure = scheme.measure(&item.measure)?;
            let exception = exceptions.get(&item.key().text()).copied();
            let step = steps.due(&item.key());
            // What the change leaves alone keeps its day, which a moved stage may have given.
            if exception.is_none() && step == old.due(&item.key()) {
                return None;
            }
            let due = deadlines::deadline(scheme, measure, &changed.survey, step, exception);
            (due.day != item.deadline).then_some((item.id, due))
        })
        .collect();
    extensions::move_deadlines(&mut write, &moved).await?;
    counters::recount(&mut write, (association, changed.unit)).await?;
    let sentence = format!(
        "批准第{}次方案变更，调整{}个事项的时限",
        changed.number,
        moved.len()
    );
    let record = Record::new(Act::ChangeApprove, "plan", changed.plan, sentence)
        .in_file_of(association)
        .with_opinion(opinion);
    write.record(record).await?;
    Ok(Ok(u64::try_from(moved.len()).unwrap_or(u64::MAX)))
}

/// Grants the delay of a room: the deadline of the item on that room moves with it,
/// as an approved later date (TC-32). An earlier day than the scheme's moves nothing.
pub async fn approve_delay(
    mut write: Write,
    at: holdings::acts::At<'_>,
    seen: Seen,
    words: Words,
) -> Done<holdings::rules::Refusal> {
    let (step, mut say) = holdings::acts::decide_in(&mut write, at, &seen, &words).await?;
    let (association, entry) = (at.association, &step.case);
    let items = extensions::lock_open(&mut write, association).await?;
    let of_room = items.iter().find(|item| {
        duties::register_of(&item.measure) == Some(Register::Room)
            && item.object.split_once('#').map(|(_, key)| key) == Some(at.key)
    });
    if let Some((item, until)) = of_room
        .zip(entry.facts.date("until"))
        .filter(|(item, day)| *day > item.deadline)
    {
        let decided = (write.today(), write.by());
        let granted = extensions::Granted {
            reason: entry.facts.text("reason").unwrap_or_default(),
            until,
            asked: entry
                .submitted_on
                .zip(entry.submitted_by)
                .unwrap_or(decided),
            decided,
            document: &words.document,
            opinion: &words.note,
        };
        extensions::grant(&mut write, (association, item), &granted).await?;
        let moved = [(item.id, Due::new(until, GRANTED))];
        extensions::move_deadlines(&mut write, &moved).await?;
        if let Some(of) = store::lock(&mut write, association, item.id).await? {
            counters::recount(&mut write, (association, of.department)).await?;
        }
        say = say.changed("deadline", item.deadline.to_string(), until.to_string());
    }
    let told = write.apply(step, say).await?;
    write.finish(told).await
}

/// Asks for a later date of one item, in the unit's name.
pub async fn ask_extension(
    database: &Database,
    who: &Who,
    at: At,
    (wanted, reason): (NaiveDate, &str),
) -> Outcome<()> {
    let mut write = Write::begin(database, who).await?;
    let item = match locked(&mut write, at).await? {
        Ok(item) => item,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let asked = extensions::asked(&mut write, item.id).await?;
    if item.state.resolved() || wanted <= item.deadline || asked.is_some() {
        return Ok(Err(Refusal::NoExtension));
    }
    if reason.trim().is_empty() {
        return Ok(Err(Refusal::NoReason));
    }
    let hand = (who.actor.account, who.today());
    extensions::ask(&mut write, &item, (wanted, reason), hand).await?;
    store::touch(&mut write, item.id).await?;
    let sentence = format!(
        "申请将{}的时限由{}延至{wanted}",
        item.measure, item.deadline
    );
    let record = Record::new(Act::ExtensionAsk, "item", item.id, sentence)
        .in_file_of(item.association)
        .with_opinion(reason);
    write.record(record).await?;
    Ok(Ok(()))
}

/// What the department says.
#[derive(Debug, Clone)]
pub struct Decision {
    /// The later date is granted.
    pub granted: bool,
    /// Number of its document.
    pub document_number: String,
    /// Its words; a refusal needs them.
    pub opinion: Option<String>,
}

/// Decides on a later date, in the name of the department that answers for the item.
pub async fn decide_extension(
    database: &Database,
    who: &Who,
    at: At,
    decision: &Decision,
) -> Outcome<()> {
    let mut write = Write::begin(database, who).await?;
    let item = match locked(&mut write, at).await? {
        Ok(item) => item,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let Some(asked) = extensions::asked(&mut write, item.id).await? else {
        return Ok(Err(Refusal::NoExtension));
    };
    if !decision.granted && decision.opinion.is_none() {
        return Ok(Err(Refusal::NoReason));
    }
    let hand = (who.actor.account, who.today());
    extensions::decide(&mut write, asked.id, decision, hand).await?;
    if decision.granted {
        let moved = [(item.id, Due::new(asked.wanted, GRANTED))];
        extensions::move_deadlines(&mut write, &moved).await?;
        let subject = (item.association, item.department);
        counters::recount(&mut write, subject).await?;
    } else {
        store::touch(&mut write, item.id).await?;
    }
    let verdict = if decision.granted {
        "同意"
    } else {
        "不同意"
    };
    let sentence = format!(
        "{verdict}将{}的时限延至{}（{}）",
        item.measure, asked.wanted, decision.document_number
    );
    let record = Record::new(Act::ExtensionDecide, "item", item.id, sentence)
        .in_file_of(item.association)
        .with_opinion(decision.opinion.as_deref().unwrap_or_default());
    write.record(record).await?;
    Ok(Ok(()))
}

async fn locked(write: &mut Write, at: At) -> Outcome<Item> {
    let found = store::lock(write, at.association, at.item).await?;
    let Some(item) = found else {
        return Ok(Err(Refusal::Missing));
    };
    if item.version != at.version {
        let name = store::last_hand(write, at.item).await?;
        return Ok(Err(Refusal::Stale(name)));
    }
    Ok(Ok(item))
}
