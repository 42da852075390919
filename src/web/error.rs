//! What can go wrong on the way to a page, and its one page. It knows no room:
//! rooms refuse in their own words and pages show them beside the act.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};

use crate::database::WriteError;

/// Seconds after which somebody may try again what was answered 503.
pub(super) const AGAIN: u16 = 5;

/// Why a handler has no page.
#[derive(Debug)]
pub enum Error {
    /// Not there, or not theirs to know of.
    Missing,
    /// Seen, but not allowed; the sentence says why.
    Refused(&'static str),
    /// The state of things does not allow it (any more); says why.
    Conflict(String),
    /// Somebody else changed it meanwhile: the page with both versions.
    Stale(Box<Response>),
    /// The address or the form cannot be read at all.
    Malformed(&'static str),
    /// Sent in a way that pages do not send.
    Unsupported,
    /// More than is accepted.
    TooLarge,
    /// More rows than a table takes at a time.
    TooManyRows,
    /// A body that did not come in time.
    Undelivered,
    /// Too many tries; seconds to wait.
    TooMany(i64),
    /// The database is away or busy.
    Busy,
    /// Two writes were in each other's way and the database gave this one up: the
    /// guard does it once more before anybody is told.
    Contended,
    /// The database can be read and not written: its disk is full, or it was told so.
    Unwritable,
    /// Acted on before; belongs there.
    Repeated(String),
    /// Ours to mend.
    Internal(Box<dyn std::error::Error + Send + Sync>),
}

/// Marks an answer of [`Error::Contended`].
#[derive(Debug, Clone, Copy)]
pub struct OnceMore;

/// What the error page says; the outer layer draws it with layout and person.
#[derive(Debug, Clone)]
pub struct Failure {
    /// Heading.
    pub title: &'static str,
    /// What happened and what to do.
    pub sentence: String,
}

impl Error {
    /// Any error that no user can mend.
    pub fn internal(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Internal(error.into())
    }

    fn parts(&self) -> (StatusCode, &'static str, String) {
        match self {
            Self::Missing => (
                StatusCode::NOT_FOUND,
                "没有找到",
                "您要找的页面或记录不存在，或者不在您的查看范围内。请核对地址，或从下面的入口重新进入。".into(),
            ),
            Self::Refused(why) => (StatusCode::FORBIDDEN, "不能办理", (*why).to_owned()),
            Self::Conflict(why) => (StatusCode::CONFLICT, "情况已有变化", why.clone()),
            Self::Malformed(why) => (StatusCode::BAD_REQUEST, "无法读取", (*why).to_owned()),
            Self::Unsupported => (
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "提交方式不对",
                "请使用页面上的表单提交。".into(),
            ),
            Self::TooLarge => (
                StatusCode::PAYLOAD_TOO_LARGE,
                "内容过大",
                "表单最大1MB，文件最大20MB。请精简后重新提交。".into(),
            ),
            Self::TooManyRows => (
                StatusCode::UNPROCESSABLE_ENTITY,
                "行数过多",
                "一个表一次最多填写500行，所填内容没有保存。请返回上一页，分几次提交。".into(),
            ),
            Self::Undelivered => (
                StatusCode::SERVICE_UNAVAILABLE,
                "没有收到全部内容",
                "提交的内容没有在规定时间内送达，系统没有受理。请检查网络后返回上一页重新提交。".into(),
            ),
            Self::TooMany(seconds) => (
                StatusCode::TOO_MANY_REQUESTS,
                "尝试过于频繁",
                format!("请在{seconds}秒后重试。"),
            ),
            Self::Busy => (
                StatusCode::SERVICE_UNAVAILABLE,
                "系统繁忙",
                "数据库暂时没有响应，这次操作没有完成。请稍候几秒再试。".into(),
            ),
            Self::Contended => (
                StatusCode::SERVICE_UNAVAILABLE,
                "系统繁忙",
                "同一内容正被多人同时办理，这次操作没有完成。请稍候几秒再试。".into(),
            ),
            Self::Unwritable => (
                StatusCode::SERVICE_UNAVAILABLE,
                "暂时不能保存",
                "数据库暂时只能查看、不能保存（磁盘已满或处于只读状态），请告诉系统管理员，稍后再试。".into(),
            ),
            Self::Internal(_) => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "系统出错",
                "系统内部出错，已记录。请稍后重试；如仍出现，请把下面的编号告诉系统管理员。".into(),
            ),
            Self::Stale(_) | Self::Repeated(_) => (StatusCode::CONFLICT, "", String::new()),
        }
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        match self {
            Self::Stale(page) => return *page,
            Self::Repeated(landing) => return Redirect::to(&landing).into_response(),
            _ => {}
        }
        if let Self::Internal(source) = &self {
            tracing::error!(error = %source, "request failed");
        }
        let (status, title, sentence) = self.parts();
        let mut response = (status, sentence.clone()).into_response();
        let wait = match self {
            Self::Busy | Self::Contended | Self::Unwritable | Self::Undelivered => {
                Some(i64::from(AGAIN))
            }
            Self::TooMany(seconds) => Some(seconds),
            _ => None,
        };
        if let Some(seconds) = wait {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, seconds.into());
        }
        if matches!(self, Self::Contended) {
            response.extensions_mut().insert(OnceMore);
        }
        response
            .extensions_mut()
            .insert(Failure { title, sentence });
        response
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        let told = match &error {
            // `Protocol`: something that is no PostgreSQL answers, as a proxy does
            // whose server is away.
            sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed
            | sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::Protocol(_) => Some(Self::Busy),
            sqlx::Error::Database(database) => {
                database.code().and_then(|code| Self::of_code(&code))
            }
            _ => None,
        };
        match told {
            Some(told) => {
                tracing::warn!(error = %error, "the database did not do it");
                told
            }
            None => Self::internal(error),
        }
    }
}

impl Error {
    /// What a condition of the server means for whoever waits; none where it is ours
    /// to mend (PostgreSQL, appendix A).
    fn of_code(code: &str) -> Option<Self> {
        match code {
            // deadlock_detected, serialization_failure
            "40P01" | "40001" => Some(Self::Contended),
            // disk_full, read_only_sql_transaction, io_error
            "53100" | "25006" | "58030" => Some(Self::Unwritable),
            // query_canceled by statement_timeout, lock_not_available, and a
            // transaction that was left idle
            "57014" | "55P03" | "25P03" => Some(Self::Busy),
            // character_not_in_repertoire, untranslatable_character: no field lets
            // them through, and an address does not either
            "22021" | "22P05" => Some(Self::Malformed(
                "内容含有无法识别的字符，请删去后重新提交。",
            )),
            // insufficient resources, connection exceptions, operator intervention
            _ if ["53", "08", "57P"]
                .iter()
                .any(|class| code.starts_with(class)) =>
            {
                Some(Self::Busy)
            }
            _ => None,
        }
    }
}

impl From<WriteError> for Error {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::Repeated { landing } if landing.starts_with('/') => Self::Repeated(landing),
            WriteError::Repeated { .. } => Self::Repeated("/".to_owned()),
            WriteError::KeyReused => Self::Conflict(
                "此表单已提交过，内容与上次不同。请打开页面核对后重新填写。".to_owned(),
            ),
            WriteError::Refused(why) => Self::Refused(why),
            WriteError::Database(error) => error.into(),
        }
    }
}

impl From<askama::Error> for Error {
    fn from(error: askama::Error) -> Self {
        Self::internal(error)
    }
}
