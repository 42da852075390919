//! Problems (domain 10.1): some causes make one grave whatever its author thinks, and a gap in
//! a supporting document reaches the department that leads it.

use chrono::NaiveDate;
use serde_json::json;

use crate::access::Act;
use crate::audit::Record;
use crate::database::Write;
use crate::oversight::acts::record;
use crate::oversight::rules::Refusal;
use crate::oversight::store::opening::owners;
use crate::oversight::store::{self, New};
use crate::scheme::Answers;

use super::Of;

const LEVEL: &str = "problem_level";

/// IS-3: grave by its causes.
pub(super) fn level(answers: &mut Answers) {
    if !answers.choices("problem_causes").is_empty() {
        raise(answers);
    }
}

/// IS-6: the office raises the level.
pub(super) fn raise(answers: &mut Answers) {
    answers.set(LEVEL, Some(json!("major")));
}

/// A day to solve it by lies ahead, a meeting behind.
pub(super) fn may(today: NaiveDate, of: Of<'_>) -> Result<(), Refusal> {
    let before = &of.docket.answers.0;
    for code in ["problem_due", "problem_answer_due", "problem_done_due"] {
        let day = of
            .answers
            .date(code)
            .filter(|day| before.date(code) != Some(*day));
        if day.is_some_and(|day| day < today) {
            return Err(Refusal::TooEarly(today));
        }
    }
    if of
        .answers
        .date("problem_ruled_on")
        .is_some_and(|day| day > today)
    {
        return Err(Refusal::Said("研究日期不能晚于今天。"));
    }
    Ok(())
}

/// IS-4: the gap goes to whoever leads the document.
pub(super) async fn begun(write: &mut Write, id: i64) -> Result<Vec<Record>, sqlx::Error> {
    let Some(problem) = store::docket(write, id).await? else {
        return Ok(Vec::new());
    };
    let answers = &problem.answers.0;
    let scheme = write.scheme()?;
    let named = answers
        .text("problem_policy")
        .filter(|_| answers.yes("problem_gap") == Some(true));
    let policies = scheme.campaign.policies.iter();
    let policy = policies
        .into_iter()
        .find(|policy| Some(policy.code.get_ref().as_str()) == named);
    let (Some(policy), Some(process)) = (policy, scheme.process("policy_gap")) else {
        return Ok(Vec::new());
    };
    let lead = owners(write)
        .await?
        .into_iter()
        .find(|owner| owner.code == policy.lead);
    let Some(lead) = lead else {
        return Ok(Vec::new());
    };
    let mut gap = Answers::default();
    gap.set("gap_title", Some(json!(problem.title)));
    gap.set("gap_policy", Some(json!(policy.title)));
    gap.set("gap_text", answers.get("problem_text").cloned());
    let code = policy.code.get_ref();
    let new = New {
        process: process.code(),
        title: &problem.title,
        department: lead.id,
        finder: problem.finder,
        parent: Some(id),
        policy: code,
        answers: gap,
        ..New::default()
    };
    let gap = store::add(write, &new).await?;
    let sentence = format!("配套文件缺口转{}：{}", lead.name, problem.title);
    // It is about the document: whose problem showed it is not everybody's to read.
    Ok(vec![record(Act::DocketOpen, gap, None, sentence)])
}
