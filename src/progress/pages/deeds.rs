//! The forms of an item that carry no file.

use axum::extract::State;

use crate::access::Act;
use crate::progress::acts;
use crate::progress::rules::{self, Deed};
use crate::web::ask::{self, Ask};
use crate::web::form::Clean;
use crate::web::{Allowed, Answer, App, Form};

use super::at;
use super::item::ItemPage;

/// What was done.
pub const NOTE: Ask<String> = ask::longtext("note", "办理情况", 1_000)
    .rows(3)
    .hint("做了什么、还差什么");
/// Why it goes back.
pub const REASON: Ask<String> = ask::longtext("reason", "退回理由", 500)
    .rows(5)
    .hint("写明需要补正的内容")
    .must("请写明退回理由和需要补正的内容。");
/// Why the leader gives it back.
pub const BACK: Ask<String> = ask::longtext("back", "退回理由", 500)
    .rows(3)
    .hint("写明需要修改的内容，经办人在本页看到")
    .must("请写明退回理由和需要修改的内容。");
/// The law that keeps things as they are.
pub const LAW: Ask<String> = ask::wide("law", "法律、法规名称", 200)
    .hint("法律法规另有规定的，写明全称")
    .must(rules::NO_LAW)
    .fits(|law| rules::names_a_law(law), rules::NO_LAW);
/// Its article.
pub const ARTICLE: Ask<String> = ask::text("article", "条款", 100)
    .hint("例如：第十二条第二款")
    .must(rules::NO_ARTICLE)
    .fits(
        |article| rules::names_an_article(article),
        rules::NO_ARTICLE,
    );

/// The page is one form: what another button would have taken is not passed over.
fn besides(form: &mut Form, act: Act) {
    for (ask, of) in [
        (REASON, Act::ItemReturn),
        (BACK, Act::ItemBack),
        (LAW, Act::ExemptionAsk),
        (ARTICLE, Act::ExemptionAsk),
    ] {
        if of == act {
            continue;
        }
        form.knows(ask.name);
        if !form.value(ask.name).trim().is_empty() {
            let message = format!(
                "您填写了{}，但按下的是“{}”。请改按“{}”，或者清空此项。",
                ask.label,
                act.label(),
                of.label()
            );
            form.fail(ask.name, ask.label, message);
        }
    }
}

/// Does the deed that the form tells, once it is read whole.
async fn perform(
    app: App,
    allowed: Allowed,
    mut form: Form,
    deed: impl FnOnce(&Clean) -> Deed,
) -> Answer {
    let at = at(&allowed)?;
    besides(&mut form, allowed.gate_act());
    let run = async |write, clean, seen| acts::perform(write, at, seen, &deed(&clean)).await;
    Box::pin(allowed.act::<ItemPage, _, _>(&app, form, run)).await
}

/// Reports it as done.
pub async fn report(State(app): State<App>, allowed: Allowed, form: Form) -> Answer {
    perform(app, allowed, form, |_| Deed::Report).await
}

/// Gives it back to the clerk.
pub async fn back(State(app): State<App>, allowed: Allowed, mut form: Form) -> Answer {
    let reason = BACK.read(&mut form);
    let deed = |clean: &Clean| Deed::Back {
        reason: reason.take(clean),
    };
    perform(app, allowed, form, deed).await
}

/// Takes the report back.
pub async fn recall(State(app): State<App>, allowed: Allowed, form: Form) -> Answer {
    perform(app, allowed, form, |_| Deed::Recall).await
}

/// Confirms that it is done.
pub async fn verify(State(app): State<App>, allowed: Allowed, form: Form) -> Answer {
    perform(app, allowed, form, |_| Deed::Verify).await
}

/// Sends it back.
pub async fn return_(State(app): State<App>, allowed: Allowed, mut form: Form) -> Answer {
    let reason = REASON.read(&mut form);
    let deed = |clean: &Clean| Deed::Return {
        reason: reason.take(clean),
    };
    perform(app, allowed, form, deed).await
}

/// Strikes it off.
pub async fn accept(State(app): State<App>, allowed: Allowed, form: Form) -> Answer {
    perform(app, allowed, form, |_| Deed::Accept).await
}

/// Asks to keep things as a law has them.
pub async fn ask_exemption(State(app): State<App>, allowed: Allowed, mut form: Form) -> Answer {
    let law = LAW.read(&mut form);
    let article = ARTICLE.read(&mut form);
    let deed = |clean: &Clean| Deed::AskExemption {
        law: law.take(clean),
        article: article.take(clean),
    };
    perform(app, allowed, form, deed).await
}

/// Grants that.
pub async fn exempt(State(app): State<App>, allowed: Allowed, form: Form) -> Answer {
    perform(app, allowed, form, |_| Deed::Exempt).await
}
