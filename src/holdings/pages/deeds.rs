//! The forms of the registers: one for each act, all of one shape.

use axum::extract::State;

use crate::access::Seen;
use crate::crossings::delay::approve_delay;
use crate::database::{Done, Write};
use crate::holdings::acts::{self, At};
use crate::holdings::rules::{Refusal, Register};
use crate::holdings::store::Words;
use crate::web::{Allowed, Answer, App, Error, Form};

use super::reading;
use super::register::RegisterPage;
use super::row::{ACCEPTOR, DOCUMENT, NOTE, REASON, RowPage, at};

/// Records facts on a row.
pub async fn save(State(app): State<App>, allowed: Allowed, mut form: Form) -> Answer {
    let at = at(&allowed)?;
    if at.register.recording() != allowed.gate_act() {
        return Err(Error::Missing);
    }
    let facts = reading::read(&mut form, at.register, app.clock.today());
    let run = async |write, clean, seen| acts::save(write, at, seen, &facts.take(&clean)).await;
    allowed.act::<RowPage, _, _>(&app, form, run).await
}

/// The leader signs and sends.
pub async fn submit(State(app): State<App>, allowed: Allowed, form: Form) -> Answer {
    let id = allowed.association()?;
    let run = async |write, _, seen| acts::submit(write, id, seen).await;
    allowed.act::<RegisterPage, _, _>(&app, form, run).await
}

/// Approves a disposition, verifies what became of money, accepts a room.
pub async fn approve(State(app): State<App>, allowed: Allowed, form: Form) -> Answer {
    decide(&app, &allowed, form, acts::decide).await
}

/// Grants the delay of a room (TC-32); the deadline of its item moves with it.
pub async fn delay(State(app): State<App>, allowed: Allowed, form: Form) -> Answer {
    decide(&app, &allowed, form, approve_delay).await
}

/// Reads a decision and does it by `act`.
async fn decide(
    app: &App,
    allowed: &Allowed,
    mut form: Form,
    act: impl AsyncFnOnce(Write, At<'_>, Seen, Words) -> Done<Refusal>,
) -> Answer {
    let at = at(allowed)?;
    let document = DOCUMENT.read(&mut form);
    let (acceptor, note) = if at.register == Register::Room {
        (Some(ACCEPTOR.read(&mut form)), None)
    } else {
        (None, Some(NOTE.if_filled(&mut form)))
    };
    let run = async |write, clean, seen| {
        let acceptor = acceptor.map(|slot| slot.take(&clean));
        let note = note.and_then(|slot| slot.take(&clean));
        let words = Words {
            document: document.take(&clean),
            note: acceptor.or(note).unwrap_or_default(),
        };
        act(write, at, seen, words).await
    };
    allowed.act::<RowPage, _, _>(app, form, run).await
}

/// Sends an entry back.
pub async fn return_(State(app): State<App>, allowed: Allowed, mut form: Form) -> Answer {
    let at = at(&allowed)?;
    let reason = REASON.read(&mut form);
    let run = async |write, clean, seen| acts::return_(write, at, seen, &reason.take(&clean)).await;
    allowed.act::<RowPage, _, _>(&app, form, run).await
}
