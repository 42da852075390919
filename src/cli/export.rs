//! `tuogou export`: a list, a ledger or a document as a file, as somebody would take it on the
//! pages: their rows, their columns, on record where it is personal. The request goes through
//! the whole program, so that nothing leaves this way that would not leave the other.

use std::fs::File;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, StatusCode, header};
use axum::response::Response;
use clap::Args;
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;

use crate::access::Actor;
use crate::access::session::{self, Token};
use crate::accounts::store;
use crate::config::Config;
use crate::server;
use crate::start::{self, StartError};
use crate::web::Program;

/// Largest page that is read for its form, in bytes.
const PAGE: usize = 2 * 1024 * 1024;

/// What leaves, as whom, and where to.
#[derive(Args)]
pub struct Wanted {
    /// Its address, as on the page: /associations.xlsx?department=12 / 地址
    pub address: String,
    /// The file to write / 写入的文件
    #[arg(long, value_name = "FILE")]
    pub to: PathBuf,
    /// User name of the account in whose name it is done / 以谁的名义
    #[arg(long = "as", value_name = "ACCOUNT")]
    pub account: String,
    /// The department in whose name, for somebody who works for several / 以哪个单位的身份
    #[arg(long = "in", value_name = "DEPARTMENT")]
    pub department: Option<String>,
    /// Why, where it holds personal data / 下载事由（含个人信息的文件）
    #[arg(long)]
    pub reason: Option<String>,
}

/// Does it; 1 where it may not leave or is not there.
pub async fn run(config: &Config, wanted: &Wanted) -> Result<ExitCode, StartError> {
    let running = start::open(config).await?;
    let done = export(&running.program, wanted).await;
    running.close().await;
    match done {
        Ok(bytes) => {
            println!("{}：{bytes}字节 / bytes", wanted.to.display());
            Ok(ExitCode::SUCCESS)
        }
        Err(why) => Err(StartError::Failed(why)),
    }
}

fn words(error: impl std::fmt::Display) -> String {
    error.to_string()
}

async fn export(program: &Program, wanted: &Wanted) -> Result<u64, String> {
    let (token, cookie) = arrive(program, wanted).await?;
    let router = server::router(program);
    let outcome = take(&router, &cookie, wanted).await;
    let mut tally = program.database.tally().await.map_err(words)?;
    store::end_session(&mut tally, &token)
        .await
        .map_err(words)?;
    tally.commit().await.map_err(words)?;
    outcome
}

/// Begins a session for the account; no password is needed at the machine itself.
async fn arrive(program: &Program, wanted: &Wanted) -> Result<(Token, String), String> {
    let username = &wanted.account;
    let campaign = program.database.campaign();
    let today = program.clock.today();
    let found = {
        let mut db = program.database.read().await.map_err(words)?;
        session::named(db.connection(), campaign, username, today).await
    };
    let actor = capacity(found.map_err(words)?, wanted)?;
    let token = Token::draw().map_err(words)?;
    let now = program.clock.wall().to_utc();
    let of = (actor.account, actor.capacity.id);
    let mut tally = program.database.tally().await.map_err(words)?;
    store::begin_session(&mut tally, campaign.0, &token, of, now)
        .await
        .map_err(words)?;
    tally.commit().await.map_err(words)?;
    let cookie = format!("{}={}", program.cookie_name(), token.secret());
    Ok((token, cookie))
}

/// The capacity in which it is done: the only one, or the one in the department that was named.
fn capacity(found: Vec<Actor>, wanted: &Wanted) -> Result<Actor, String> {
    let place = |actor: &Actor| actor.capacity.department_name.clone();
    let places: Vec<String> = found.iter().map(place).collect();
    let mut fit = found.into_iter().filter(|actor| {
        let asked = wanted.department.as_ref();
        asked.is_none_or(|asked| *asked == place(actor))
    });
    match (fit.next(), fit.next()) {
        (Some(actor), None) => Ok(actor),
        (None, _) if places.is_empty() => Err(format!(
            "{}：没有这个账号 / no such account",
            wanted.account
        )),
        _ => Err(format!(
            "请用--in写明单位 / say --in which department：{}",
            places.join("、")
        )),
    }
}

async fn take(router: &Router, cookie: &str, wanted: &Wanted) -> Result<u64, String> {
    let mut address = wanted.address.clone();
    let mut given = ask(router, (Method::GET, &address), cookie, String::new()).await?;
    if !is_file(&given) && given.status() == StatusCode::OK {
        let reason = wanted.reason.as_deref();
        let reason = reason.ok_or("含个人信息，请用--reason写明下载事由 / --reason is needed")?;
        let page = to_bytes(given.into_body(), PAGE).await.map_err(words)?;
        let key = key(&String::from_utf8_lossy(&page)).ok_or("这个地址不是文件 / not a file")?;
        let form = form_urlencoded::Serializer::new(String::new())
            .append_pair("reason", reason)
            .append_pair("request_id", &key)
            .finish();
        let answer = ask(router, (Method::POST, &address), cookie, form).await?;
        let link = answer.headers().get(header::LOCATION);
        let link = link.and_then(|link| link.to_str().ok());
        address = link
            .ok_or("没有同意下载：事由至少5个字 / refused")?
            .to_owned();
        given = ask(router, (Method::GET, &address), cookie, String::new()).await?;
    }
    if !is_file(&given) {
        let status = given.status();
        return Err(format!("{address}：{status}，不是文件 / not a file"));
    }
    keep(given, wanted).await
}

/// Writes the file as it comes.
async fn keep(given: Response, wanted: &Wanted) -> Result<u64, String> {
    let mut to = File::create(&wanted.to).map_err(words)?;
    let mut body = given.into_body();
    let mut written = 0_u64;
    while let Some(frame) = body.frame().await {
        if let Ok(data) = frame.map_err(words)?.into_data() {
            to.write_all(&data).map_err(words)?;
            written += u64::try_from(data.len()).unwrap_or(0);
        }
    }
    to.flush().map_err(words)?;
    Ok(written)
}

fn is_file(answer: &Response) -> bool {
    answer.status() == StatusCode::OK && answer.headers().contains_key(header::CONTENT_DISPOSITION)
}

async fn ask(
    router: &Router,
    (method, address): (Method, &str),
    cookie: &str,
    form: String,
) -> Result<Response, String> {
    let request = Request::builder()
        .method(method)
        .uri(address)
        .header(header::HOST, "localhost")
        .header("sec-fetch-site", "same-origin")
        .header(header::COOKIE, cookie)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(form))
        .map_err(words)?;
    router.clone().oneshot(request).await.map_err(words)
}

/// The once-only key of the page's form for the reason.
fn key(page: &str) -> Option<String> {
    let form = page
        .split_once("name=\"reason\"")
        .map(|(before, _)| before)?;
    let (_, rest) = form.rsplit_once("name=\"request_id\" value=\"")?;
    rest.split_once('"').map(|(key, _)| key.to_owned())
}
