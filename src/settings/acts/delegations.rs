//! Letting a colleague act in one's stead for stated days, and ending that.

use crate::access::case::{Stuck, Subject};
use crate::access::{Act, Role, Seen};
use crate::audit::Record;
use crate::database::{Done, Stopped, Write};
use crate::ids::AccountId;
use crate::settings::rules::delegations::{Days, Refusal, may_delegate};
use crate::settings::store::delegations::{self as store, NewDelegation};

/// What a leader wants.
pub struct Wanted {
    /// Who is to act.
    pub delegate: AccountId,
    /// From day to day.
    pub days: Days,
    /// By which document.
    pub document: String,
}

/// Gives the delegate the capacity in force, for these days.
pub async fn delegate(mut write: Write, wanted: &Wanted) -> Done<Refusal> {
    let actor = write.actor().cloned().ok_or(Stopped::Hidden)?;
    let capacity = (actor.department(), actor.role());
    if !store::lock_principal(&mut write, actor.account, capacity).await? {
        return Err(Refusal::Lost.into());
    }
    let others = store::given(&mut write, actor.account, capacity).await?;
    may_delegate(wanted.days, write.today(), &others)?;
    let colleagues = store::colleagues(&mut write, capacity, actor.account).await?;
    let mut colleagues = colleagues.into_iter();
    let chosen = colleagues.find(|(account, _)| *account == wanted.delegate);
    let (delegate, name) = chosen.ok_or(Refusal::Stranger)?;
    let new = NewDelegation {
        from: actor.account,
        to: delegate,
        capacity,
        days: wanted.days,
        document: &wanted.document,
    };
    let id = store::add(&mut write, &new).await?;
    let sentence = format!(
        "委托{name}代行{}·{}，自{}至{}（{}）",
        actor.capacity.department_name,
        actor.role().label(),
        wanted.days.from,
        wanted.days.to,
        wanted.document
    );
    let record = Record::new(Act::DelegationCreate, "delegation", id, sentence);
    let told = write.tell(record);
    write.finish(told).await
}

/// Ends a delegation before its last day: the own one, or any for the administrator.
pub async fn end(mut write: Write, id: i64, seen: Seen) -> Done<Refusal> {
    let found = store::lock(&mut write, id).await?;
    let delegation = found.ok_or(Stuck::Missing("代行"))?;
    let kind = "delegation";
    write.as_seen(&seen, delegation.version, Subject { kind, id })?;
    let mut actor = write.actor().into_iter();
    let theirs = actor
        .any(|actor| actor.role() == Role::Sysadmin || actor.account == delegation.from_account);
    if !theirs {
        return Err(Refusal::Foreign.into());
    }
    if !delegation.standing(write.today()).is_open() {
        return Err(Refusal::Over.into());
    }
    store::end(&mut write, id).await?;
    let (delegate, principal) = (delegation.delegate, delegation.principal);
    let sentence = format!("提前结束{delegate}代行{principal}");
    let told = write.tell(Record::new(Act::DelegationEnd, kind, id, sentence));
    write.finish(told).await
}
