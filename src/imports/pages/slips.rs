//! First passwords, a slip for each person: printed, cut, handed over.

use askama::Template;

use crate::imports::rules::{KEPT_DAYS, State};
use crate::imports::store;
use crate::web::page::Page;
use crate::web::{Error, Form, Look, View};

/// The slips.
#[derive(Template)]
#[template(path = "imports/slips.html")]
pub struct SlipsPage {
    page: Page,
    slips: Vec<SlipView>,
    own: usize,
}

/// A slip.
struct SlipView {
    username: String,
    name: String,
    units: String,
    password: String,
}

impl View for SlipsPage {
    async fn open(look: Look<'_>, _: Option<Form>) -> Result<Self, Error> {
        let import = super::show::own(look.db, look.allowed).await?;
        if import.state != State::Imported {
            return Err(Error::Missing);
        }
        let slips = store::slips(look.db, import.id).await?;
        let key = look.app.database.audit_key();
        let first = slips.iter().filter(|slip| slip.first);
        let views: Vec<SlipView> = first
            .map(|slip| SlipView {
                password: key.first_password(import.id, &slip.username),
                username: slip.username.clone(),
                name: slip.name.clone(),
                units: slip.units.clone(),
            })
            .collect();
        Ok(Self {
            page: look.allowed.page("初始密码"),
            own: slips.len() - views.len(),
            slips: views,
        })
    }
}
