//! What is more than seven days late in spite of a reminder makes a problem of itself (domain
//! 9.2), on the desk of whoever has it; it ends by itself when the matter is done.

use std::collections::BTreeSet;

use serde_json::json;

use crate::access::Act;
use crate::access::Case as _;
use crate::audit::Record;
use crate::database::{Moves as _, Write};
use crate::ids::AssociationId;
use crate::oversight::rules::State;
use crate::oversight::store::opening::automatic;
use crate::oversight::store::{self, Docket, New, Remarks};
use crate::scheme::Answers;

use super::record;

/// The process of problems, and what a problem of this kind is.
const PROBLEM: &str = "problem";

/// A matter that is late in spite of a reminder.
#[derive(Debug, Clone)]
pub struct Late {
    /// By which it is known again: holder and matter.
    pub key: String,
    /// Whose clock has run out.
    pub holder: i64,
    /// The association.
    pub association: Option<i64>,
    /// What it is.
    pub title: String,
    /// Days late, and how often it was reminded of.
    pub words: String,
    /// Where it is dealt with.
    pub href: String,
}

/// Makes a problem of each that has none, and ends those whose matter is done; `still`: the
/// matters that are open, late or not. How many were begun and ended.
pub async fn renew(
    write: &mut Write,
    late: &[Late],
    still: impl Fn(&str) -> bool,
) -> Result<usize, sqlx::Error> {
    let there = automatic(write).await?;
    let known: BTreeSet<&str> = there.iter().map(|(_, key)| key.as_str()).collect();
    let mut changed = 0;
    for each in late
        .iter()
        .filter(|each| !known.contains(each.key.as_str()))
    {
        begin(write, each).await?;
        changed += 1;
    }
    for (id, key) in &there {
        if !still(key) && lapse(write, *id).await? {
            changed += 1;
        }
    }
    Ok(changed)
}

async fn begin(write: &mut Write, late: &Late) -> Result<(), sqlx::Error> {
    let mut answers = Answers::default();
    let title: String = late.title.chars().take(100).collect();
    for (code, text) in [
        ("problem_title", title.as_str()),
        ("problem_text", late.words.as_str()),
        ("problem_kind", "progress"),
        ("problem_level", "normal"),
    ] {
        answers.set(code, Some(json!(text)));
    }
    let new = New {
        process: PROBLEM,
        title: &title,
        department: late.holder,
        association: late.association,
        link: &late.href,
        handling: true,
        automatic: &late.key,
        answers,
        ..New::default()
    };
    let id = store::add(write, &new).await?;
    let sentence = format!("催办后仍逾期超过7天，登记为进度问题：{title}");
    write.tell(record(Act::DocketOpen, id, late.association, sentence));
    Ok(())
}

/// Ends a problem whose matter is done.
async fn lapse(write: &mut Write, id: i64) -> Result<bool, sqlx::Error> {
    let Some(docket) = store::lock(write, id).await? else {
        return Ok(false);
    };
    if !matches!(docket.state, State::Handling | State::Done) {
        return Ok(false);
    }
    let to = State::Settled;
    if !Docket::move_to(write, id, docket.state, to).await? {
        return Ok(false);
    }
    let on = write.today();
    store::note(write, (id, to), (on, false), &Remarks::default()).await?;
    let sentence = format!("所涉事项已经办结，进度问题自行销号：{}", docket.title);
    let record = Record::new(Act::DocketLapse, Docket::KIND, id, sentence);
    write.tell(match docket.association {
        Some(AssociationId(id)) => record.in_file_of(AssociationId(id)),
        None => record,
    });
    Ok(true)
}
