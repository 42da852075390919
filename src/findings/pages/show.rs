//! One finding, and how it ends.

use askama::Template;
use axum::extract::State;
use chrono::NaiveDate;

use crate::access::{Act, Case as _};
use crate::crossings::finding as crossing;
use crate::findings::rules::{Finding, Mended};
use crate::findings::store;
use crate::paths::findings as paths;
use crate::registry::pages::history::{Entry as Told, of_matter};
use crate::registry::store::{self as registry, Brief};
use crate::web::answer::money;
use crate::web::ask::{self, Ask};
use crate::web::page::Page;
use crate::web::{Allowed, Answer, App, Error, Form, Look, View};

use super::at;

const MENDED_ON: Ask<NaiveDate> =
    ask::date("mended_on", "整改完成日期").must("请填写整改完成日期。");
const DOCUMENT: Ask<String> = ask::text("document", "销号文书编号", 60)
    .hint("整改结果认定书或函的文号")
    .must("请填写销号文书编号。");
const REASON: Ask<String> = ask::longtext("reason", "撤销理由", 500)
    .hint("只用于登记有误的问题；已整改的请销号")
    .must("请写明撤销理由。");

/// The page.
#[derive(Template)]
#[template(path = "findings/show.html")]
pub struct ShowPage {
    page: Page,
    form: Form,
    association: Brief,
    finding: Finding,
    amount: Option<String>,
    may_correct: bool,
    may_close: bool,
    may_withdraw: bool,
    history: Vec<Told>,
}

impl View for ShowPage {
    async fn open(look: Look<'_>, form: Option<Form>) -> Result<Self, Error> {
        let (db, allowed) = (look.db, look.allowed);
        let at = at(allowed)?;
        let association = registry::brief(db, at.association).await?;
        let association = association.ok_or(Error::Missing)?;
        let finding = store::finding(db, at.association, at.finding).await?;
        let finding = finding.ok_or(Error::Missing)?;
        let history = of_matter(db, &look.app.scheme, (Finding::KIND, finding.id)).await?;
        let open = |act| allowed.may(act) && finding.open(act);
        Ok(Self {
            page: allowed.page(format!("审计问题：{}", finding.entry.summary)),
            form: form.unwrap_or_default(),
            amount: finding.entry.amount_cents.map(money::show),
            may_correct: open(Act::FindingCorrect),
            may_close: open(Act::FindingClose),
            may_withdraw: open(Act::FindingWithdraw),
            history,
            association,
            finding,
        })
    }

    fn address(allowed: &Allowed) -> Result<String, Error> {
        let at = at(allowed)?;
        Ok(paths::FINDING.at(at.association, at.finding))
    }
}

/// Closes it: it is mended.
pub async fn close(State(app): State<App>, allowed: Allowed, mut form: Form) -> Answer {
    let at = at(&allowed)?;
    let on = MENDED_ON.read_past(&mut form, app.clock.today());
    let document = DOCUMENT.read(&mut form);
    let run = async |write, clean, seen| {
        let mended = Mended {
            on: on.take(&clean),
            document: document.take(&clean),
        };
        crossing::close(write, at, seen, &mended).await
    };
    allowed.act::<ShowPage, _, _>(&app, form, run).await
}

/// Withdraws it: it was none.
pub async fn withdraw(State(app): State<App>, allowed: Allowed, mut form: Form) -> Answer {
    let at = at(&allowed)?;
    let reason = REASON.read(&mut form);
    let run =
        async |write, clean, seen| crossing::withdraw(write, at, seen, &reason.take(&clean)).await;
    allowed.act::<ShowPage, _, _>(&app, form, run).await
}
