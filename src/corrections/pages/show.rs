//! The request on one matter. Its forms stand on the matter's own page too; here they are
//! shown again with messages.

use askama::Template;
use axum::extract::State;

use crate::corrections::acts;
use crate::corrections::rules::{Kind, Of};
use crate::corrections::section::{ANSWER, REASON, Section};
use crate::crossings::correction;
use crate::web::page::Page;
use crate::web::{Allowed, Answer, App, Error, Form, Look, View};

/// The page.
#[derive(Template)]
#[template(path = "corrections/show.html")]
pub struct ShowPage {
    page: Page,
    form: Form,
    of: Of,
    section: Section,
}

/// The matter in the address.
fn of(allowed: &Allowed) -> Result<Of, Error> {
    let Ok(association) = allowed.association() else {
        return Ok(Of::recommendation_of(allowed.department()?));
    };
    let (kind, case) = match allowed.item() {
        Ok(item) => (Kind::Item, item),
        Err(_) => {
            let kind = Kind::from_key(allowed.param("kind")?);
            (kind.ok_or(Error::Missing)?, allowed.number("case")?)
        }
    };
    Ok(Of::matter_of(association, kind, case))
}

impl View for ShowPage {
    async fn open(look: Look<'_>, form: Option<Form>) -> Result<Self, Error> {
        let (db, allowed) = (look.db, look.allowed);
        let of = of(allowed)?;
        let standing = correction::standing(db, &look.app.scheme, of).await?;
        let standing = standing.ok_or(Error::Missing)?;
        Ok(Self {
            page: allowed.page(format!("更正{}", of.kind.label())),
            form: form.unwrap_or_default(),
            section: Section::of(db, allowed, of, standing).await?,
            of,
        })
    }

    fn address(allowed: &Allowed) -> Result<String, Error> {
        Ok(of(allowed)?.matter())
    }
}

/// Asks for it.
pub async fn ask(State(app): State<App>, allowed: Allowed, mut form: Form) -> Answer {
    let of = of(&allowed)?;
    let reason = REASON.read(&mut form);
    let run =
        async |write, clean, seen| correction::ask(write, of, seen, &reason.take(&clean)).await;
    Box::pin(allowed.act::<ShowPage, _, _>(&app, form, run)).await
}

/// Refuses it.
pub async fn refuse(State(app): State<App>, allowed: Allowed, mut form: Form) -> Answer {
    let of = of(&allowed)?;
    let answer = ANSWER.read(&mut form);
    let run = async |write, clean, seen| acts::refuse(write, &of, seen, &answer.take(&clean)).await;
    allowed.act::<ShowPage, _, _>(&app, form, run).await
}
