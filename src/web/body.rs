//! A request's body, brought in before anything is begun with it: bounded in bytes
//! and time, and held by a place of its own where it does not come at once.

use axum::body::{Body, Bytes};
use http_body_util::BodyExt as _;
use tokio::time::{Instant, timeout, timeout_at};

use super::limits::Limits;
use super::places::Places;
use super::routes::FORM_BYTES;

/// What a route reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reads {
    /// Nothing: a page.
    Nothing,
    /// Nothing: a file that is made for the answer, which takes longer than a page.
    Made,
    /// A form.
    Form,
    /// A form with a file.
    File,
}

impl Reads {
    /// Whether there is no body to wait for.
    #[must_use]
    pub const fn no_body(self) -> bool {
        matches!(self, Self::Nothing | Self::Made)
    }

    /// Most bytes of the body.
    #[must_use]
    pub const fn most(self) -> usize {
        match self {
            Self::Nothing | Self::Made => 0,
            Self::Form => FORM_BYTES,
            Self::File => super::routes::FILE_BYTES + FORM_BYTES,
        }
    }
}

/// Who sends a body: an address, or an account.
#[derive(Debug, Clone, Copy)]
pub enum Sender<'a> {
    /// Somebody without a session, at an address.
    Stranger(&'a str),
    /// Somebody with one.
    Account(&'a str),
}

/// Why a body is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undelivered {
    /// More bytes than the route reads.
    TooLarge,
    /// Not in time.
    Late,
    /// Too many bodies are on their way.
    NoPlace,
    /// The connection ended, or it was not a body.
    Broken,
}

/// Brings a body in, at most `most` bytes of it.
pub async fn bring(
    places: &Places,
    body: Body,
    (reads, most): (Reads, usize),
    sender: Sender<'_>,
) -> Result<Bytes, Undelivered> {
    let limits = &places.limits;
    let begun = Instant::now();
    let announced = hyper::body::Body::size_hint(&body);
    if announced.lower() > u64::try_from(most).unwrap_or(u64::MAX) {
        return Err(Undelivered::TooLarge);
    }
    let form = u64::try_from(FORM_BYTES).unwrap_or(u64::MAX);
    let small = announced.exact().is_some_and(|bytes| bytes <= form);
    let mut coming = Coming {
        body,
        most,
        got: Vec::new(),
    };
    // Browsers send a form together with its head: such a body is never kept out
    // by others that drip, not even by those of its own address. What is larger, or
    // does not say, is held in memory by those who have a place, and by nobody else.
    if small && let Ok(ended) = timeout(limits.grace, coming.all()).await {
        return ended.map(|()| coming.got.into());
    }
    let place = match sender {
        Sender::Stranger(address) => places.strangers_bodies.take(address),
        Sender::Account(account) => places.peoples_bodies.take(account),
    };
    let Some(_place) = place else {
        return Err(Undelivered::NoPlace);
    };
    match reads {
        Reads::File => coming.steadily(limits, begun + limits.upload_time).await?,
        Reads::Form | Reads::Nothing | Reads::Made => {
            timeout_at(begun + limits.form_time, coming.all())
                .await
                .map_err(|_| Undelivered::Late)??;
        }
    }
    Ok(coming.got.into())
}

struct Coming {
    body: Body,
    most: usize,
    got: Vec<u8>,
}

impl Coming {
    /// Reads to the end. Given up in the middle it loses nothing that has come.
    async fn all(&mut self) -> Result<(), Undelivered> {
        while let Some(frame) = self.body.frame().await {
            let frame = frame.map_err(|_| Undelivered::Broken)?;
            if let Some(data) = frame.data_ref() {
                if self.got.len() + data.len() > self.most {
                    return Err(Undelivered::TooLarge);
                }
                self.got.extend_from_slice(data);
            }
        }
        Ok(())
    }

    /// Reads to the end as long as it moves: a large file over a slow line may take
    /// its time, one that drips may not.
    async fn steadily(&mut self, limits: &Limits, until: Instant) -> Result<(), Undelivered> {
        loop {
            let before = self.got.len();
            let window = until.min(Instant::now() + limits.window);
            if let Ok(ended) = timeout_at(window, self.all()).await {
                return ended;
            }
            if self.got.len() - before < limits.least || Instant::now() >= until {
                return Err(Undelivered::Late);
            }
        }
    }
}
