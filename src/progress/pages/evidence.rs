//! Evidence in and out.

use axum::extract::State;
use chrono::NaiveDate;

use crate::progress::acts::evidence;
use crate::progress::rules;
use crate::progress::store::{self, NewEvidence};
use crate::web::ask::{self, Ask};
use crate::web::upload::Upload;
use crate::web::{Allowed, Answer, App, Error, Form};

use super::at;
use super::item::{ItemPage, OTHER};

/// Its number (文号).
pub const NUMBER: Ask<String> = ask::text("document_number", "文号", 100)
    .hint("没有文号的填“无”")
    .must("请填写文号；没有文号的填“无”。");
/// Its date.
pub const DATE: Ask<NaiveDate> = ask::date("document_date", "文件日期").must("请填写文件日期。");
/// Who issued it.
pub const ISSUER: Ask<String> = ask::text("issuer", "出具单位", 100).must("请填写出具单位。");

/// Registers evidence, with a file or without.
pub async fn attach(State(app): State<App>, allowed: Allowed, upload: Upload) -> Answer {
    let Upload { mut form, file } = upload;
    let at = at(&allowed)?;
    let item = store::item(&mut app.read().await?, at.association, at.item).await?;
    let measure = app.scheme.measure(&item.ok_or(Error::Missing)?.measure);
    let own = measure.map_or(&[][..], |measure| &measure.evidence);
    let kinds: Vec<&str> = own.iter().map(String::as_str).chain([OTHER]).collect();
    let today = app.clock.today();
    let kind = form
        .choice("kind", "材料种类", &kinds)
        .required("请选择材料种类。");
    let number = NUMBER.read(&mut form);
    let date = form
        .date(DATE.name, DATE.label)
        .check(
            |day| rules::possible(*day, today).is_ok(),
            "文件日期不得早于2000年1月1日，不得晚于今天。",
        )
        .required("请填写文件日期。");
    let issuer = ISSUER.read(&mut form);
    let run = async |write, clean, seen| {
        let new = NewEvidence {
            kind: kind.take(&clean),
            document_number: number.take(&clean),
            document_date: date.take(&clean),
            issuer: issuer.take(&clean),
        };
        evidence::attach(write, at, seen, &new, file.as_ref()).await
    };
    allowed.act::<ItemPage, _, _>(&app, form, run).await
}

/// Takes evidence away.
pub async fn detach(State(app): State<App>, allowed: Allowed, form: Form) -> Answer {
    let (at, paper) = (at(&allowed)?, allowed.number("evidence")?);
    let run = async |write, _, seen| evidence::detach(write, at, seen, paper).await;
    allowed.act::<ItemPage, _, _>(&app, form, run).await
}
