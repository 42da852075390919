//! An association's major activities.

use askama::Template;

use crate::access::Act;
use crate::activities::store::{self, Activity};
use crate::registry::store::{self as registry, Brief};
use crate::web::answer::money;
use crate::web::page::Page;
use crate::web::{Error, Form, Look, View};

/// The list.
#[derive(Template)]
#[template(path = "activities/list.html")]
pub struct ListPage {
    page: Page,
    association: Brief,
    rows: Vec<Row>,
    may_add: bool,
}

struct Row {
    activity: Activity,
    amount: Option<String>,
}

impl View for ListPage {
    async fn open(look: Look<'_>, _: Option<Form>) -> Result<Self, Error> {
        let (db, allowed) = (look.db, look.allowed);
        let id = allowed.association()?;
        let association = registry::brief(db, id).await?.ok_or(Error::Missing)?;
        let rows = store::activities(db, id).await?;
        Ok(Self {
            page: allowed.page(format!("{}重大业务活动", association.name)),
            association,
            may_add: allowed.may(Act::ActivitySave),
            rows: rows
                .into_iter()
                .map(|activity| Row {
                    amount: activity.amount_cents.map(money::show),
                    activity,
                })
                .collect(),
        })
    }
}
