//! Audit (domain 10.10): a sample opens a check of each association on its list; a check that
//! found something has its finding on record, from which T3-13 comes.

use crate::audit::Record;
use crate::database::{Done, Write};
use crate::oversight::rules::{Refusal, State};
use crate::oversight::store::found;
use crate::scheme::{Answers, Scheme};

use super::Of;
use super::visit::{Opens, open_all};

/// What was found is entered first, with level, amount and rows of assets.
pub(super) async fn may(write: &mut Write, of: Of<'_>) -> Done<Refusal> {
    if of.to != State::Settled {
        return Ok(());
    }
    let today = write.today();
    if of.answers.date("check_on").is_some_and(|day| day > today) {
        return Err(Refusal::Said("抽查日期不能晚于今天。").into());
    }
    let found = of.answers.text("check_result") == Some("found");
    let association = of.docket.association.map_or(0, |id| id.0);
    if found && !found::has_findings(write, association).await? {
        return Err(Refusal::Said(
            "结论是发现问题，请先在该协会的“审计抽查问题”登记问题，再作出结论。",
        )
        .into());
    }
    Ok(())
}

/// A sample was drawn.
pub(super) async fn opened(
    write: &mut Write,
    scheme: &Scheme,
    of: Of<'_>,
) -> Result<Vec<Record>, sqlx::Error> {
    let opens = Opens {
        process: "audit_check",
        reason: "check_reason",
        reasons: &[("按金额", "amount"), ("随机抽取", "random")],
        answers: Answers::default(),
        due: of.answers.date("sample_due"),
        owner: Some(of.docket.department),
    };
    open_all(write, scheme, of, &opens).await
}
