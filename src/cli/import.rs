//! `tuogou import`: the same reading, checking and entering as on the pages, in somebody's name.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use crate::access::{Actor, Decision, Facts, Request, Seen, Who, decide, session};
use crate::config::Config;
use crate::imports::acts::{self, Confirmed, work};
use crate::imports::rules::answers::Basis;
use crate::imports::rules::{Kind, Report, State, Verdict};
use crate::imports::store::{self, Import, New};
use crate::start::{self, StartError};
use crate::web::App;

/// What is imported, and as whom.
#[derive(Args)]
pub struct Wanted {
    /// The .xlsx or .csv file / 文件
    pub file: PathBuf,
    /// register, units, survey or people / 种类
    #[arg(long)]
    pub kind: String,
    /// User name of the account in whose name it is done / 以谁的名义
    #[arg(long = "as", value_name = "ACCOUNT")]
    pub account: String,
    /// Only read and check / 只核对，不导入
    #[arg(long)]
    pub dry_run: bool,
    /// The sentence that confirms all warnings / 确认提醒事项的依据
    #[arg(long, value_name = "SENTENCE")]
    pub confirm: Option<String>,
    /// Altered names, codes and the like were wrong (更正登记差错) / 改动都是更正差错
    #[arg(long)]
    pub correct: bool,
}

/// Does it; 1 where nothing was entered that should have been.
pub async fn run(config: &Config, wanted: &Wanted) -> Result<ExitCode, StartError> {
    let kind = Kind::from_key(&wanted.kind)
        .ok_or_else(|| StartError::Failed("--kind: register, units, survey, people".to_owned()))?;
    let running = start::open(config).await?;
    let done = import(&running.program, kind, wanted).await;
    running.close().await;
    match done {
        Ok(true) => Ok(ExitCode::SUCCESS),
        Ok(false) => Ok(ExitCode::FAILURE),
        Err(why) => Err(StartError::Failed(why)),
    }
}

fn words(error: impl std::fmt::Display) -> String {
    error.to_string()
}

async fn import(
    program: &crate::web::Program,
    kind: Kind,
    wanted: &Wanted,
) -> Result<bool, String> {
    let app = program.in_force().await.map_err(words)?;
    let actor = person(&app, &wanted.account, kind).await?;
    let bytes = std::fs::read(&wanted.file).map_err(words)?;
    let name = wanted
        .file
        .file_name()
        .unwrap_or_default()
        .to_string_lossy();
    if let Err(why) = acts::peeking::look(&app, (&name, &bytes))
        .await
        .map_err(words)?
    {
        return Err(why.message().to_owned());
    }
    let id = upload(&app, &actor, (kind, &name, &bytes)).await?;
    work::read_whole(&app, actor.account, id).await;
    let found = of(&app, &actor, id).await?;
    tell(&found);
    let ready = found.state == State::Checked && found.report.rows(Verdict::Wrong) == 0;
    if wanted.dry_run || !ready {
        acts::discard(write(&app, &actor).await?, id, Seen::version(found.version))
            .await
            .map_err(words)?;
        return Ok(ready);
    }
    let confirmed = confirmed(&found.report, wanted)?;
    let seen = Seen::version(found.version);
    acts::enter(write(&app, &actor).await?, &app, (id, seen), &confirmed)
        .await
        .map_err(words)?;
    println!("已全部导入 / entered");
    Ok(true)
}

/// Whoever it is done for, in a role that may.
async fn person(app: &App, username: &str, kind: Kind) -> Result<Actor, String> {
    let mut db = app.read().await.map_err(words)?;
    let campaign = app.database.campaign();
    let today = app.clock.today();
    let found = session::named(db.connection(), campaign, username, today).await;
    let mut actors = found.map_err(words)?.into_iter();
    let may = |actor: &Actor| decide(actor, kind.act(), &Facts::default()) == Decision::Allow;
    actors.find(may).ok_or_else(|| {
        format!(
            "{username}：没有这个账号，或者没有导入{}的权限 / no such account, or not allowed",
            kind.label()
        )
    })
}

async fn write(app: &App, actor: &Actor) -> Result<crate::database::Write, String> {
    let who = Who {
        actor: actor.clone(),
        request: Request::internal(&app.clock),
    };
    app.write(&who).await.map_err(words)
}

async fn upload(
    app: &App,
    actor: &Actor,
    (kind, name, bytes): (Kind, &str, &[u8]),
) -> Result<i64, String> {
    use sha2::Digest as _;
    let digest = sha2::Sha256::digest(bytes);
    let new = New {
        kind,
        department: actor.department(),
        own: actor.role().is_unit(),
        fresh: false,
        name,
        digest: digest.as_slice(),
        bytes,
    };
    acts::upload(write(app, actor).await?, new, false)
        .await
        .map_err(words)
}

async fn of(app: &App, actor: &Actor, id: i64) -> Result<Import, String> {
    let mut db = app.read().await.map_err(words)?;
    let found = store::of_account(&mut db, actor.account, id).await;
    found
        .map_err(words)?
        .ok_or_else(|| "the upload is gone".to_owned())
}

/// What was found, a line each.
fn tell(import: &Import) {
    println!("{}", import.state.label());
    if !import.trouble.is_empty() {
        println!("{}", import.trouble);
    }
    let report: &Report = &import.report;
    for verdict in Verdict::ALL {
        let rows = report.rows(verdict);
        if rows > 0 {
            println!("{}：{rows}行", verdict.label());
        }
    }
    for error in &report.errors {
        println!("{}（{}处，首见于{}）", error.words, error.rows, error.first);
    }
    for warning in &report.warnings {
        println!(
            "须确认：{}（{}行，首见于{}）",
            warning.words, warning.rows, warning.first
        );
    }
    for asked in &report.asked {
        println!("须在页面上答复 / to be answered on the page: {asked:?}");
    }
}

fn confirmed(report: &Report, wanted: &Wanted) -> Result<Confirmed, String> {
    let mut confirmed = Confirmed::default();
    for warning in &report.warnings {
        let sentence = wanted
            .confirm
            .clone()
            .filter(|text| text.chars().count() >= 5);
        let sentence = sentence.ok_or("有须确认的事项，请用--confirm写明依据（至少5个字）")?;
        confirmed.warnings.insert(warning.key.clone(), sentence);
    }
    for period in &report.periods {
        if !wanted.correct {
            return Err(format!(
                "{}有改动：更正差错的加--correct；变更的请在页面上办理",
                period.words
            ));
        }
        confirmed.bases.insert(period.key.clone(), Basis::Error);
    }
    Ok(confirmed)
}
