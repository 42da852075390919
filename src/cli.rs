//! Subcommands and their exit status: 0 done, 1 the work failed, 2 wrong use or
//! missing set-up (contract.md, Commands).

mod checks;
mod export;
mod import;
mod measure;
mod sample;

use std::path::PathBuf;
use std::process::ExitCode;

use chrono::NaiveDate;
use clap::{Parser, Subcommand};
use tracing_subscriber::EnvFilter;

use crate::audit::{self, Verdict, chain};
use crate::config::Config;
use crate::database::Database;
use crate::scheme::Scheme;
use crate::start::{self, StartError};
use crate::{accounts, demo, desk, server, sheets};

/// Tuogou runs a decoupling campaign / 行业协会商会与行政机关脱钩工作平台
#[derive(Parser)]
#[command(
    name = "tuogou",
    version,
    about,
    after_help = "Exit status / 退出码: 0 done 完成, 1 failed 失败, 2 wrong use or missing set-up 用法或环境不对"
)]
struct Arguments {
    #[command(flatten)]
    config: Config,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the application (the default) / 启动服务
    Serve,
    /// Load the demonstration campaign into an empty database / 装入演示数据
    Demo {
        /// Tell it only up to the end of this day, which is its today then / 只演示到这一天
        #[arg(long, value_name = "DAY")]
        until: Option<NaiveDate>,
    },
    /// Apply database migrations / 升级数据库
    Migrate,
    /// The audit chain / 审计记录
    Audit {
        #[command(subcommand)]
        command: AuditCommand,
    },
    /// Who has what on their desk / 在谁手里
    Desk {
        #[command(subcommand)]
        command: DeskCommand,
    },
    /// Counters that pages read / 统计数字
    Check {
        #[command(subcommand)]
        command: CheckCommand,
    },
    /// Check a scheme's files: counts, or errors with line numbers / 检查方案数据
    CheckScheme {
        /// Folder with the seven TOML files / 方案目录
        path: PathBuf,
    },
    /// Made-up databases of any size, and what pages cost on them / 性能测量
    Bench {
        #[command(subcommand)]
        command: BenchCommand,
    },
    /// Enter a spreadsheet / 导入表格
    Import(import::Wanted),
    /// Take a list, a ledger or a document out as a file / 导出表格和文件
    Export(export::Wanted),
    /// Draw a sample as visits and audits do: order by SHA-256 of seed and number / 按种子抽样
    Sample(sample::Wanted),
    /// Print every route with its act / 列出全部地址
    Routes,
    /// What `imports` runs for each file: tells it to the standard output.
    #[command(name = sheets::child::COMMAND, hide = true)]
    ReadSheet {
        /// The file
        path: PathBuf,
        /// What it was uploaded as
        name: String,
        /// heads:N or sheets:N,N
        wanted: sheets::reading::Wanted,
    },
    /// Accounts / 账号
    User {
        #[command(subcommand)]
        command: UserCommand,
    },
}

#[derive(Subcommand)]
enum UserCommand {
    /// Make a system administrator; prints the first password once / 新建系统管理员
    AddAdministrator {
        /// User name: lower-case letters, digits and hyphens / 用户名
        username: String,
    },
}

#[derive(Subcommand)]
enum BenchCommand {
    /// Fill an empty database with the demonstration, multiplied by SQL / 生成任意规模的测试数据
    Seed {
        /// How many associations there shall be / 协会数量
        #[arg(long)]
        associations: i64,
    },
    /// Reading, checking and marking a spreadsheet, beside the bare library / 表格读写测量
    Sheets {
        /// Rows / 行数
        #[arg(long, default_value_t = 70_000)]
        rows: u32,
    },
    /// What `sheets` runs for each stage.
    #[command(hide = true)]
    Sheet {
        /// bare, read, check, mark
        stage: String,
        /// The file
        path: PathBuf,
    },
    /// Time every page of every role on the database / 逐页测量
    Pages {
        /// How often each page is opened / 每页次数
        #[arg(long, default_value_t = 7)]
        runs: usize,
        /// Only pages whose address begins so; a $ at its end: that page alone / 只测量以此开头的地址，末尾加$只测量该页
        #[arg(long, default_value = "/")]
        only: String,
        /// Keep what was measured, to stand beside another size / 保存结果
        #[arg(long)]
        save: Option<PathBuf>,
        /// What was kept of another size / 一并列出的另一结果
        #[arg(long)]
        beside: Option<PathBuf>,
        /// Write the table to this file, too / 写入文件
        #[arg(long)]
        write: Option<PathBuf>,
    },
}

#[derive(Subcommand)]
enum DeskCommand {
    /// Compute every desk from the states and name the differences / 按办理状态重新计算并列出差异
    Verify,
    /// Make every desk anew from the states / 按办理状态重新生成
    Rebuild,
}

#[derive(Subcommand)]
enum CheckCommand {
    /// Count everything again from the rows and name the differences / 逐行重新统计并列出差异
    Drift,
}

#[derive(Subcommand)]
enum AuditCommand {
    /// Verify every link; names the first broken one / 校验全部记录
    Verify,
}

