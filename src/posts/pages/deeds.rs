//! The forms on a person's page.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use crate::paths;
use crate::posts::acts::{self, At};
use crate::posts::rules::Limits;
use crate::posts::rules::deeds::{Approval, Deed, Refusal};
use crate::web::form::Clean;
use crate::web::page::html_with;
use crate::web::{Allowed, App, Error, Form, redirect};

use super::person;

fn at(allowed: &Allowed, form: &mut Form) -> Result<At, Error> {
    Ok(At {
        association: allowed.association()?,
        holder: allowed.number("post")?,
        version: form.version()?,
    })
}

/// Takes the form: where nothing failed, does the deed under the limits of the day
/// that rules.
async fn finish(
    app: &App,
    allowed: &Allowed,
    (mut form, at): (Form, At),
    deed: impl FnOnce(&Clean) -> Deed,
) -> Result<Response, Error> {
    let Ok(clean) = form.done() else {
        let view = person::view(&mut app.read().await?, app, allowed, form).await?;
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
    };
    let deed = deed(&clean);
    let limits = match &deed {
        // TC-51: an approval keeps the rule of its own date.
        Deed::Decide(approval) => {
            let then = app.on(approval.date).await?;
            Limits::of(&then.scheme.campaign.parameters)
        }
        _ => Limits::of(&app.scheme.campaign.parameters),
    };
    let path = paths::posts::POST.at(at.association, at.holder);
    let who = allowed.who(&form, path.clone());
    match acts::perform(&app.database, &who, at, (&deed, &limits)).await? {
        Ok(()) => Ok(redirect(&path, deed.act())),
        Err(Refusal::Missing | Refusal::NoRegister) => Err(Error::Missing),
        Err(refusal) => Err(Error::Conflict(refusal.explain())),
    }
}

/// To resign by a day.
pub async fn limit(
    State(app): State<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let at = at(&allowed, &mut form)?;
    let due = app.scheme.campaign.parameters.implement_due;
    let by = form
        .date("resign_by", "辞去时限")
        .check(|day| *day <= due, "辞去时限不得晚于五分离完成截止日。")
        .required("请填写辞去时限。");
    finish(&app, &allowed, (form, at), |clean| {
        Deed::Limit(by.take(clean))
    })
    .await
}

/// Resigned.
pub async fn resign(
    State(app): State<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let at = at(&allowed, &mut form)?;
    let on = form
        .date("resigned_on", "辞去日期")
        .required("请填写辞去日期。");
    let evidence = form
        .text("evidence", "证明材料", 300)
        .required("请填写辞职书、理事会（会员大会）记录等证明材料。");
    let still_filed = form.tick("still_filed");
    finish(&app, &allowed, (form, at), |clean| Deed::Resign {
        on: on.take(clean),
        evidence: evidence.take(clean),
        still_filed,
    })
    .await
}

/// Stay or leave.
pub async fn choose(
    State(app): State<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let at = at(&allowed, &mut form)?;
    let choice = form
        .choice("choice", "去留选择", &["stay", "leave"])
        .required("请按本人签字的选择填写。");
    let on = form
        .date("chosen_on", "选择日期")
        .required("请填写选择日期。");
    finish(&app, &allowed, (form, at), |clean| Deed::Choose {
        stay: choice.take(clean) == "stay",
        on: on.take(clean),
    })
    .await
}

/// Stay, carried out.
pub async fn stay(
    State(app): State<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let at = at(&allowed, &mut form)?;
    let ended = form
        .date("civil_status_ended_on", "退出公务员管理日期")
        .optional();
    let contract = form.date("contract_on", "劳动合同日期").optional();
    finish(&app, &allowed, (form, at), |clean| Deed::Stay {
        ended: ended.take(clean),
        contract: contract.take(clean),
    })
    .await
}

/// Leave, carried out.
pub async fn place(
    State(app): State<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let at = at(&allowed, &mut form)?;
    let on = form
        .date("placed_on", "安置日期")
        .required("请填写安置日期。");
    let document = form
        .text("placement_document", "安置文件", 100)
        .required("请填写安置文件的文号。");
    finish(&app, &allowed, (form, at), |clean| Deed::Place {
        on: on.take(clean),
        document: document.take(clean),
    })
    .await
}

/// The institution post is given back.
pub async fn recover(
    State(app): State<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let at = at(&allowed, &mut form)?;
    let on = form
        .date("recovered_on", "收回日期")
        .required("请填写收回日期。");
    let document = form
        .text("recovery_document", "编办文件", 100)
        .required("请填写编办文件的文号。");
    finish(&app, &allowed, (form, at), |clean| Deed::Recover {
        on: on.take(clean),
        document: document.take(clean),
    })
    .await
}

/// The unit's leader asks for approval or filing.
pub async fn ask(
    State(app): State<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let at = at(&allowed, &mut form)?;
    finish(&app, &allowed, (form, at), |_| Deed::Ask).await
}

/// The department approves, files, or refuses.
pub async fn decide(
    State(app): State<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let at = at(&allowed, &mut form)?;
    let today = app.clock.today();
    let kind = form
        .choice("approval_kind", "意见", &["approved", "filed", "refused"])
        .required("请选择审批、备案或不予同意。");
    let number = form
        .text("approval_number", "文号", 60)
        .required("请填写文号。");
    let date = form
        .date("approval_date", "日期")
        .check(|day| *day <= today, "日期不能晚于今天。")
        .required("请填写日期。");
    let until = form.date("approval_until", "有效期至").optional();
    let opinion = form.text("approval_opinion", "意见说明", 300).optional();
    let authority = allowed.actor().capacity.department_name.clone();
    finish(&app, &allowed, (form, at), |clean| {
        Deed::Decide(Approval {
            kind: kind.take(clean),
            authority,
            number: number.take(clean),
            date: date.take(clean),
            until: until.take(clean),
            opinion: opinion.take(clean).unwrap_or_default(),
        })
    })
    .await
}
