//! Signing in and out, passwords, people and departments.

use crate::access::session::{self, Token};
use crate::access::{Act, Capacity, Request, Role, Who};
use crate::audit::Record;
use crate::database::{Database, Write, WriteError};
use crate::ids::{AccountId, CapacityId, DepartmentId};

use super::passwords;
use super::rules::tries;
use super::store::{self, Credentials, Department};
use super::tries::Try;
use crate::web::Program;

/// Begins a session for verified credentials, gives the try back and remembers the
/// address; returns the secret for the cookie.
pub async fn sign_in(
    database: &Database,
    request: &Request,
    (credentials, capacity, counted): (&Credentials, CapacityId, Try),
    parked: Option<(&str, &str)>,
) -> Result<Token, SignInError> {
    let token = Token::draw()?;
    let now = request.wall.to_utc();
    let mut write = Write::begin_as(database, None, request).await?;
    let campaign = write.campaign();
    store::begin_session(
        write.connection(),
        campaign,
        &token,
        (credentials.account, capacity),
        now,
    )
    .await?;
    if let Some(parked) = parked {
        store::park(&mut write, &token, parked, now).await?;
    }
    if let Some((actor, _)) =
        session::behind(write.connection(), &token, now, request.today()).await?
    {
        write.sign_as(&actor);
    }
    store::tries::remember(
        &mut write,
        credentials.account,
        &tries::network(&request.address),
        (now, now - tries::KNOWN_FOR),
    )
    .await?;
    counted.give_back_in(write.connection()).await?;
    let sentence = format!("{}登录", credentials.name);
    write
        .record(Record::new(
            Act::SignIn,
            "account",
            credentials.account.0,
            sentence,
        ))
        .await?;
    Ok(token)
}

