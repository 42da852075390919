//! The delay of a room: its form is the register's, the deadline that moves is ours.

use axum::extract::State;

use crate::holdings::pages::deeds::decide;
use crate::progress::acts::rooms;
use crate::web::{Allowed, Answer, App, Form};

/// Grants the delay of a room (TC-32).
pub async fn delay(State(app): State<App>, allowed: Allowed, form: Form) -> Answer {
    decide(&app, &allowed, form, rooms::approve_delay).await
}
