//! What a request's head tells: the person, the circumstances, the numbers in the address.

use axum::extract::{FromRequestParts, OriginalUri, RawPathParams};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};

use crate::access::facts::Address;
use crate::access::session::{self, Token};
use crate::access::{Actor, Request as Circumstances};
use crate::web::{App, Error, Program};

use super::Arrival;

/// The signed-in person, if the cookie names a living session.
pub async fn actor(app: &App, headers: &HeaderMap) -> Result<Option<Actor>, Error> {
    let Some(token) = token(app, headers) else {
        return Ok(None);
    };
    let now = app.clock.wall().to_utc();
    let today = app.clock.today();
    Ok(session::actor(app.database.pool(), &token, now, today).await?)
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
            "file" => Some(&mut address.file),
            _ => None,
        };
        if let Some(slot) = slot {
            let digits = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
            let number = value.parse().ok().filter(|_| digits);
            *slot = Some(number.ok_or(Error::Missing)?);
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