/// Why a session could not begin.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// No randomness to be had.
    #[error(transparent)]
    Random(#[from] getrandom::Error),
    /// The write failed.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// The database failed.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Records a try that failed; it was counted before. The name typed may be a password
/// typed in the wrong place, so the record does not carry it.
pub async fn refuse_sign_in(database: &Database, request: &Request) -> Result<(), WriteError> {
    Write::begin_as(database, None, request)
        .await?
        .record(
            Record::new(
                Act::SignInRefused,
                "account",
                0,
                "登录失败：用户名或密码错误",
            )
            .refused(),
        )
        .await
}

/// Ends the session.
pub async fn sign_out(database: &Database, who: &Who, token: &Token) -> Result<(), WriteError> {
    let mut write = Write::begin(database, who).await?;
    store::end_session(write.connection(), token).await?;
    write
        .record(Record::new(
            Act::SignOut,
            "account",
            who.actor.account.0,
            format!("{}退出", who.actor.name),
        ))
        .await
}

/// Sets the own password and ends all other sessions (S5).
pub async fn change_password(
    database: &Database,
    who: &Who,
    token: Option<&Token>,
    hash: &str,
) -> Result<(), WriteError> {
    let account = who.actor.account;
    let mut write = Write::begin(database, who).await?;
    store::set_password(&mut write, account, hash, false).await?;
    store::end_sessions(&mut write, account, token).await?;
    write
        .record(Record::new(
            Act::PasswordChange,
            "account",
            account.0,
            "修改本人密码",
        ))
        .await
}

/// Goes on in another capacity that the person holds.
pub async fn switch_capacity(
    database: &Database,
    who: &Who,
    token: &Token,
    capacity: &Capacity,
) -> Result<(), WriteError> {
    let mut write = Write::begin(database, who).await?;
    store::choose_capacity(&mut write, token, capacity.id).await?;
    let sentence = format!(
        "切换身份为{}·{}",
        capacity.department_name,
        capacity.role.label()
    );
    write
        .record(Record::new(
            Act::CapacitySwitch,
            "account",
            who.actor.account.0,
            sentence,
        ))
        .await
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
    /// The association of an association's account.
    pub association: Option<i64>,
}

/// Makes an account; `None` where the user name is taken.
pub async fn create_account(
    database: &Database,
    who: &Who,
    new: &NewAccount,
) -> Result<Option<AccountId>, WriteError> {
    let mut write = Write::begin(database, who).await?;
    let now = who.request.wall.to_utc();
    let parts = (new.username.as_str(), new.name.as_str(), new.hash.as_str());
    let Some(account) = store::add_account(&mut write, parts, now).await? else {
        return Ok(None);
    };
    store::add_capacity(
        &mut write,
        account,
        (new.department, new.role),
        new.association,
    )
    .await?;
    let sentence = format!(
        "新建账号{}（{}），身份为{}",
        new.username,
        new.name,
        new.role.label()
    );
    write
        .record(Record::new(
            Act::AccountCreate,
            "account",
            account.0,
            sentence,
        ))
        .await?;
    Ok(Some(account))
}

/// What may change on an account.
pub struct AccountChange {
    /// The account.
    pub account: AccountId,
    /// The version seen.
    pub version: i32,
    /// The person's name.
    pub name: String,
    /// May not sign in.
    pub disabled: bool,
    /// A capacity to add.
    pub add: Option<(DepartmentId, Role)>,
    /// A capacity to take away.
    pub remove: Option<(DepartmentId, Role)>,
}

/// Changes an account; false where somebody else changed it meanwhile.
pub async fn change_account(
    database: &Database,
    who: &Who,
    change: &AccountChange,
) -> Result<bool, WriteError> {
    let mut write = Write::begin(database, who).await?;
    let disabled_at = change.disabled.then(|| who.request.wall.to_utc());
    let seen = (change.account.0, change.version);
    if !store::change_account(&mut write, seen, &change.name, disabled_at).await? {
        return Ok(false);
    }
    if let Some(capacity) = change.add {
        store::add_capacity(&mut write, change.account, capacity, None).await?;
    }
    if let Some(capacity) = change.remove {
        store::remove_capacity(&mut write, change.account, capacity).await?;
    }
    if change.disabled {
        store::end_sessions(&mut write, change.account, None).await?;
    }
    let record = Record::new(
        Act::AccountChange,
        "account",
        change.account.0,
        format!("修改账号（{}）", change.name),
    )
    .changed("disabled", false, change.disabled)
    .changed("added", "", change.add.map_or("", |(_, role)| role.key()))
    .changed(
        "removed",
        "",
        change.remove.map_or("", |(_, role)| role.key()),
    );
    write.record(record).await?;
    Ok(true)
}

/// Sets a first password again; every session of the account ends, and what was
/// tried of the old one is forgotten, so that nobody waits for their own mistakes.
pub async fn reset_password(
    database: &Database,
    who: &Who,
    account: AccountId,
    hash: &str,
) -> Result<(), WriteError> {
    let mut write = Write::begin(database, who).await?;
    store::set_password(&mut write, account, hash, true).await?;
    store::tries::forget(&mut write, account).await?;
    store::end_sessions(&mut write, account, None).await?;
    write
        .record(Record::new(
            Act::AccountReset,
            "account",
            account.0,
            "重置密码",
        ))
        .await
}

/// Adds a department; `None` where code or name is taken.
pub async fn create_department(
    database: &Database,
    who: &Who,
    new: &Department,
) -> Result<Option<DepartmentId>, WriteError> {
    let mut write = Write::begin(database, who).await?;
    let Some(id) = store::add_department(&mut write, new).await? else {
        return Ok(None);
    };
    write
        .record(Record::new(
            Act::DepartmentCreate,
            "department",
            id.0,
            format!("新增单位{}", new.name),
        ))
        .await?;
    Ok(Some(id))
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
    /// The write failed.
    #[error(transparent)]
    Write(#[from] WriteError),
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
    write
        .record(Record::new(
            Act::AccountCreate,
            "account",
            account.0,
            format!("在服务器上新建系统管理员{username}"),
        ))
        .await?;
    Ok(password)
}
