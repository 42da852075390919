//! What is there by itself from its day on: made before a day's first page, in the program's
//! own name, each with its record. The same day twice makes nothing.

use std::collections::BTreeSet;

use chrono::{Datelike as _, NaiveDate, TimeDelta};

use crate::access::Act;
use crate::database::Write;
use crate::oversight::store::opening::{Owner, opened, owners};
use crate::oversight::store::{self, New};
use crate::scheme::processes::{Each, Process};
use crate::scheme::{Answers, Scheme};

use super::record;

/// A docket that is due to be there.
struct Due<'s> {
    process: &'s Process,
    owner: i64,
    period: String,
    title: String,
    policy: String,
    by: Option<NaiveDate>,
}

/// Opens what is there by itself on a day; how many.
pub async fn open(write: &mut Write, scheme: &Scheme) -> Result<usize, sqlx::Error> {
    let today = write.today();
    let processes = scheme.processes.processes.iter();
    let mine: Vec<&Process> = processes
        .filter(|process| process.each != Each::None && is_on(scheme, process, today))
        .collect();
    if mine.is_empty() {
        return Ok(0);
    }
    let codes: Vec<String> = mine
        .iter()
        .map(|process| process.code().to_owned())
        .collect();
    let there: BTreeSet<(String, i64, String)> = opened(write, &codes).await?.into_iter().collect();
    let owners = owners(write).await?;
    let due = mine
        .iter()
        .flat_map(|process| dues(scheme, process, &owners, today));
    let new = due.filter(|each| {
        !there.contains(&(
            each.process.code().to_owned(),
            each.owner,
            each.period.clone(),
        ))
    });
    let mut opened = 0;
    for each in new.collect::<Vec<_>>() {
        add(write, &each).await?;
        opened += 1;
    }
    Ok(opened)
}

async fn add(write: &mut Write, due: &Due<'_>) -> Result<(), sqlx::Error> {
    let mut answers = Answers::default();
    if let Some(question) = due.process.keeping("policy").next() {
        answers.set(question.code(), Some(due.policy.clone().into()));
    }
    let new = New {
        process: due.process.code(),
        period: &due.period,
        title: &due.title,
        department: due.owner,
        finder: Some(due.owner),
        policy: &due.policy,
        answers,
        due_on: due.by,
        ..New::default()
    };
    let id = store::add(write, &new).await?;
    let sentence = format!("{}按期开始填报：{}", due.process.title, due.title);
    write.tell(record(Act::DocketOpen, id, None, sentence));
    Ok(())
}

/// Whether it is open and turned on.
fn is_on(scheme: &Scheme, process: &Process, today: NaiveDate) -> bool {
    let from = scheme.day(&process.from);
    let option = process.option.as_str();
    let values = scheme.campaign.values();
    let on =
        option.is_empty() || values.get(option).and_then(serde_json::Value::as_bool) == Some(true);
    on && from.is_none_or(|from| from <= today)
}

fn dues<'s>(
    scheme: &'s Scheme,
    process: &'s Process,
    owners: &[Owner],
    today: NaiveDate,
) -> Vec<Due<'s>> {
    let due_on = scheme.day(&process.due);
    if process.each == Each::Policy {
        let policies = scheme.campaign.policies.iter();
        return policies
            .filter_map(|policy| {
                let owner = owners.iter().find(|owner| owner.code == policy.lead)?;
                let code = policy.code.get_ref().clone();
                Some(Due {
                    process,
                    owner: owner.id,
                    period: code.clone(),
                    title: policy.title.clone(),
                    policy: code,
                    by: due_on,
                })
            })
            .collect();
    }
    let (period, title, due_on) = if process.weekly {
        let week = today.iso_week();
        let monday = today - TimeDelta::days(i64::from(today.weekday().num_days_from_monday()));
        (
            format!("{}-{:02}", week.year(), week.week()),
            format!("{}年第{}周", week.year(), week.week()),
            Some(monday + TimeDelta::days(4)),
        )
    } else {
        ("1".to_owned(), String::new(), due_on)
    };
    let units = owners.iter().filter(|owner| owner.supervises);
    units
        .map(|owner| Due {
            process,
            owner: owner.id,
            period: period.clone(),
            title: if title.is_empty() {
                format!("{}{}", owner.name, process.title)
            } else {
                format!("{} {title}", owner.name)
            },
            policy: String::new(),
            by: due_on,
        })
        .collect()
}
