//! Supervision visits (domain 10.3): a round that was decided opens a visit to each association
//! of its list; corrections of a signed record become problems.

use chrono::NaiveDate;
use serde_json::json;

use crate::access::Act;
use crate::audit::Record;
use crate::database::{Done, Write};
use crate::oversight::acts::record;
use crate::oversight::rules::Refusal;
use crate::oversight::store::counted::{For, counted};
use crate::oversight::store::opening::owners;
use crate::oversight::store::{self, Kept, New, found};
use crate::scheme::{Answers, Scheme};

use super::Of;

/// A visit that is recorded has happened.
pub(super) fn may(today: NaiveDate, of: Of<'_>) -> Result<(), Refusal> {
    let visited = of.answers.date("visit_on");
    if visited.is_some_and(|day| day > today) && !of.to.is_written() {
        return Err(Refusal::Said("走访日期晚于今天；走访以后再报请签批。"));
    }
    Ok(())
}

/// A round ends after it begins.
pub(super) fn may_draw(of: Of<'_>) -> Result<(), Refusal> {
    let (from, to) = (of.answers.date("round_from"), of.answers.date("round_to"));
    match (from, to) {
        (Some(from), Some(to)) if to < from => Err(Refusal::TooEarly(from)),
        _ => Ok(()),
    }
}

/// What is opened for each association of a list.
pub(super) struct Opens<'a> {
    pub(super) process: &'a str,
    pub(super) reason: &'a str,
    /// The words of the list, and the keys of the question.
    pub(super) reasons: &'a [(&'a str, &'a str)],
    /// Answers that all of them begin with.
    pub(super) answers: Answers,
    pub(super) due: Option<NaiveDate>,
    /// Whose they are; none: each association's unit's.
    pub(super) owner: Option<i64>,
}

/// Opens a docket for each association of the list, as it stands at this moment.
pub(super) async fn open_all(
    write: &mut Write,
    scheme: &Scheme,
    of: Of<'_>,
    opens: &Opens<'_>,
) -> Result<Vec<Record>, sqlx::Error> {
    let docket = of.docket;
    let signed = store::kept::signed(write, docket.id).await?;
    let list = match signed.into_iter().next() {
        // What was drawn and shown to whoever decides; nothing is drawn a second time.
        Some(signed) => signed.figures.0,
        None => {
            let today = write.today();
            counted(
                write,
                For {
                    scheme,
                    process: of.process,
                    docket,
                    today,
                },
            )
            .await?
        }
    };
    let rows = list.into_iter().next().unwrap_or_default().rows;
    let mut told = Vec::new();
    for row in rows {
        let id = row.first().and_then(|id| id.parse::<i64>().ok());
        let Some(id) = id else { continue };
        let Some((name, unit)) = found::named(write, id).await? else {
            continue;
        };
        let why = row.get(3).map(String::as_str).unwrap_or_default();
        let why = opens.reasons.iter().find(|(words, _)| *words == why);
        let mut answers = opens.answers.clone();
        answers.set(opens.reason, why.map(|(_, key)| json!(key)));
        let new = New {
            process: opens.process,
            title: &name,
            department: opens.owner.unwrap_or(unit),
            association: Some(id),
            finder: docket.finder,
            parent: Some(docket.id),
            answers,
            due_on: opens.due,
            ..New::default()
        };
        let made = store::add(write, &new).await?;
        let sentence = format!("{}：列入名单", docket.title);
        told.push(record(Act::DocketOpen, made, Some(id), sentence));
    }
    Ok(told)
}

/// A round was decided.
pub(super) async fn opened(
    write: &mut Write,
    scheme: &Scheme,
    of: Of<'_>,
) -> Result<Vec<Record>, sqlx::Error> {
    let mut answers = Answers::default();
    answers.set("visit_team", of.answers.get("round_team").cloned());
    let opens = Opens {
        process: "visit",
        reason: "visit_reason",
        reasons: &[("红灯", "late"), ("随机抽取", "random")],
        answers,
        due: of.answers.date("round_to"),
        owner: None,
    };
    open_all(write, scheme, of, &opens).await
}

/// A record was signed: each correction is a problem of kind 督导.
pub(super) async fn settled(write: &mut Write, of: Of<'_>) -> Done<Refusal, Vec<Record>> {
    let departments = owners(write).await?;
    let association = of.docket.association.map(|id| id.0);
    let mut told = Vec::new();
    for row in of.answers.rows("visit_corrections") {
        let what = row.text("what").unwrap_or_default();
        let owner = departments
            .iter()
            .find(|each| Some(each.code.as_str()) == row.text("owner"));
        let Some(owner) = owner else { continue };
        let due = row.date("due");
        let mut answers = Answers::default();
        answers.set("problem_title", Some(json!(what)));
        answers.set(
            "problem_text",
            Some(json!(format!(
                "督导走访提出的整改事项（{}）。",
                of.docket.title
            ))),
        );
        answers.set("problem_kind", Some(json!("visit")));
        answers.set("problem_level", Some(json!("normal")));
        answers.set("problem_due", due.map(|due| json!(due.to_string())));
        let new = New {
            process: "problem",
            title: what,
            department: owner.id,
            association,
            finder: of.docket.finder,
            parent: Some(of.docket.id),
            handling: true,
            answers: answers.clone(),
            due_on: due,
            ..New::default()
        };
        let made = store::add(write, &new).await?;
        store::write(write, made, &answers, &Kept::default()).await?;
        let sentence = format!("督导整改事项转{}：{what}", owner.name);
        told.push(record(Act::DocketOpen, made, association, sentence));
    }
    Ok(told)
}
