//! What a row of a spreadsheet says of a unit and of somebody who signs in for it: pure, against
//! what stands and what other rows of the same sheet bring.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::access::Role;
use crate::accounts::store::{Department, Person};
use crate::ids::{AccountId, DepartmentId};
use crate::web::answer::names;
use crate::web::answer::text;

use super::role_fits;

/// Kinds of bodies that can have associations (SC-1, SC-2).
pub const KINDS: [(&str, &str); 10] = [
    ("organ", "行政机关"),
    ("party_organ", "党的机关"),
    ("npc", "人大机关"),
    ("cppcc", "政协机关"),
    ("court", "审判机关"),
    ("procuratorate", "检察机关"),
    ("mass_org", "人民团体"),
    ("ref_institution", "参照公务员法管理的事业单位"),
    ("institution", "事业单位"),
    ("enterprise", "企业"),
];

/// Roles as lists often name them: which one it is follows from the unit.
pub const BY_UNIT: [(&str, &str); 2] = [("clerk", "经办人"), ("leader", "负责人")];

/// Most characters of a unit's name and of its short name.
const NAME: usize = 60;
const SHORT: usize = 20;
/// Most characters of a user name.
const USERNAME: usize = 40;

/// Whether the Civil Servant Law applies to a kind of body.
#[must_use]
pub fn law_of(kind: &str) -> &'static str {
    match kind {
        "institution" | "enterprise" => "none",
        "mass_org" | "ref_institution" => "by_reference",
        _ => "applies",
    }
}

/// What a row changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The unit: one that stands, or the name of a new one.
    pub unit: Unit,
    /// Who signs in for it.
    pub account: Option<Account>,
}

/// The unit of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unit {
    /// It stands.
    Known(DepartmentId),
    /// This row brings it.
    New(Box<NewUnit>),
    /// Another row of the sheet brings it: the normal form of its name.
    Brought(String),
}

/// A unit that a row brings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewUnit {
    /// Its code, by which answers name it.
    pub code: String,
    /// Full name.
    pub name: String,
    /// Short name.
    pub short_name: String,
    /// One of [`KINDS`].
    pub kind: String,
}

/// An account that a row brings, or one that gets a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// It stands.
    pub known: Option<AccountId>,
    /// User name.
    pub username: String,
    /// The person.
    pub name: String,
    /// The role.
    pub role: Role,
}

/// Something wrong with a field: its name, and what.
pub type Fault = (&'static str, String);

/// What a row is held against.
pub struct Known<'a> {
    /// The units that stand.
    pub departments: &'a [Department],
    /// The accounts that stand.
    pub people: &'a [Person],
    /// The region, which short names leave out.
    pub region: &'a str,
}

/// What the rows before have brought.
#[derive(Debug, Default)]
pub struct Brought {
    units: BTreeSet<String>,
    codes: BTreeSet<String>,
    usernames: HashMap<String, (String, String)>,
}

fn said<'t>(typed: &'t BTreeMap<String, String>, field: &str) -> &'t str {
    typed.get(field).map_or("", |value| value.trim())
}

/// What a row says, and the labels of what it brings; none where all of it stands.
pub fn check(
    typed: &BTreeMap<String, String>,
    known: &Known<'_>,
    brought: &mut Brought,
) -> Result<Option<Change>, Vec<Fault>> {
    let mut faults = Vec::new();
    let unit = unit(typed, known, brought, &mut faults);
    let account = account(typed, known, brought, (&unit, &mut faults));
    if !faults.is_empty() {
        return Err(faults);
    }
    let new = matches!(unit, Unit::New(_));
    let change = Change { unit, account };
    Ok((new || change.account.is_some()).then_some(change))
}

fn unit(
    typed: &BTreeMap<String, String>,
    known: &Known<'_>,
    brought: &mut Brought,
    faults: &mut Vec<Fault>,
) -> Unit {
    let name = said(typed, "department");
    let key = names::key(name);
    let mut stand = known.departments.iter();
    let same = |unit: &&Department| {
        let bare = names::short(&unit.name, known.region);
        [&*unit.name, &*unit.short_name, bare]
            .iter()
            .any(|each| names::key(each) == key)
    };
    if let Some(unit) = stand.find(same) {
        return Unit::Known(unit.id);
    }
    if brought.units.contains(&key) {
        return Unit::Brought(key);
    }
    if name.is_empty() {
        faults.push(("department", "缺单位名称，请填写。".to_owned()));
    } else if let Err(why) = text::parse(name, NAME) {
        faults.push(("department", why));
    }
    let short = match said(typed, "short_name") {
        "" => names::short(name, known.region),
        short => short,
    };
    if let Err(why) = text::parse(short, SHORT) {
        faults.push(("short_name", why));
    }
    let kind = match said(typed, "kind") {
        "" => "organ",
        kind => kind,
    };
    brought.units.insert(key);
    Unit::New(Box::new(NewUnit {
        code: code(short, known, brought),
        name: name.to_owned(),
        short_name: short.to_owned(),
        kind: kind.to_owned(),
    }))
}

/// A code of its own: the letters of the short name.
fn code(short: &str, known: &Known<'_>, brought: &mut Brought) -> String {
    let letters: String = names::initials(short).chars().take(16).collect();
    let letters = if letters.is_empty() {
        "unit".to_owned()
    } else {
        letters
    };
    let taken = |code: &String, brought: &Brought| {
        brought.codes.contains(code) || known.departments.iter().any(|unit| unit.code == *code)
    };
    let numbered = (2..).map(|number: u32| format!("{letters}{number}"));
    let mut codes = std::iter::once(letters.clone()).chain(numbered);
    let code = codes.find(|code| !taken(code, brought)).unwrap_or_default();
    brought.codes.insert(code.clone());
    code
}

