//! What a plan still lacks before it can be submitted: one function for each
//! rule PL-1 to PL-15 (domain 6.1). Each finding says where it is mended.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::scheme::appropriation::paid_in;
use crate::scheme::{Answers, Scheme, Severity, checks, measure_of};

mod settling;

use settling::{pl_10, pl_11, pl_12};

/// What a plan is judged by.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The scheme.
    pub scheme: &'a Scheme,
    /// The confirmed survey on which the plan rests.
    pub survey: &'a Answers,
    /// A newer survey has been confirmed since.
    pub outdated: bool,
    /// What the plan says.
    pub content: &'a Answers,
    /// Names of the departments with a living tie, without the responsible unit.
    pub linked: &'a [String],
    /// Items whose later date is approved.
    pub exceptions: &'a BTreeMap<String, NaiveDate>,
    /// The day on which it is judged.
    pub on: NaiveDate,
}

/// Something to mend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The part concerned.
    pub part: &'static str,
    /// Errors block submitting.
    pub severity: Severity,
    /// What is wrong and what to do.
    pub sentence: String,
}

/// Most names in one sentence.
const NAMED: usize = 5;

fn error(part: &'static str, sentence: impl Into<String>) -> Finding {
    Finding {
        part,
        severity: Severity::Error,
        sentence: sentence.into(),
    }
}

/// 甲、乙等8项.
fn several(names: &[String], measure: &str) -> String {
    let first = names
        .iter()
        .take(NAMED)
        .cloned()
        .collect::<Vec<_>>()
        .join("、");
    if names.len() > NAMED {
        format!("{first}等{}{measure}", names.len())
    } else {
        first
    }
}

fn about(
    part: &'static str,
    names: &[String],
    sentence: impl FnOnce(&str) -> String,
) -> Option<Finding> {
    (!names.is_empty()).then(|| error(part, sentence(&several(names, "项"))))
}

/// Items named in a part's rows.
fn items<'a>(content: &'a Answers, part: &str) -> BTreeSet<&'a str> {
    content
        .rows(part)
        .iter()
        .filter_map(|row| row.text("item"))
        .collect()
}

