//! Evidence in and out.

use axum::extract::State;
use axum::response::Response;

use crate::access::Act;
use crate::progress::acts;
use crate::progress::rules::{self, Refusal};
use crate::progress::store::{self, NewEvidence};
use crate::web::upload::Upload;
use crate::web::{Allowed, App, Error, Form, redirect};

use super::deeds::{again, path};
use super::item::OTHER;

/// Registers evidence, with a file or without.
pub async fn attach(
    State(app): State<App>,
    allowed: Allowed,
    mut upload: Upload,
) -> Result<Response, Error> {
    let (id, item) = (allowed.association()?, allowed.item()?);
    let measure = store::item(&mut app.read().await?, id, item)
        .await?
        .ok_or(Error::Missing)?
        .measure;
    let own = app
        .scheme
        .measure(&measure)
        .map(|measure| measure.evidence.clone())
        .unwrap_or_default();
    let kinds: Vec<&str> = own.iter().map(String::as_str).chain([OTHER]).collect();
    let today = app.clock.today();
    let form = &mut upload.form;
    let kind = form
        .choice("kind", "材料种类", &kinds)
        .required("请选择材料种类。");
    let number = form
        .text("document_number", "文号", 100)
        .required("请填写文号；没有文号的填“无”。");
    let date = form
        .date("document_date", "文件日期")
        .check(
            |day| rules::possible(*day, today).is_ok(),
            "文件日期不得早于2000年1月1日，不得晚于今天。",
        )
        .required("请填写文件日期。");
    let issuer = form
        .text("issuer", "出具单位", 100)
        .required("请填写出具单位。");
    let Ok(clean) = form.done() else {
        return again(&app, &allowed, upload.form).await;
    };
    let evidence = NewEvidence {
        kind: kind.take(&clean),
        document_number: number.take(&clean),
        document_date: date.take(&clean),
        issuer: issuer.take(&clean),
    };
    let path = path(&allowed)?;
    let who = allowed.who(
        &upload.form,
        format!("{path}?done={}", Act::EvidenceAttach.name()),
    );
    let outcome = acts::attach_evidence(
        &app.database,
        &who,
        (id, item),
        &evidence,
        upload.file.as_ref(),
    )
    .await?;
    finish(outcome, &path, Act::EvidenceAttach)
}

/// Takes evidence away.
pub async fn detach(
    State(app): State<App>,
    allowed: Allowed,
    form: Form,
) -> Result<Response, Error> {
    let subject = (allowed.association()?, allowed.item()?);
    let evidence = allowed.number("evidence")?;
    let path = path(&allowed)?;
    let who = allowed.who(&form, format!("{path}?done={}", Act::EvidenceDetach.name()));
    let outcome = acts::detach_evidence(&app.database, &who, subject, evidence).await?;
    finish(outcome, &path, Act::EvidenceDetach)
}

fn finish(outcome: Result<(), Refusal>, path: &str, act: Act) -> Result<Response, Error> {
    match outcome {
        Ok(()) => Ok(redirect(path, act)),
        Err(Refusal::Missing) => Err(Error::Missing),
        Err(refusal) => Err(Error::Conflict(refusal.explain())),
    }
}
