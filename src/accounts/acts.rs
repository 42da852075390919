//! Signing in and out, passwords, people and departments.

use crate::access::case::{Stuck, Subject};
use crate::access::session::{self, Token};
use crate::access::{Act, Capacity, Request, Role, Seen};
use crate::audit::Record;
use crate::database::{Database, Done, Failure, Never, Write, WriteError};
use crate::ids::{AccountId, CampaignId, CapacityId, DepartmentId};

pub mod departments;
pub mod importing;

use super::passwords;
use super::rules::{Refusal, tries};
use super::store::{self, Credentials, Department, Person};
use super::tries::Try;
use crate::web::Program;

/// Somebody whose password was right.
pub struct Entering<'a> {
    /// Their account.
    pub credentials: &'a Credentials,
    /// The capacity that they begin in.
    pub capacity: CapacityId,
    /// The try that was counted; it is given back.
    pub counted: Try,
    /// Path and body of a form that waits to be sent.
    pub parked: Option<(&'a str, &'a str)>,
}

fn record(act: Act, account: AccountId, sentence: impl Into<String>) -> Record {
    Record::new(act, "account", account.0, sentence)
}

/// Begins a session for verified credentials, gives the try back and remembers the
/// address.
pub async fn sign_in(mut write: Write, token: &Token, entering: Entering<'_>) -> Done<Never> {
    let (now, today) = (write.request().wall.to_utc(), write.today());
    let (account, campaign) = (entering.credentials.account, write.campaign());
    let of = (account, entering.capacity);
    store::begin_session(write.connection(), campaign, token, of, now).await?;
    if let Some(parked) = entering.parked {
        store::park(&mut write, token, parked, now).await?;
    }
    let campaign = CampaignId(write.campaign());
    let (_, found) = session::behind(write.connection(), campaign, token, (now, today)).await?;
    if let Some((actor, _)) = found {
        write.sign_as(&actor);
    }
    let network = tries::network(&write.request().address);
    let known = (now, now - tries::KNOWN_FOR);
    store::tries::remember(&mut write, account, &network, known).await?;
    entering.counted.give_back_in(write.connection()).await?;
    let sentence = format!("{}登录", entering.credentials.name);
    let told = write.tell(record(Act::SignIn, account, sentence));
    write.finish(told).await
}

/// Records a try that failed; it was counted before. The name typed may be a password
/// typed in the wrong place, so the record does not carry it.
pub async fn refuse_sign_in(database: &Database, request: &Request) -> Result<(), WriteError> {
    let sentence = "登录失败：用户名或密码错误";
    let record = record(Act::SignInRefused, AccountId(0), sentence).refused();
    let write = Write::begin_as(database, None, request).await?;
    write.record(record).await
}

/// Ends the session.
pub async fn sign_out(mut write: Write, token: &Token) -> Done<Never> {
    store::end_session(write.connection(), token).await?;
    let name = write.actor().map_or("", |actor| actor.name.as_str());
    let record = record(Act::SignOut, write.by(), format!("{name}退出"));
    let told = write.tell(record);
    write.finish(told).await
}

/// Sets the own password and ends all other sessions (S5).
pub async fn change_password(mut write: Write, token: Option<&Token>, hash: &str) -> Done<Never> {
    let account = write.by();
    store::set_password(&mut write, account, hash, false).await?;
    store::end_sessions(&mut write, account, token).await?;
    let told = write.tell(record(Act::PasswordChange, account, "修改本人密码"));
    write.finish(told).await
}

/// Goes on in another capacity that the person holds.
pub async fn switch_capacity(mut write: Write, token: &Token, capacity: &Capacity) -> Done<Never> {
    store::choose_capacity(&mut write, token, capacity.id).await?;
    let (department, role) = (&capacity.department_name, capacity.role.label());
    let sentence = format!("切换身份为{department}·{role}");
    let record = record(Act::CapacitySwitch, write.by(), sentence);
    let told = write.tell(record);
    write.finish(told).await
}

/// A new account.
pub struct NewAccount {
    /// User name, lower case.
    pub username: String,
    /// The person.
    pub name: String,
    /// Hash of the first password.
    pub hash: String,
    /// The department acted for.
    pub department: DepartmentId,
    /// The role.
    pub role: Role,
}

/// Makes an account.
pub async fn create_account(mut write: Write, new: &NewAccount) -> Done<Refusal> {
    let now = write.request().wall.to_utc();
    let parts = (new.username.as_str(), new.name.as_str(), new.hash.as_str());
    let made = store::add_account(&mut write, parts, now).await?;
    let account = made.ok_or(Refusal::UsernameTaken)?;
    store::add_capacity(&mut write, account, (new.department, new.role), None).await?;
    let (username, name, role) = (&new.username, &new.name, new.role.label());
    let sentence = format!("新建账号{username}（{name}），身份为{role}");
    let told = write.tell(record(Act::AccountCreate, account, sentence));
    write.finish(told).await
}

/// What may change on an account.
pub struct AccountChange {
    /// The person's name.
    pub name: String,
    /// May not sign in.
    pub disabled: bool,
    /// A capacity to add.
    pub add: Option<(DepartmentId, Role)>,
    /// A capacity to take away.
    pub remove: Option<(DepartmentId, Role)>,
}

