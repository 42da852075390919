//! 增补、调整、撤出 of the published list (LI-8): the amendment, and with each
//! withdrawal the end of the plan and of what is open of it, in one transaction.

use crate::access::{Act, Who};
use crate::audit::Record;
use crate::database::{Database, Write};
use crate::ids::AssociationId;
use crate::roster::acts::requesting::{self, Seen};
use crate::roster::acts::{Amended, Amendment, Outcome, amend_in};
use crate::roster::rules::Refusal;
use crate::roster::store::amendments;
use crate::scheme::Scheme;

use super::ending::Ending;
use super::store;

/// Amends the list under the next number; the number. `seen` is the request on the
/// screen, where it is one request that is agreed to.
pub async fn amend(
    database: &Database,
    scheme: &Scheme,
    who: &Who,
    amendment: &Amendment,
    seen: Option<Seen>,
) -> Outcome<i32> {
    let mut write = Write::begin(database, who).await?;
    amendments::lock(&mut write).await?;
    if let Some(seen) = seen
        && let Err(refusal) = requesting::take(&mut write, seen, Act::RosterAmend).await?
    {
        return Ok(Err(refusal));
    }
    let Amended {
        number,
        title,
        mut records,
    } = match amend_in(&mut write, scheme, who, amendment).await? {
        Ok(amended) => amended,
        Err(refusal) => return Ok(Err(refusal)),
    };
    for id in amendment.withdrawn.iter().copied().map(AssociationId) {
        match end(&mut write, id, &title).await? {
            Ok(record) => records.extend(record),
            Err(refusal) => return Ok(Err(refusal)),
        }
    }
    write.record_all(records).await?;
    Ok(Ok(number))
}

/// Ends what an association that is withdrawn has under way.
async fn end(
    write: &mut Write,
    association: AssociationId,
    title: &str,
) -> Result<Result<Option<Record>, Refusal>, sqlx::Error> {
    let Some((unit, _)) = store::living(write, association).await? else {
        return Ok(Err(Refusal::Stale));
    };
    let reason = format!("协会撤出脱钩名单（{title}）");
    let ending = Ending {
        of: (association, unit),
        act: Act::RosterAmend,
        reason: &reason,
    };
    let why = |_: &str| format!("协会已撤出脱钩名单，本事项终止（{title}）");
    let closed = ending.end_in(write, why).await?;
    let sentence = format!(
        "实施方案随撤出名单终止（{title}），{}项未办结事项终止",
        closed.lapsed
    );
    Ok(Ok(ending.record(&closed, &sentence)))
}
