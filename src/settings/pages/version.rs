//! The parameters as they stood for some act.

use askama::Template;

use crate::scheme::parameters::Values;
use crate::settings::store;
use crate::web::page::Page;
use crate::web::{Error, Form, Look, View};

use super::list::{GroupView, groups};

/// A version by its number.
#[derive(Template)]
#[template(path = "settings/version.html")]
pub struct VersionPage {
    page: Page,
    number: i64,
    first_on: String,
    groups: Vec<GroupView>,
}

impl View for VersionPage {
    async fn open(look: Look<'_>, _: Option<Form>) -> Result<Self, Error> {
        let number = look.allowed.number("version")?;
        let found = store::snapshot(look.db, number).await?;
        let snapshot = found.ok_or(Error::Missing)?;
        let values: Values =
            serde_json::from_value(snapshot.parameters).map_err(Error::internal)?;
        Ok(Self {
            page: look.allowed.page(format!("参数第{number}版")),
            number,
            first_on: snapshot.first_on.to_string(),
            groups: groups(&values, &look.app.scheme.campaign.defaults, &[]),
        })
    }
}
