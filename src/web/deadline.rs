//! Every request is answered in time (F6), and a connection whose sender drips
//! its body on is hung up after the answer (F5).

use std::sync::Arc;
use std::time::Duration;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tokio::sync::Notify;

use super::Error;

/// Tells the task of a connection to hang up.
#[derive(Clone, Default)]
pub struct HangUp(pub Arc<Notify>);

/// Answers within `time`, or with 503. Only safe because writes run in tasks of
/// their own (F1): a request that is given up tears no transaction.
pub async fn within(time: Duration, request: Request, next: Next) -> Response {
    let hang_up = request.extensions().get::<HangUp>().cloned();
    match tokio::time::timeout(time, next.run(request)).await {
        Ok(response) => response,
        Err(_) => {
            if let Some(hang_up) = hang_up {
                hang_up.0.notify_one();
            }
            Error::Busy.into_response()
        }
    }
}
