//! How an act ends: done, or not, and why. One level, whatever it was that stopped it.

use crate::access::case::Stuck;

use super::WriteError;

/// What an act gives: `T`, or why it was not done; `R` are the room's own reasons.
pub type Done<R, T = ()> = Result<T, Failure<R>>;

/// A room's own reason not to do an act.
pub trait Explain {
    /// What is wrong and what to do, as people read it.
    fn explain(&self) -> String;

    /// The name and label of the field that it is about, where it is about one.
    fn field(&self) -> Option<(&'static str, &'static str)> {
        None
    }
}

/// Where a room has no reason of its own: what stops any act is enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Never {}

impl Explain for Never {
    fn explain(&self) -> String {
        match *self {}
    }
}

/// Why an act was not done.
#[derive(Debug)]
pub enum Failure<R> {
    /// The room's own reason.
    Room(R),
    /// What stops any act.
    Stopped(Stopped),
}

/// What stops any act.
#[derive(Debug)]
pub enum Stopped {
    /// The case is not there, not in that state, or not what was seen.
    Stuck(Stuck),
    /// Who could when the form was opened may not any more; says why.
    Refused(&'static str),
    /// It is not there for this person any more.
    Hidden,
    /// The act chose no branch of the machine: ours to mend.
    NoBranch(&'static str),
    /// The key was taken before, or the database failed.
    Write(WriteError),
}

impl<R: Explain> From<R> for Failure<R> {
    fn from(reason: R) -> Self {
        Self::Room(reason)
    }
}

impl<R> From<Stopped> for Failure<R> {
    fn from(stopped: Stopped) -> Self {
        Self::Stopped(stopped)
    }
}

impl<R> From<Stuck> for Failure<R> {
    fn from(stuck: Stuck) -> Self {
        Self::Stopped(Stopped::Stuck(stuck))
    }
}

impl<R> From<WriteError> for Failure<R> {
    fn from(error: WriteError) -> Self {
        Self::Stopped(Stopped::Write(error))
    }
}

impl<R> From<sqlx::Error> for Failure<R> {
    fn from(error: sqlx::Error) -> Self {
        Self::Stopped(error.into())
    }
}

impl From<Stuck> for Stopped {
    fn from(stuck: Stuck) -> Self {
        Self::Stuck(stuck)
    }
}

impl From<WriteError> for Stopped {
    fn from(error: WriteError) -> Self {
        Self::Write(error)
    }
}

impl From<sqlx::Error> for Stopped {
    fn from(error: sqlx::Error) -> Self {
        Self::Write(WriteError::Database(error))
    }
}

impl<R> Failure<R> {
    /// The room's own reason, if it was that.
    #[must_use]
    pub const fn reason(&self) -> Option<&R> {
        match self {
            Self::Room(reason) => Some(reason),
            Self::Stopped(_) => None,
        }
    }
}

impl<R> Failure<R> {
    /// The same, the room's own reason told in another room's words.
    pub fn told_by<S>(self, tell: impl FnOnce(R) -> S) -> Failure<S> {
        match self {
            Self::Room(reason) => Failure::Room(tell(reason)),
            Self::Stopped(stopped) => Failure::Stopped(stopped),
        }
    }
}

impl Stopped {
    /// What happened, as people read it; none where it is no matter of theirs.
    #[must_use]
    pub fn explain(&self) -> Option<String> {
        match self {
            Self::Stuck(Stuck::Missing(what)) => {
                Some(format!("没有可以办理的{what}，请刷新页面核对。"))
            }
            Self::Stuck(Stuck::Stale(_)) | Self::Write(WriteError::KeyReused) => {
                Some("您打开页面之后，内容已被他人修改。请核对现在的内容后重新办理。".to_owned())
            }
            Self::Stuck(Stuck::Closed(what, state)) => {
                Some(format!("{what}当前状态为“{state}”，不能进行此操作。"))
            }
            Self::Refused(why) => Some((*why).to_owned()),
            Self::Hidden | Self::NoBranch(_) | Self::Write(_) => None,
        }
    }
}

impl<R: Explain> std::fmt::Display for Failure<R> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Room(reason) => formatter.write_str(&reason.explain()),
            Self::Stopped(stopped) => match stopped.explain() {
                Some(sentence) => formatter.write_str(&sentence),
                None => write!(formatter, "{stopped:?}"),
            },
        }
    }
}

impl<R: Explain + std::fmt::Debug> std::error::Error for Failure<R> {}
