//! Entering and mending people on the register of posts: their forms are the
//! register's own, but T4-03 may have to be opened again with them (PE-18).

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use crate::access::Act;
use crate::paths;
use crate::posts::acts::{self, At};
use crate::posts::pages::edit;
use crate::posts::rules::deeds::Refusal;
use crate::progress::relapse;
use crate::web::page::html_with;
use crate::web::{Allowed, App, Error, Form, redirect};

fn refused(refusal: &Refusal) -> Error {
    match refusal {
        Refusal::Missing => Error::Missing,
        other => Error::Conflict(other.explain()),
    }
}

/// Enters a person.
pub async fn add(
    State(app): State<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let Some(entry) = edit::read(&mut form, app.clock.today()) else {
        let view = edit::view(&mut app.read().await?, &allowed, form, None).await?;
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
    };
    let id = allowed.association()?;
    let who = allowed.who(&form, paths::posts::POST.at(id, "{}"));
    let prepared = acts::add(&app.database, &who, id, &entry)
        .await?
        .map_err(|refusal| refused(&refusal))?;
    let holder = relapse::finish(prepared, &app.scheme, &who).await?;
    Ok(redirect(&paths::posts::POST.at(id, holder), Act::PostSave))
}

/// Mends what is known of a person.
pub async fn save(
    State(app): State<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let holder = allowed.number("post")?;
    let version = form.version()?;
    let Some(entry) = edit::read(&mut form, app.clock.today()) else {
        let view = edit::view(
            &mut app.read().await?,
            &allowed,
            form,
            Some((holder, version)),
        )
        .await?;
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
    };
    let at = At {
        association: allowed.association()?,
        holder,
        version,
    };
    let path = paths::posts::POST.at(at.association, holder);
    let who = allowed.who(&form, path.clone());
    let prepared = acts::save(&app.database, &who, at, &entry)
        .await?
        .map_err(|refusal| refused(&refusal))?;
    relapse::finish(prepared, &app.scheme, &who).await?;
    Ok(redirect(&path, Act::PostSave))
}