/// The account under lock, as seen.
async fn take(write: &mut Write, account: AccountId, seen: &Seen) -> Done<Refusal, Person> {
    let found = store::lock(write, account).await?;
    let person = found.ok_or(Stuck::Missing("账号"))?;
    let of = Subject {
        kind: "account",
        id: account.0,
    };
    write.as_seen(seen, person.version, of)?;
    Ok(person)
}

/// Changes an account. What it has lent ends with it, or with the capacity (TC-63).
pub async fn change_account(
    mut write: Write,
    account: AccountId,
    seen: Seen,
    change: &AccountChange,
) -> Done<Refusal> {
    let before = take(&mut write, account, &seen).await?;
    let now = write.request().wall.to_utc();
    let disabled_at = change.disabled.then(|| before.disabled_at.unwrap_or(now));
    store::change_account(&mut write, account, &change.name, disabled_at).await?;
    if let Some(capacity) = change.add {
        store::add_capacity(&mut write, account, capacity, None).await?;
    }
    if let Some(capacity) = change.remove {
        store::remove_capacity(&mut write, account, capacity).await?;
    }
    if change.disabled {
        store::end_sessions(&mut write, account, None).await?;
    }
    let role =
        |capacity: Option<(DepartmentId, Role)>| capacity.map_or("", |(_, role)| role.label());
    let sentence = format!("修改账号（{}）", change.name);
    let record = record(Act::AccountChange, account, sentence)
        .changed("disabled", before.disabled_at.is_some(), change.disabled)
        .changed("added", "", role(change.add))
        .changed("removed", "", role(change.remove));
    let told = write.tell(record);
    end_what_was_lent(&mut write, account, change).await?;
    write.finish(told).await
}

async fn end_what_was_lent(
    write: &mut Write,
    account: AccountId,
    change: &AccountChange,
) -> Result<(), sqlx::Error> {
    let (only, why) = match (change.disabled, change.remove) {
        (true, _) => (None, "账号停用"),
        (false, Some(capacity)) => (Some(capacity), "身份取消"),
        (false, None) => return Ok(()),
    };
    for ended in store::end_delegations(write, account, only).await? {
        let (principal, delegate, role) = (&change.name, &ended.delegate, ended.role.label());
        let sentence = format!("{principal}的{why}，{delegate}代行{principal}（{role}）随之结束");
        write.tell(Record::new(
            Act::DelegationEnd,
            "delegation",
            ended.id,
            sentence,
        ));
    }
    Ok(())
}

/// Sets a first password again; every session of the account ends, and what was
/// tried of the old one is forgotten, so that nobody waits for their own mistakes.
pub async fn reset_password(
    mut write: Write,
    account: AccountId,
    seen: Seen,
    hash: &str,
) -> Done<Refusal> {
    take(&mut write, account, &seen).await?;
    store::set_password(&mut write, account, hash, true).await?;
    store::tries::forget(&mut write, account).await?;
    store::end_sessions(&mut write, account, None).await?;
    let told = write.tell(record(Act::AccountReset, account, "重置密码"));
    write.finish(told).await
}

/// Adds a department.
pub async fn create_department(mut write: Write, new: &Department) -> Done<Refusal> {
    let made = store::add_department(&mut write, new).await?;
    let id = made.ok_or(Refusal::DepartmentTaken)?;
    let sentence = format!("新增单位{}", new.name);
    let record = Record::new(Act::DepartmentCreate, "department", id.0, sentence);
    let told = write.tell(record);
    write.finish(told).await
}

/// Why the first administrator could not be made.
#[derive(Debug, thiserror::Error)]
pub enum FirstError {
    /// The user name cannot be used.
    #[error(
        "user name: lower-case letters, digits and hyphens, and not taken / 用户名只能用小写字母、数字和短横线，且不能重复"
    )]
    Name,
    /// No department has the office.
    #[error("the campaign has no department with the decoupling office / 没有脱钩办公室所在的单位")]
    NoOffice,
    /// The password could not be drawn or hashed.
    #[error("the password could not be made")]
    Password,
    /// The write did not begin.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// The write failed.
    #[error(transparent)]
    Failed(#[from] Failure<Never>),
    /// The database failed.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Makes a system administrator from the console; the password must be changed at first login.
pub async fn first_administrator(program: &Program, username: &str) -> Result<String, FirstError> {
    let fits = !username.is_empty()
        && username
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if !fits {
        return Err(FirstError::Name);
    }
    let departments = store::departments(&mut program.database.read().await?).await?;
    let office = departments
        .iter()
        .find(|department| department.competences.iter().any(|code| code == "OFFICE"))
        .ok_or(FirstError::NoOffice)?;
    let mut bytes = [0_u8; 10];
    getrandom::fill(&mut bytes).map_err(|_| FirstError::Password)?;
    let password = hex::encode(bytes);
    let hash = passwords::hash(program, password.clone())
        .await
        .map_err(|_| FirstError::Password)?;
    let request = Request::internal(&program.clock);
    let mut write = Write::begin_as(&program.database, None, &request).await?;
    let parts = (username, "系统管理员", hash.as_str());
    let account = store::add_account(&mut write, parts, request.wall.to_utc())
        .await?
        .ok_or(FirstError::Name)?;
    store::add_capacity(&mut write, account, (office.id, Role::Sysadmin), None).await?;
    let sentence = format!("在服务器上新建系统管理员{username}");
    let told = write.tell(record(Act::AccountCreate, account, sentence));
    write.finish::<Never>(told).await?;
    Ok(password)
}
