//! The forms on an activity's page.

use axum::extract::State;
use chrono::NaiveDate;

use crate::access::Act;
use crate::accounts::store::departments;
use crate::activities::acts::{self, At};
use crate::activities::store::NewApproval;
use crate::ids::DepartmentId;
use crate::web::ask::{self, Ask};
use crate::web::{Allowed, Answer, App, Error, Form};

use super::show::ShowPage;

/// Number of an approval on record.
pub const DOCUMENT: Ask<String> =
    ask::text("document_number", "文号", 60).must("请填写批准文件的文号。");
/// Its date.
pub const DOCUMENT_DATE: Ask<NaiveDate> =
    ask::date("document_date", "批准日期").must("请填写批准日期。");
/// What it says.
pub const CONTENT: Ask<String> = ask::wide("opinion", "批准内容", 300).must("请填写批准内容。");
/// Why it is sent back.
pub const RETURN: Ask<String> =
    ask::longtext("return_reason", "退回的理由", 500).must("请写明退回的理由。");
/// What the office says.
pub const ALLOW: Ask<String> =
    ask::longtext("allow_opinion", "批准意见", 500).must("请填写批准意见。");
/// Why the office refuses.
pub const REFUSE: Ask<String> =
    ask::longtext("refuse_reason", "不予批准的理由", 500).must("请写明不予批准的理由。");
/// What came of it.
pub const RESULT: Ask<String> = ask::longtext("result", "活动结果", 500).must("请填写活动结果。");
/// When.
pub const RESULT_ON: Ask<NaiveDate> = ask::date("result_on", "结果日期").must("请填写结果日期。");

/// The activity in the address.
pub(super) fn at(allowed: &Allowed) -> Result<At, Error> {
    Ok(At {
        association: allowed.association()?,
        activity: allowed.number("activity")?,
    })
}

/// Puts a department's approval on record.
pub async fn note(State(app): State<App>, allowed: Allowed, mut form: Form) -> Answer {
    let at = at(&allowed)?;
    let offered: Vec<String> = {
        let departments = departments(&mut app.read().await?).await?;
        departments
            .iter()
            .map(|department| department.id.to_string())
            .collect()
    };
    let offered: Vec<&str> = offered.iter().map(String::as_str).collect();
    let department = form
        .choice("department", "批准部门", &offered)
        .required("请选择批准部门。");
    let number = DOCUMENT.read(&mut form);
    let date = DOCUMENT_DATE.read_past(&mut form, app.clock.today());
    let opinion = CONTENT.read(&mut form);
    let run = async |write, clean, seen| {
        let new = NewApproval {
            department: DepartmentId(department.take(&clean).parse().unwrap_or_default()),
            document_number: number.take(&clean),
            document_date: date.take(&clean),
            opinion: opinion.take(&clean),
        };
        acts::note(write, at, seen, &new).await
    };
    allowed.act::<ShowPage, _, _>(&app, form, run).await
}

/// The unit's leader agrees.
pub async fn approve(State(app): State<App>, allowed: Allowed, mut form: Form) -> Answer {
    let at = at(&allowed)?;
    let office = form
        .yes_no("needs_office", "是否须报脱钩办批准")
        .required("请选择是否须报脱钩办批准。");
    let run = async |write, clean, seen| acts::approve(write, at, seen, office.take(&clean)).await;
    allowed.act::<ShowPage, _, _>(&app, form, run).await
}

/// The unit's leader sends it back.
pub async fn return_(State(app): State<App>, allowed: Allowed, mut form: Form) -> Answer {
    let at = at(&allowed)?;
    let reason = RETURN.read(&mut form);
    let run = async |write, clean, seen| {
        acts::turn_down(write, at, seen, Act::ActivityReturn, &reason.take(&clean)).await
    };
    allowed.act::<ShowPage, _, _>(&app, form, run).await
}

/// The office agrees.
pub async fn allow(State(app): State<App>, allowed: Allowed, mut form: Form) -> Answer {
    let at = at(&allowed)?;
    let opinion = ALLOW.read(&mut form);
    let run = async |write, clean, seen| acts::allow(write, at, seen, &opinion.take(&clean)).await;
    allowed.act::<ShowPage, _, _>(&app, form, run).await
}

/// The office refuses.
pub async fn refuse(State(app): State<App>, allowed: Allowed, mut form: Form) -> Answer {
    let at = at(&allowed)?;
    let reason = REFUSE.read(&mut form);
    let run = async |write, clean, seen| {
        acts::turn_down(write, at, seen, Act::ActivityRefuse, &reason.take(&clean)).await
    };
    allowed.act::<ShowPage, _, _>(&app, form, run).await
}

/// Writes what came of it.
pub async fn finish(State(app): State<App>, allowed: Allowed, mut form: Form) -> Answer {
    let at = at(&allowed)?;
    let result = RESULT.read(&mut form);
    let on = RESULT_ON.read_past(&mut form, app.clock.today());
    let run = async |write, clean, seen| {
        acts::finish(write, at, seen, &result.take(&clean), on.take(&clean)).await
    };
    allowed.act::<ShowPage, _, _>(&app, form, run).await
}
