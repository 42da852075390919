//! What can go wrong on the way to a page, and its one page. It knows no room:
//! rooms refuse in their own words and pages show them beside the act.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};

use crate::database::WriteError;

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
    /// Too many tries; seconds to wait.
    TooMany(i64),
    /// The database is away or busy.
    Busy,
    /// Acted on before; belongs there.
    Repeated(String),
    /// Ours to mend.
    Internal(Box<dyn std::error::Error + Send + Sync>),
}

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
            Self::TooMany(seconds) => (
                StatusCode::TOO_MANY_REQUESTS,
                "尝试过于频繁",
                format!("请在{seconds}秒后重试。"),
            ),
            Self::Busy => (
                StatusCode::SERVICE_UNAVAILABLE,
                "系统繁忙",
                "数据库暂时没有响应。您的内容没有丢失，请返回上一页，稍候再试。".into(),
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
            Self::Busy => Some(5),
            Self::TooMany(seconds) => Some(seconds),
            _ => None,
        };
        if let Some(seconds) = wait {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, seconds.into());
        }
        response
            .extensions_mut()
            .insert(Failure { title, sentence });
        response
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        // 57014 statement_timeout, 55P03 lock_timeout, 25006 read-only, 57P0x shutting down.
        let busy = match &error {
            sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Io(_) => true,
            sqlx::Error::Database(database) => database.code().is_some_and(|code| {
                matches!(code.as_ref(), "57014" | "55P03" | "25006") || code.starts_with("57P")
            }),
            _ => false,
        };
        if busy {
            tracing::warn!(error = %error, "database unavailable");
            Self::Busy
        } else {
            Self::internal(error)
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
            WriteError::Database(error) => error.into(),
        }
    }
}

impl From<askama::Error> for Error {
    fn from(error: askama::Error) -> Self {
        Self::internal(error)
    }
}
