//! Everything that can be set from outside (contract.md, Configuration).
//! A flag of the same name wins over the environment variable.

mod trusted_proxies;

use std::net::SocketAddr;
use std::path::PathBuf;

use axum::http::Uri;
use chrono::NaiveDate;
use clap::{Args, ValueEnum};

pub use trusted_proxies::TrustedProxies;

/// Settings of the program.
#[derive(Args, Clone, Debug)]
pub struct Config {
    /// PostgreSQL 15 or later; unset: an own cluster in the data folder / 数据库地址，不设则使用内嵌数据库
    #[arg(long, env = "DATABASE_URL", hide_env_values = true, global = true)]
    pub database_url: Option<String>,

    /// Address and port to listen on / 监听地址
    #[arg(
        long = "listen",
        env = "TUOGOU_LISTEN",
        default_value = "127.0.0.1:8080",
        global = true
    )]
    pub listen: SocketAddr,

    /// Embedded cluster, keys, backups; default ./data / 数据目录
    #[arg(long = "data-dir", env = "TUOGOU_DATA_DIR", global = true)]
    pub data_dir: Option<PathBuf>,

    /// Folder of a scheme's TOML files; unset: Lüyuan District 2018 / 方案数据目录,不设则为绿园区2018年方案
    #[arg(long = "scheme", env = "TUOGOU_SCHEME", global = true)]
    pub scheme: Option<PathBuf>,

    /// Load the demonstration campaign into an empty database / 是否装入演示数据
    #[arg(
        long = "demo",
        env = "TUOGOU_DEMO",
        default_value = "auto",
        value_enum,
        global = true
    )]
    pub demo: DemoMode,

    /// Password of all demonstration accounts; default: random, printed once / 演示账号口令
    #[arg(
        long,
        env = "TUOGOU_DEMO_PASSWORD",
        hide_env_values = true,
        global = true
    )]
    pub demo_password: Option<String>,

    /// ISO date that stands for today in every deadline rule / 作为“今天”的日期
    #[arg(long = "today", env = "TUOGOU_TODAY", global = true)]
    pub today: Option<NaiveDate>,

    /// Public address; https:// turns on Secure cookies and HSTS / 对外地址
    #[arg(long = "base-url", env = "TUOGOU_BASE_URL", global = true)]
    pub base_url: Option<String>,

    /// Proxies whose Forwarded or X-Forwarded-For is believed; unset: nobody's / 可信代理的地址或网段
    #[arg(
        long = "trusted-proxies",
        env = "TUOGOU_TRUSTED_PROXIES",
        default_value = "",
        hide_default_value = true,
        global = true
    )]
    pub trusted_proxies: TrustedProxies,

    /// File that holds the audit key; default: audit.key in the data folder / 审计密钥文件
    #[arg(long = "audit-key-file", env = "TUOGOU_AUDIT_KEY_FILE", global = true)]
    pub audit_key_file: Option<PathBuf>,

    /// File that holds the head of the audit chain; default: audit.anchor in the data folder / 审计链尾文件
    #[arg(
        long = "audit-anchor-file",
        env = "TUOGOU_AUDIT_ANCHOR_FILE",
        global = true
    )]
    pub audit_anchor_file: Option<PathBuf>,

    /// Bring PostgreSQL from the distribution's packages where it is not installed / 未安装 PostgreSQL 时是否从软件源获取
    #[arg(
        long = "fetch-postgres",
        env = "TUOGOU_FETCH_POSTGRES",
        default_value = "auto",
        value_enum,
        global = true
    )]
    pub fetch_postgres: FetchMode,
}

/// Whether PostgreSQL's programs are brought from the distribution's packages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FetchMode {
    /// Where none are installed and the distribution has apt.
    Auto,
    /// Never.
    No,
}

/// Whether the demonstration campaign is loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DemoMode {
    /// Where the database is empty and embedded.
    Auto,
    /// Where the database is empty.
    Yes,
    /// Never.
    No,
}

impl Config {
    /// The data folder, `./data` unless set.
    #[must_use]
    pub fn data_folder(&self) -> PathBuf {
        self.data_dir
            .clone()
            .unwrap_or_else(|| PathBuf::from("data"))
    }

    /// Whether pages are served over TLS, so that cookies may be `Secure`.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.base_url
            .as_deref()
            .is_some_and(|url| url.starts_with("https://"))
    }

    /// Host and port of the public address.
    #[must_use]
    pub fn public_host(&self) -> Option<String> {
        let address: Uri = self.base_url.as_deref()?.parse().ok()?;
        address.authority().map(|host| host.as_str().to_owned())
    }
}
