//! Units and accounts entered in one write, as a spreadsheet brings them.

use std::collections::{BTreeMap, HashMap};

use crate::access::{Act, Role};
use crate::accounts::rules::Refusal;
use crate::accounts::rules::incoming::{Account, Change, NewUnit, Unit, law_of};
use crate::accounts::store::{self, Department};
use crate::audit::Record;
use crate::database::{Done, Told, Write};
use crate::ids::{AccountId, DepartmentId};
use crate::web::answer::names;

/// Enters what rows bring: all of it, or the write is given up. `hashes` are those of the
/// first passwords, by user name.
pub async fn apply(
    write: &mut Write,
    changes: &[(Change, String)],
    hashes: &BTreeMap<String, String>,
) -> Done<Refusal, Vec<Told>> {
    let mut tells = Vec::new();
    let mut units: HashMap<String, DepartmentId> = HashMap::new();
    let mut accounts: HashMap<String, AccountId> = HashMap::new();
    for (change, from) in changes {
        let unit = match &change.unit {
            Unit::Known(id) => *id,
            Unit::Brought(key) => *units.get(key).ok_or(Refusal::DepartmentTaken)?,
            Unit::New(new) => {
                let id = add_unit(write, new).await?;
                units.insert(names::key(&new.name), id);
                let sentence = format!("新增单位{}（{from}）", new.name);
                let record = Record::new(Act::DepartmentCreate, "department", id.0, sentence);
                tells.push(write.tell(record));
                id
            }
        };
        let Some(account) = &change.account else {
            continue;
        };
        let id = match account
            .known
            .or_else(|| accounts.get(&account.username).copied())
        {
            Some(id) => {
                tells.push(give(write, (id, account), unit, from).await?);
                id
            }
            None => {
                let (id, told) = add(write, (account, unit), hashes, from).await?;
                tells.push(told);
                id
            }
        };
        accounts.insert(account.username.clone(), id);
    }
    Ok(tells)
}

async fn add_unit(write: &mut Write, new: &NewUnit) -> Done<Refusal, DepartmentId> {
    let department = Department {
        id: DepartmentId(0),
        code: new.code.clone(),
        name: new.name.clone(),
        short_name: new.short_name.clone(),
        civil_service_law: law_of(&new.kind).to_owned(),
        kind: new.kind.clone(),
        competences: Vec::new(),
        supervises: true,
    };
    let made = store::add_department(write, &department).await?;
    Ok(made.ok_or(Refusal::DepartmentTaken)?)
}

async fn add(
    write: &mut Write,
    (account, unit): (&Account, DepartmentId),
    hashes: &BTreeMap<String, String>,
    from: &str,
) -> Done<Refusal, (AccountId, Told)> {
    let hash = hashes.get(&account.username);
    let hash = hash.ok_or(Refusal::UsernameTaken)?;
    let now = write.request().wall.to_utc();
    let parts = (&*account.username, &*account.name, &**hash);
    let made = store::add_account(write, parts, now).await?;
    let id = made.ok_or(Refusal::UsernameTaken)?;
    store::add_capacity(write, id, (unit, account.role), None).await?;
    let (username, name, role) = (&account.username, &account.name, account.role.label());
    let sentence = format!("新建账号{username}（{name}），身份为{role}（{from}）");
    let told = write.tell(Record::new(Act::AccountCreate, "account", id.0, sentence));
    Ok((id, told))
}

/// Gives an account that stands one more role.
async fn give(
    write: &mut Write,
    (id, account): (AccountId, &Account),
    unit: DepartmentId,
    from: &str,
) -> Result<Told, sqlx::Error> {
    let role: Role = account.role;
    store::add_capacity(write, id, (unit, role), None).await?;
    let sentence = format!("修改账号（{}）（{from}）", account.name);
    let record = Record::new(Act::AccountChange, "account", id.0, sentence);
    Ok(write.tell(record.changed("added", "", role.label())))
}