/// Runs the command line.
#[must_use]
pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let code = if error.use_stderr() { 2 } else { 0 };
            // Nothing can be done if the terminal is gone.
            let _ = error.print();
            return ExitCode::from(code);
        }
    };
    if let Some(Command::ReadSheet { path, name, wanted }) = &arguments.command {
        return read_sheet(path, name, wanted);
    }
    log_to_stdout();
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => return fail(&StartError::Failed(error.to_string())),
    };
    match runtime.block_on(dispatch(arguments)) {
        Ok(code) => code,
        Err(error) => fail(&error),
    }
}

/// Tells a file; there is no log, since whoever asked reads the standard output.
fn read_sheet(path: &std::path::Path, name: &str, wanted: &sheets::reading::Wanted) -> ExitCode {
    match sheets::child::serve(path, name, wanted) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn fail(error: &StartError) -> ExitCode {
    eprintln!("tuogou: {error}");
    ExitCode::from(error.exit_code())
}

/// `RUST_LOG` filters; `TUOGOU_LOG=json` writes one JSON object a line.
fn log_to_stdout() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let json = std::env::var("TUOGOU_LOG").is_ok_and(|value| value == "json");
    let log = tracing_subscriber::fmt().with_env_filter(filter);
    // A second subscriber (in tests) is no reason to stop.
    let _ = if json {
        log.json().try_init()
    } else {
        log.try_init()
    };
}

async fn dispatch(arguments: Arguments) -> Result<ExitCode, StartError> {
    let config = arguments.config;
    match arguments.command.unwrap_or(Command::Serve) {
        Command::Serve => start::serve(&config).await?,
        Command::Demo { until } => demonstrate(&config, until).await?,
        Command::Migrate => start::open(&config).await?.close().await,
        Command::Audit {
            command: AuditCommand::Verify,
        } => return verify(&config).await,
        Command::Desk {
            command: DeskCommand::Verify,
        } => return checks::desk(&config).await,
        Command::Desk {
            command: DeskCommand::Rebuild,
        } => {
            let running = start::open(&config).await?;
            let program = &running.program;
            let made = desk::rebuild(program, program.clock.today()).await;
            running.close().await;
            made?;
            println!("在谁手里已按办理状态重新生成 / desks made anew");
        }
        Command::Check {
            command: CheckCommand::Drift,
        } => return checks::drift(&config).await,
        Command::User {
            command: UserCommand::AddAdministrator { username },
        } => {
            let running = start::open(&config).await?;
            let made = accounts::acts::first_administrator(&running.program, &username).await;
            running.close().await;
            let password = made.map_err(|error| StartError::Failed(error.to_string()))?;
            println!("{username}  first password 初始密码：{password}");
        }
        Command::Bench { command } => measure::run(&config, command).await?,
        Command::Import(wanted) => return import::run(&config, &wanted).await,
        Command::Sample(wanted) => return Ok(sample::run(&wanted)),
        Command::Export(wanted) => return export::run(&config, &wanted).await,
        Command::CheckScheme { path } => return Ok(check_scheme(&path)),
        // Done before a log and a runtime are there.
        Command::ReadSheet { .. } => {}
        Command::Routes => {
            let program = start::program_without_database()?;
            for route in server::routes(&program).table() {
                println!(
                    "{:4} {:60} {}",
                    route.method,
                    route.path,
                    start::access_name(route.access)
                );
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn demonstrate(config: &Config, until: Option<NaiveDate>) -> Result<(), StartError> {
    let running = start::open(config).await?;
    let password = demo::password(config)?;
    let told = match until {
        Some(day) => demo::load_until(&running.program, &password, day).await,
        None => demo::load(&running.program, &password).await,
    };
    running.close().await;
    Ok(told?)
}

/// What the chain says, and how many case-file rows stand outside it.
async fn told(database: &Database) -> Result<(Verdict, i64), sqlx::Error> {
    let db = &mut database.read().await?;
    let anchored = database.anchored_at().map_err(sqlx::Error::Io)?;
    let verdict = audit::verify(db.connection(), database.audit_key(), &anchored).await?;
    Ok((verdict, chain::outside(db.connection()).await?))
}

async fn verify(config: &Config) -> Result<ExitCode, StartError> {
    let running = start::open(config).await?;
    let database = &running.program.database;
    let told = told(database).await;
    running.close().await;
    let (verdict, outside) = told?;
    if outside > 0 {
        println!(
            "另有{outside}条案卷记录由tuogou bench seed生成，不是办理形成的，不在审计链内 / {outside} case-file rows were made by tuogou bench seed, not by acts: they stand outside the chain"
        );
    }
    match verdict {
        Verdict::Whole(count) => {
            println!("审计记录{count}条完整 / {count} audit records, chain whole");
            Ok(ExitCode::SUCCESS)
        }
        Verdict::Broken { seq, reason } => {
            println!("审计记录第{seq}条异常：{reason} / audit chain broken at {seq}");
            Ok(ExitCode::from(1))
        }
    }
}

fn check_scheme(path: &std::path::Path) -> ExitCode {
    match Scheme::load(path) {
        Ok(scheme) => {
            for (what, count) in scheme.counts() {
                println!("{count:5} {what}");
            }
            ExitCode::SUCCESS
        }
        Err(problems) => {
            for problem in &problems {
                eprintln!("{problem}");
            }
            eprintln!("{} problems", problems.len());
            ExitCode::from(1)
        }
    }
}
