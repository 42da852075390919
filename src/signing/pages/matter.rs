//! One matter, opened to be read before it is signed. That it was opened as it stands is
//! noted: what warns, or goes out whole, can be ticked only then.

use askama::Template;
use axum::extract::State;

use crate::access::Act;
use crate::paths;
use crate::paths::signing::MATTER;
use crate::signing::matters::{Read, Reader};
use crate::signing::rules::{ACTS, Matter, Standing};
use crate::signing::store;
use crate::web::page::Page;
use crate::web::{Allowed, Answer, App, Error, html};

use super::content::{self, Part, Reads};
use super::list::FindingView;

/// A matter as it is read.
#[derive(Template)]
#[template(path = "signing/matter.html")]
pub struct MatterPage {
    page: Page,
    matter: Matter,
    association: Option<String>,
    parts: Vec<Part>,
    found: Vec<FindingView>,
    /// Why it cannot be signed, though it was opened.
    blocked: Option<String>,
    /// The next one that has not been opened.
    next: Option<String>,
    /// How many have not.
    unread: usize,
}

/// Opens it, and notes that it was opened.
pub async fn open(State(app): State<App>, allowed: Allowed) -> Answer {
    let act = Act::from_name(allowed.param("act")?).ok_or(Error::Missing)?;
    let case = allowed.number("case")?;
    if !ACTS.contains(&act) {
        return Err(Error::Missing);
    }
    let actor = allowed.actor();
    let view = {
        let mut db = app.read().await?;
        let reader = Reader { app: &app, actor };
        let found = reader.these(&mut db, &[(act, case)]).await?;
        let Read { mut matter, source } = found.into_iter().next().ok_or(Error::Missing)?;
        let reads = Reads { app: &app, actor };
        let parts = content::content(&mut db, reads, (&mut matter, source)).await?;
        // It is being opened now.
        matter.looked = true;
        let waiting = reader.all(&mut db).await?;
        let mut unread = waiting.matters.iter().filter(|each| {
            (each.act, each.case) != (act, case)
                && !each.looked
                && !matches!(each.standing(), Standing::Blocked(_))
        });
        let next = unread.next();
        MatterPage {
            next: next.map(|each| MATTER.at(each.act.name(), each.case)),
            unread: unread.count() + usize::from(next.is_some()),
            page: allowed.page_of(&matter.title, &matter.subject),
            association: content::association(&matter)
                .map(|id| paths::registry::ASSOCIATION.at(id)),
            found: matter.checks.iter().map(FindingView::of).collect(),
            blocked: matter.standing().why().map(str::to_owned),
            parts,
            matter,
        }
    };
    let answer = html(&view)?;
    let at = (actor.account, app.clock.wall().to_utc());
    store::note_look(&app.database, at, &view.matter.tick()).await?;
    Ok(answer)
}
