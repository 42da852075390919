//! Uploads are read and entered beside the requests: whoever waits for one sees how far it is,
//! without script, and a large one does not hold a request.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;

use crate::access::{Actor, Seen};
use crate::database::{Done, Failure, Write};
use crate::ids::AccountId;
use crate::imports::rules::{Refusal, Report, State};
use crate::imports::store::{self, Import};
use crate::web::{App, Program};

use super::{Confirmed, checking, reading};

/// Uploads that are read or entered at one time (security.md 85).
static TURNS: Semaphore = Semaphore::const_new(2);
/// How long a request waits for a small one before it shows how far it is.
pub const PATIENCE: Duration = Duration::from_secs(3);

const STOPPED: &str = "读取时系统停止运行，什么都没有导入，请重新上传。";
const FAILED: &str =
    "系统读取这个文件时出错，什么都没有导入。请重新上传；仍不成功的，请联系系统管理员。";

/// Reads and checks an upload, and waits a little for it.
pub async fn read(app: &App, actor: &Actor, id: i64) {
    let (app, account) = (app.clone(), actor.account);
    let work = tokio::spawn(async move { read_whole(&app, account, id).await });
    // It goes on, whether or not somebody waits.
    let _ = tokio::time::timeout(PATIENCE, work).await;
}

/// Reads and checks an upload to the end.
pub async fn read_whole(app: &App, account: AccountId, id: i64) {
    let Ok(_turn) = TURNS.acquire().await else {
        return;
    };
    let import = async {
        let mut db = app.read().await?;
        store::of_account(&mut db, account, id).await
    };
    match import.await {
        Ok(Some(import)) if import.state == State::Reading => run(app, &import).await,
        Ok(_) => {}
        Err(error) => tracing::error!(%error, "an upload could not be found"),
    }
}

async fn run(app: &App, import: &Import) {
    let done = reading::read(app, import).await;
    if let Err(error) = done {
        tracing::error!(%error, import = import.id, "an upload could not be read");
        let failed = (State::Unread, FAILED);
        if let Err(error) = stand(app, import, failed, (&Report::default(), None)).await {
            tracing::error!(%error, "nor could that be told");
        }
    }
}

/// Checks an upload again whose rows are there: what stands has changed since.
pub async fn check_again(app: &App, import: &Import) -> Result<(), sqlx::Error> {
    let report = Report {
        asked: Vec::new(),
        ..import.report.0.clone()
    };
    checking::check(app, import, report).await
}

/// Enters an upload, and waits a little for it. What waits longer says on its page what became
/// of it; entered is all or nothing, so a program that stops in the middle has entered nothing.
pub async fn enter(
    app: &App,
    write: Write,
    (import, seen): (Arc<Import>, Seen),
    confirmed: Confirmed,
) -> Done<Refusal> {
    let (app, id) = (app.clone(), import.id);
    let work = tokio::spawn(async move {
        let Ok(_turn) = TURNS.acquire().await else {
            return Err(Refusal::NotChecked.into());
        };
        let done = super::enter(write, &app, (id, seen), &confirmed).await;
        match &done {
            Ok(()) => {}
            Err(Failure::Room(Refusal::Differs)) => {
                if let Err(error) = check_again(&app, &import).await {
                    tracing::error!(%error, "an upload could not be checked again");
                }
            }
            Err(failure) => tracing::warn!(%failure, "an upload was not entered"),
        }
        done
    });
    match tokio::time::timeout(PATIENCE, work).await {
        Ok(Ok(done)) => done,
        // It goes on; its page tells.
        Err(_) => Ok(()),
        Ok(Err(error)) => {
            tracing::error!(%error, "an upload was not entered");
            Err(Refusal::Row("系统出错，请重新确认导入。".to_owned()).into())
        }
    }
}

/// Says of what was being read when the program stopped that it was not read. What was being
/// entered then was not entered, and can be confirmed again.
pub async fn recover(program: &Program) -> Result<(), sqlx::Error> {
    let mut tally = program.database.tally().await?;
    store::stop_reading(&mut tally, STOPPED).await?;
    tally.commit().await
}

/// Sets how an upload stands.
pub(super) async fn stand(
    app: &App,
    import: &Import,
    (state, trouble): (State, &str),
    report: (&Report, Option<&str>),
) -> Result<(), sqlx::Error> {
    let mut tally = app.database.tally().await?;
    let of = (app.database.campaign().0, import.id);
    store::stand(&mut tally, of, state, report, trouble).await?;
    tally.commit().await
}
