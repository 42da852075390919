//! Uploads are read and entered beside the requests: whoever waits for one sees how far it is,
//! without script, and a large one does not hold a request.

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use tokio::sync::Semaphore;

use crate::access::{Actor, Seen};
use crate::database::{Done, Explain as _, Failure, Write};
use crate::ids::AccountId;
use crate::imports::rules::{KEPT_DAYS, Refusal, Report, State};
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

/// Said from when an upload is being entered until it is told what became of it.
pub const UNFINISHED: &str =
    "上次确认导入时中途停止（系统停止运行或者数据库中断），什么都没有写入，请重新确认导入。";
const NOT_ENTERED: &str =
    "系统出错，什么都没有写入。请重新确认导入；仍不成功的，请联系系统管理员。";
/// Questions that are asked at a time: a page holds no more. The others follow the answers.
const ASKED: usize = 200;

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
    let (waiting, app, id) = (app, app.clone(), import.id);
    let work = tokio::spawn(async move {
        let done = enter_whole(&app, write, (&import, seen), &confirmed).await;
        if let Err(failure) = &done {
            tracing::warn!(%failure, "an upload was not entered");
            say(&app, id, &told(failure)).await;
        }
        done
    });
    match tokio::time::timeout(PATIENCE, work).await {
        Ok(Ok(done)) => {
            // Whoever waited is told at once.
            if done.is_err() {
                say(waiting, id, "").await;
            }
            done
        }
        // It goes on; its page tells.
        Err(_) => Ok(()),
        Ok(Err(error)) => {
            tracing::error!(%error, "an upload was not entered");
            Err(Refusal::Row("系统出错，请重新确认导入。".to_owned()).into())
        }
    }
}

async fn enter_whole(
    app: &App,
    mut write: Write,
    (import, seen): (&Import, Seen),
    confirmed: &Confirmed,
) -> Done<Refusal> {
    let Ok(_turn) = TURNS.acquire().await else {
        return Err(Refusal::NotChecked.into());
    };
    write.patient().await?;
    store::say_entering(&mut write, import.id).await?;
    // As long as the write goes on its page does not show it; once the write is gone without a
    // word, because the program or the database was, it does.
    say(app, import.id, UNFINISHED).await;
    let done = super::enter(write, app, (import.id, seen), confirmed).await;
    if let Err(Failure::Room(Refusal::Differs)) = &done
        && let Err(error) = check_again(app, import).await
    {
        tracing::error!(%error, "an upload could not be checked again");
    }
    done
}

/// Says on an upload's page what became of entering it.
async fn say(app: &App, id: i64, what: &str) {
    let said = async {
        let mut tally = app.database.tally().await?;
        store::say(&mut tally, (app.database.campaign().0, id), what).await?;
        tally.commit().await
    };
    if let Err(error) = said.await {
        tracing::error!(%error, import = id, "nor could that be told");
    }
}

/// Why an upload was not entered, as its page says it.
fn told(failure: &Failure<Refusal>) -> String {
    match failure {
        Failure::Room(why) => why.explain(),
        Failure::Stopped(why) => why.explain().unwrap_or_else(|| NOT_ENTERED.to_owned()),
    }
}

/// Says of what was being read when the program stopped that it was not read. What was being
/// entered then was not entered, and can be confirmed again.
pub async fn recover(program: &Program) -> Result<(), sqlx::Error> {
    let mut tally = program.database.tally().await?;
    store::stop_reading(&mut tally, STOPPED).await?;
    tally.commit().await
}

/// Deletes uploads that are older than they are kept: by the clock, whether or not somebody
/// uploads again.
pub async fn forget_old(program: &Program) -> Result<(), sqlx::Error> {
    let before = program.clock.wall().to_utc() - TimeDelta::days(KEPT_DAYS);
    loop {
        let mut tally = program.database.tally().await?;
        let gone = store::forget_old(&mut tally, before).await?;
        tally.commit().await?;
        if gone == 0 {
            return Ok(());
        }
    }
}

/// Sets how an upload stands.
pub(super) async fn stand(
    app: &App,
    import: &Import,
    (state, trouble): (State, &str),
    report: (&Report, Option<&str>),
) -> Result<(), sqlx::Error> {
    let (found, encoding) = report;
    let asked = found.asked.iter().take(ASKED).cloned().collect();
    let report = Report {
        asked,
        ..found.clone()
    };
    let mut tally = app.database.tally().await?;
    let of = (app.database.campaign().0, import.id);
    store::stand(&mut tally, of, state, (&report, encoding), trouble).await?;
    tally.commit().await
}
