//! Entering and mending people on the register of posts: their forms are the
//! register's own, but T4-03 may have to be opened again with them (PE-18).

use axum::extract::State;

use crate::posts::acts;
use crate::posts::pages::edit::{self, EditPage};
use crate::posts::rules::deeds::Refusal;
use crate::progress::acts::posts as relapse;
use crate::web::{Allowed, Answer, App, Error, Form};

/// Enters a person.
pub async fn add(State(app): State<App>, allowed: Allowed, mut form: Form) -> Answer {
    let id = allowed.association()?;
    let person = edit::read(&mut form, app.clock.today());
    let run = async |write, clean, _| {
        let prepared = acts::add(write, id, &person.take(&clean)).await?;
        relapse::finish(prepared).await
    };
    allowed.act::<EditPage, Refusal, _>(&app, form, run).await
}

/// Mends what is known of a person.
pub async fn save(State(app): State<App>, allowed: Allowed, mut form: Form) -> Answer {
    let at = edit::at(&allowed)?.ok_or(Error::Missing)?;
    let person = edit::read(&mut form, app.clock.today());
    let run = async |write, clean, seen| {
        let prepared = acts::save(write, at, seen, &person.take(&clean)).await?;
        relapse::finish(prepared).await
    };
    allowed.act::<EditPage, Refusal, _>(&app, form, run).await
}