/// Every finding, part by part.
#[must_use]
pub fn findings(subject: &Subject<'_>) -> Vec<Finding> {
    let rules: [fn(&Subject<'_>) -> Vec<Finding>; 14] = [
        pl_1, pl_2, pl_3, pl_4, pl_5, pl_6, pl_7, pl_8, pl_10, pl_11, pl_12, pl_13, pl_14, pl_15,
    ];
    let mut found: Vec<Finding> = rules.iter().flat_map(|rule| rule(subject)).collect();
    found.extend(incomplete(subject, "PL-9"));
    found
}

/// How many findings block submitting.
#[must_use]
pub fn errors(findings: &[Finding]) -> usize {
    findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .count()
}

/// In which parts errors stand: title and how many, in the plan's order.
#[must_use]
pub fn places(scheme: &Scheme, findings: &[Finding]) -> Vec<String> {
    let parts = scheme.plan.parts.iter().filter_map(|part| {
        let own = findings.iter().filter(|finding| finding.part == part.code);
        let errors = own.filter(|finding| finding.severity == Severity::Error);
        match errors.count() {
            0 => None,
            count => Some(format!("{}{count}处", part.title)),
        }
    });
    parts.collect()
}

/// Answers, rows and columns that a part's questions demand.
fn incomplete(subject: &Subject<'_>, part: &'static str) -> Vec<Finding> {
    let questions = subject
        .scheme
        .part(part)
        .map(|part| part.questions.as_slice())
        .unwrap_or_default();
    questions
        .iter()
        .filter_map(|question| checks::missing(question, subject.content))
        .map(|missing| error(part, missing.message))
        .collect()
}

/// PL-1: the plan rests on the survey last confirmed.
fn pl_1(subject: &Subject<'_>) -> Vec<Finding> {
    let sentence = "摸底调查已有更新的确认版，请在“基本情况”中换用，再核对各部分。";
    if subject.outdated {
        vec![error("PL-1", sentence)]
    } else {
        Vec::new()
    }
}

/// PL-2: every applicable item of the five tracks is a matter of the plan.
fn pl_2(subject: &Subject<'_>) -> Vec<Finding> {
    let covered = items(subject.content, "PL-2");
    let keys = subject.scheme.applicable(subject.survey, subject.on);
    let known: BTreeSet<String> = keys.iter().map(crate::scheme::ItemKey::text).collect();
    let missing: Vec<String> = keys
        .iter()
        .filter(|key| {
            in_five(subject.scheme, &key.measure) && !covered.contains(key.text().as_str())
        })
        .map(|key| {
            format!(
                "{}{}",
                key.text(),
                if key.label.is_empty() {
                    String::new()
                } else {
                    format!("({})", key.label)
                }
            )
        })
        .collect();
    let strange: Vec<String> = covered
        .iter()
        .filter(|item| !known.contains(**item))
        .map(|item| (*item).to_owned())
        .collect();
    let mut found = incomplete(subject, "PL-2");
    found.extend(about("PL-2", &missing, |names| {
        format!("五分离清单中适用的{names}未列为脱钩事项。")
    }));
    found.extend(about("PL-2", &strange, |names| {
        format!("事项编号{names}不在五分离清单的适用范围内，请更正或删去。")
    }));
    found
}

/// Whether a measure belongs to one of the five separations.
#[must_use]
pub fn in_five(scheme: &Scheme, measure: &str) -> bool {
    scheme
        .measure(measure)
        .and_then(|measure| scheme.track(&measure.track))
        .is_some_and(|track| track.counts_in_five)
}

/// Matters of PL-2 that another part does not mention.
fn unmentioned(content: &Answers, part: &str) -> Vec<String> {
    let mentioned = items(content, part);
    items(content, "PL-2")
        .difference(&mentioned)
        .map(|item| (*item).to_owned())
        .collect()
}

/// PL-3: each matter has a measure.
fn pl_3(subject: &Subject<'_>) -> Vec<Finding> {
    let mut found = incomplete(subject, "PL-3");
    found.extend(about(
        "PL-3",
        &unmentioned(subject.content, "PL-3"),
        |names| format!("{names}没有分离措施。"),
    ));
    found
}

/// PL-4: each matter has steps in order, done in time (TC-53).
fn pl_4(subject: &Subject<'_>) -> Vec<Finding> {
    let mut found = incomplete(subject, "PL-4");
    found.extend(about(
        "PL-4",
        &unmentioned(subject.content, "PL-4"),
        |names| format!("{names}没有时间步骤。"),
    ));
    let (mut late, mut backwards, mut disordered) = (Vec::new(), Vec::new(), Vec::new());
    let mut last: BTreeMap<&str, NaiveDate> = BTreeMap::new();
    for row in subject.content.rows("PL-4") {
        let (Some(item), Some(due)) = (row.text("item"), row.date("due")) else {
            continue;
        };
        let limit = latest(subject, item);
        if due > limit {
            late.push(format!("{item}（应不晚于{limit}）"));
        }
        if row.date("start").is_some_and(|start| start > due) {
            backwards.push(item.to_owned());
        }
        if last.insert(item, due).is_some_and(|before| due < before) {
            disordered.push(item.to_owned());
        }
    }
    found.extend(about("PL-4", &late, |names| {
        format!("{names}的完成日期超过时限；确需延期的，在“例外与延期申请”中提出并经主管部门批准。")
    }));
    found.extend(about("PL-4", &backwards, |names| {
        format!("{names}的开始日期晚于完成日期。")
    }));
    found.extend(about("PL-4", &disordered, |names| {
        format!("{names}的步骤没有按时间先后排列。")
    }));
    found
}

/// The last day on which an item may be done: the end of implementation, its own
/// legal deadline, or the date that its department has approved.
fn latest(subject: &Subject<'_>, item: &str) -> NaiveDate {
    let common = subject.scheme.campaign.parameters.implement_due;
    let own = subject
        .scheme
        .measure(measure_of(item))
        .filter(|measure| measure.own_deadline || !in_five(subject.scheme, measure.code()))
        .map_or(common, |measure| {
            subject.scheme.deadline(measure, subject.survey)
        });
    let excepted = subject.exceptions.get(item).copied().unwrap_or(common);
    common.max(own).max(excepted)
}

/// PL-5: no step without an owner (责任到人, 六(一)).
fn pl_5(subject: &Subject<'_>) -> Vec<Finding> {
    let mut found = incomplete(subject, "PL-5");
    let rows = subject.content.rows("PL-5");
    let owned: BTreeSet<&str> = rows
        .iter()
        .filter(|row| row.text("unit_person").is_some())
        .filter_map(|row| row.text("item"))
        .collect();
    let steps = items(subject.content, "PL-4");
    let orphans: Vec<String> = steps
        .difference(&owned)
        .map(|item| (*item).to_owned())
        .collect();
    found.extend(about("PL-5", &orphans, |names| {
        format!("{names}没有责任人员。")
    }));
    found
}

/// PL-6: functions with supervision, or none at all.
fn pl_6(subject: &Subject<'_>) -> Vec<Finding> {
    let mut found = incomplete(subject, "PL-6");
    let surveyed = subject.survey.rows("SV-34").len();
    if subject.content.has("PL-6") && subject.content.rows("PL-6").is_empty() && surveyed > 0 {
        found.push(error(
            "PL-6",
            format!("摸底调查列有{surveyed}项拟转移职能，不能填“无可转移职能”。"),
        ));
    }
    found
}

/// PL-7: who was paid from the budget buys services or says why not.
fn pl_7(subject: &Subject<'_>) -> Vec<Finding> {
    let mut found = incomplete(subject, "PL-7");
    let reasoned = subject.content.text("PL-7-1").is_some();
    let years = &subject.scheme.campaign.parameters.appropriation_years;
    if paid_in(subject.survey, years) && subject.content.rows("PL-7").is_empty() && !reasoned {
        found.push(error(
            "PL-7",
            "协会曾有财政拨款，请填写购买服务清单，或说明不购买服务的理由。",
        ));
    }
    found
}

/// PL-8: somebody receives the party work.
fn pl_8(subject: &Subject<'_>) -> Vec<Finding> {
    incomplete(subject, "PL-8")
}

/// PL-13: at least one risk with its measure.
fn pl_13(subject: &Subject<'_>) -> Vec<Finding> {
    incomplete(subject, "PL-13")
}

/// PL-14: exceptions name items of the list; until approved, nothing changes.
fn pl_14(subject: &Subject<'_>) -> Vec<Finding> {
    let mut found = incomplete(subject, "PL-14");
    let covered = items(subject.content, "PL-2");
    let strange: Vec<String> = items(subject.content, "PL-14")
        .difference(&covered)
        .map(|item| (*item).to_owned())
        .collect();
    found.extend(about("PL-14", &strange, |names| {
        format!("例外申请中的{names}不是本方案的脱钩事项。")
    }));
    let pending: Vec<String> = items(subject.content, "PL-14")
        .into_iter()
        .filter(|item| !subject.exceptions.contains_key(*item))
        .map(str::to_owned)
        .collect();
    found.extend(
        about("PL-14", &pending, |names| {
            format!("{names}的例外申请尚未批准，原时限不变。")
        })
        .map(|finding| Finding {
            severity: Severity::Warning,
            ..finding
        }),
    );
    found
}

/// PL-15: both promises are given.
fn pl_15(subject: &Subject<'_>) -> Vec<Finding> {
    let mut found = incomplete(subject, "PL-15");
    let refused = ["PL-15-1", "PL-15-2"]
        .iter()
        .any(|code| subject.content.yes(code) == Some(false));
    if refused {
        found.push(error("PL-15", "两项承诺均须为“是”方可报送。"));
    }
    found
}

#[cfg(test)]
mod tests;
