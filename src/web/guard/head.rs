//! What a request's head tells: the person, the circumstances, the numbers in the address.

use std::sync::Arc;

use axum::extract::{FromRequestParts, OriginalUri, RawPathParams};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};

use crate::access::facts::{Address, dockets};
use crate::access::session::{self, Token};
use crate::access::{Actor, Request as Circumstances};
use crate::database::Db;
use crate::web::{App, Error, Program};

use super::Arrival;

/// The program in force today and the signed-in person, if the cookie names a living
/// session: one question where nobody has changed a parameter meanwhile.
pub async fn present(
    program: &Program,
    db: &mut Db,
    headers: &HeaderMap,
) -> Result<(App, Option<Present>), Error> {
    let today = program.clock.today();
    let Some(token) = token(program, headers) else {
        return Ok((program.on_by(db, today).await?, None));
    };
    let (campaign, now) = (program.database.campaign(), program.clock.wall().to_utc());
    let (edition, found) = session::behind(db.connection(), campaign, &token, (now, today)).await?;
    let app = program.under(db, today, edition).await?;
    let present = found.map(|(actor, seen_at)| Present {
        actor,
        forgotten: session::is_forgetting(seen_at, now).then_some(token),
    });
    Ok((app, present))
}

/// Somebody who is signed in.
pub struct Present {
    /// The person.
    pub actor: Actor,
    /// Their session, where it is time to note that they were here.
    pub forgotten: Option<Token>,
}

/// Notes that somebody was here, in a transaction of its own. A page can be read where
/// nothing can be written: the session then ends earlier.
pub async fn remember(app: &App, forgotten: Option<Token>) {
    let Some(token) = forgotten else {
        return;
    };
    let noted = async {
        let mut tally = app.database.tally().await?;
        session::touch(&mut *tally, &token, app.clock.wall().to_utc()).await?;
        tally.commit().await
    };
    if let Err(error) = noted.await {
        tracing::warn!(%error, "a session's last use was not noted");
    }
}

/// The session's token in the cookie; two cookies of the name are none.
#[must_use]
pub fn token(program: &Program, headers: &HeaderMap) -> Option<Token> {
    let mut found = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .filter(|(name, _)| *name == program.cookie_name())
        .map(|(_, value)| value);
    let first = found.next()?;
    found
        .next()
        .is_none()
        .then(|| Token::parse(first))
        .flatten()
}

/// The circumstances of a request, read from its head.
#[must_use]
pub fn circumstances(app: &App, parts: &Parts) -> Circumstances {
    let arrival = parts.extensions.get::<Arrival>();
    Circumstances {
        id: arrival.map_or_else(String::new, |arrival| arrival.id.clone()),
        address: arrival.map_or_else(String::new, |arrival| arrival.address.clone()),
        now: app.clock.now(),
        wall: app.clock.wall(),
        once: None,
        landing: "/".to_owned(),
        made: Arc::default(),
        of: None,
        remark: None,
    }
}

pub(super) async fn address(parts: &mut Parts) -> Result<(Vec<(String, String)>, Address), Error> {
    let raw = RawPathParams::from_request_parts(parts, &())
        .await
        .map_err(|_| Error::Malformed("地址含有无法识别的字符。"))?;
    let mut params = Vec::new();
    let mut address = Address::default();
    for (name, value) in &raw {
        let slot = match name {
            "association" => Some(&mut address.association),
            "department" => Some(&mut address.department),
            "item" => Some(&mut address.item),
            "approval" => Some(&mut address.approval),
            "reminder" => Some(&mut address.reminder),
            "order" => Some(&mut address.order),
            "objection" => Some(&mut address.objection),
            "docket" => Some(&mut address.docket),
            "file" => Some(&mut address.file),
            _ => None,
        };
        if let Some(slot) = slot {
            let digits = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
            let number = value.parse().ok().filter(|_| digits);
            *slot = Some(number.ok_or(Error::Missing)?);
        }
        if name == "process" {
            address.process = Some(dockets::Named::read(value).ok_or(Error::Missing)?);
        }
        params.push((name.to_owned(), value.to_owned()));
    }
    Ok((params, address))
}

/// The path as the browser sent it.
#[must_use]
pub fn original_path(parts: &Parts) -> String {
    parts
        .extensions
        .get::<OriginalUri>()
        .map_or_else(|| parts.uri.path().to_owned(), |uri| uri.path().to_owned())
}
