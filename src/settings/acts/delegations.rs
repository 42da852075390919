//! Letting a colleague act in one's stead for stated days, and ending that.

use crate::access::{Act, Role, Who};
use crate::audit::Record;
use crate::clock::chinese_date;
use crate::database::{Database, Write, WriteError};
use crate::ids::AccountId;
use crate::settings::rules::delegations::{Days, Refusal, may_delegate};
use crate::settings::store::delegations::{self as store, NewDelegation};

/// What a leader wants.
pub struct Wanted<'a> {
    /// Who is to act.
    pub delegate: AccountId,
    /// From day to day.
    pub days: Days,
    /// By which document.
    pub document: &'a str,
}

/// Gives the delegate the capacity in force, for these days.
pub async fn delegate(
    database: &Database,
    who: &Who,
    wanted: &Wanted<'_>,
) -> Result<Result<i64, Refusal>, WriteError> {
    let actor = &who.actor;
    let capacity = (actor.department(), actor.role());
    let mut write = Write::begin(database, who).await?;
    let others = store::lock(&mut write, actor.account, capacity).await?;
    if let Err(refusal) = may_delegate(wanted.days, who.today(), &others) {
        return Ok(Err(refusal));
    }
    let colleagues = store::colleagues(&mut write, capacity, actor.account).await?;
    let Some((delegate, name)) = colleagues
        .into_iter()
        .find(|(account, _)| *account == wanted.delegate)
    else {
        return Ok(Err(Refusal::Stranger));
    };
    let new = NewDelegation {
        from: actor.account,
        to: delegate,
        capacity,
        days: wanted.days,
        document: wanted.document,
    };
    let id = store::add(&mut write, &new, who.today()).await?;
    let sentence = format!(
        "委托{name}代行{}·{}，自{}至{}（{}）",
        actor.capacity.department_name,
        actor.role().label(),
        chinese_date(wanted.days.from),
        chinese_date(wanted.days.to),
        wanted.document
    );
    write
        .record(Record::new(
            Act::DelegationCreate,
            "delegation",
            id,
            sentence,
        ))
        .await?;
    Ok(Ok(id))
}

/// Ends a delegation before its last day: the own one, or any for the administrator.
pub async fn end(
    database: &Database,
    who: &Who,
    seen: (i64, i32),
) -> Result<Result<(), Refusal>, WriteError> {
    let administers = who.actor.role() == Role::Sysadmin;
    let given_by = (!administers).then_some(who.actor.account);
    let mut write = Write::begin(database, who).await?;
    let by = (who.today(), who.actor.name.as_str());
    let Some((delegate, principal)) = store::end(&mut write, seen, given_by, by).await? else {
        return Ok(Err(Refusal::Over));
    };
    let sentence = format!("提前结束{delegate}代行{principal}");
    write
        .record(Record::new(
            Act::DelegationEnd,
            "delegation",
            seen.0,
            sentence,
        ))
        .await?;
    Ok(Ok(()))
}
