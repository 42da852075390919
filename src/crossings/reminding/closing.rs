//! Closing a 督办单: what of it is still open is the desk's to know, and is decided on with
//! the answer.

use crate::access::case::Subject;
use crate::access::{Act, Case as _, Seen};
use crate::database::{Db, Done, Write};
use crate::scheme::Scheme;
use crate::timeline::acts::orders as acts;
use crate::timeline::rules::orders::{Refusal, Written};
use crate::timeline::store::orders::{self, Order};

use super::still_open;

/// What a 督办单 is closed on.
pub struct Closing {
    /// Its matters that the department still has in hand.
    pub open: Vec<Written>,
    /// The 督办单 and these, as they are seen.
    pub seen: Seen,
}

impl Closing {
    /// As it stands on a day.
    pub async fn of(
        db: &mut Db,
        (scheme, today): (&Scheme, chrono::NaiveDate),
        order: &Order,
    ) -> Result<Self, sqlx::Error> {
        let mut open = orders::matters(db, order.id).await?;
        let keys: Vec<String> = open.iter().map(|each| each.matter.clone()).collect();
        let still = still_open(db, scheme, today, (order.department, &keys)).await?;
        open.retain(|each| still.contains(&each.matter));
        let head = format!("order {} {}", order.id, order.version);
        let lines = open.iter().map(|each| format!("open {}", each.matter));
        let seen = Seen::list(std::iter::once(head).chain(lines));
        Ok(Self { open, seen })
    }
}

/// Closes it. While matters of it are open it needs a reason of its own.
pub async fn close(
    mut write: Write,
    id: i64,
    seen: Seen,
    (opinion, despite): (&str, Option<&str>),
) -> Done<Refusal> {
    let scheme = write.scheme()?;
    let found = orders::lock(&mut write, id).await?;
    let mut said = opinion.to_owned();
    if let Some(order) = &found {
        let at = (&*scheme, write.today());
        let now = Closing::of(&mut write, at, order).await?;
        let kind = Order::KIND;
        write.list(&seen, &now.seen, Subject { kind, id })?;
        match (now.open.len(), despite) {
            (0, _) => {}
            (count, Some(despite)) => {
                said = format!("{opinion}\n尚有{count}项未办结而办结：{despite}");
            }
            (count, None) => return Err(Refusal::MattersOpen(count).into()),
        }
    }
    let now = Seen::version(found.as_ref().map_or(0, |order| order.version));
    let step = write.step(found, &now, Act::OrderClose).await?;
    acts::close(write, step, &said).await
}