fn account(
    typed: &BTreeMap<String, String>,
    known: &Known<'_>,
    brought: &mut Brought,
    (unit, faults): (&Unit, &mut Vec<Fault>),
) -> Option<Account> {
    let (name, role) = (said(typed, "person"), said(typed, "role"));
    let given = said(typed, "username");
    if name.is_empty() && role.is_empty() && given.is_empty() {
        return None;
    }
    if name.is_empty() {
        faults.push(("person", "填了用户名或者角色的，请填写姓名。".to_owned()));
    }
    let role = role_of(role, unit, known, faults)?;
    if given.is_empty()
        && let Some(what) = namesake(name, unit, known, brought)
    {
        faults.push(("username", what));
        return None;
    }
    let username = username(name, given, known, (brought, faults))?;
    let found = known
        .people
        .iter()
        .find(|person| person.username == username);
    let said_as = (names::key(name), unit_key(unit));
    if let Some(other) = brought.usernames.get(&username) {
        let same = other.0 == said_as.0;
        if !same {
            let what = format!("用户名{username}在表中给了两个人，请核对。");
            faults.push(("username", what));
            return None;
        }
    }
    brought.usernames.insert(username.clone(), said_as);
    if let Some(person) = found {
        if names::key(&person.name) != names::key(name) {
            let what = format!("用户名{username}已是{}的，请核对。", person.name);
            faults.push(("username", what));
            return None;
        }
        let held = person
            .capacities
            .iter()
            .any(|(department, _, held)| *held == role && *unit == Unit::Known(*department));
        if held {
            return None;
        }
    }
    Some(Account {
        known: found.map(|person| AccountId(person.id)),
        username,
        name: name.to_owned(),
        role,
    })
}

/// Somebody of the same name in another unit: whether that is the same person is not guessed.
fn namesake(name: &str, unit: &Unit, known: &Known<'_>, brought: &Brought) -> Option<String> {
    let key = names::key(name);
    let here = unit_key(unit);
    let mut said = brought.usernames.values();
    let elsewhere = said.any(|(person, of)| *person == key && *of != here);
    let mut people = known
        .people
        .iter()
        .filter(|person| names::key(&person.name) == key);
    let stands = people.any(|person| {
        let mut capacities = person.capacities.iter();
        !capacities.any(|(department, ..)| *unit == Unit::Known(*department))
    });
    (elsewhere || stands).then(|| {
        format!(
            "其他单位也有名为{name}的人员：是同一人的，填写同一个用户名；不是的，填写不同的用户名。"
        )
    })
}

fn unit_key(unit: &Unit) -> String {
    match unit {
        Unit::Known(id) => id.to_string(),
        Unit::New(new) => names::key(&new.name),
        Unit::Brought(key) => key.clone(),
    }
}

fn role_of(said: &str, unit: &Unit, known: &Known<'_>, faults: &mut Vec<Fault>) -> Option<Role> {
    let of = match unit {
        Unit::Known(id) => known.departments.iter().find(|each| each.id == *id),
        Unit::New(_) | Unit::Brought(_) => None,
    };
    let (competences, supervises) = of.map_or((&[][..], true), |unit| {
        (&*unit.competences, unit.supervises)
    });
    let role = match said {
        "" => {
            faults.push(("role", "请填写角色。".to_owned()));
            return None;
        }
        "clerk" | "leader" => by_unit(said, competences, supervises),
        key => Role::from_key(key),
    };
    let fits =
        role.filter(|role| *role != Role::Association && role_fits(*role, competences, supervises));
    if fits.is_none() {
        faults.push(("role", "这个角色与单位的职责不符，请核对。".to_owned()));
    }
    fits
}

/// 经办人 or 负责人 of a unit, whatever else it is.
fn by_unit(said: &str, competences: &[String], supervises: bool) -> Option<Role> {
    let (clerk, leader) = match competences {
        _ if supervises => (Role::UnitClerk, Role::UnitLeader),
        competences if competences.iter().any(|code| code == "OFFICE") => {
            (Role::OfficeClerk, Role::OfficeLeader)
        }
        competences if competences.iter().any(|code| code == "CA") => {
            (Role::CivilReg, Role::CivilLeader)
        }
        _ => return None,
    };
    Some(if said == "clerk" { clerk } else { leader })
}

/// The user name as given, else the letters of the name; the same person keeps theirs.
fn username(
    name: &str,
    given: &str,
    known: &Known<'_>,
    (brought, faults): (&Brought, &mut Vec<Fault>),
) -> Option<String> {
    if !given.is_empty() {
        let fits = given.chars().count() <= USERNAME
            && given
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if !fits {
            let what = "用户名只能用小写字母、数字和短横线。".to_owned();
            faults.push(("username", what));
            return None;
        }
        return Some(given.to_owned());
    }
    if name.is_empty() {
        return None;
    }
    let letters: String = names::spelled(name).chars().take(USERNAME - 4).collect();
    if letters.is_empty() {
        let what = "请填写用户名。".to_owned();
        faults.push(("username", what));
        return None;
    }
    let key = names::key(name);
    let others = |username: &String| {
        let stands = known
            .people
            .iter()
            .any(|person| person.username == *username && names::key(&person.name) != key);
        let said = brought.usernames.get(username);
        stands || said.is_some_and(|(person, _)| *person != key)
    };
    let numbered = (2..).map(|number: u32| format!("{letters}{number}"));
    let mut free = std::iter::once(letters.clone()).chain(numbered);
    free.find(|username| !others(username))
}
