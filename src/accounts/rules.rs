//! Passwords, tries of them, and who may hold which capacity.

pub mod incoming;
pub mod periods;
pub mod tries;

use crate::access::Role;
use crate::database::Explain;

/// Fewest characters of a password (security.md 45).
pub const SHORTEST: usize = 12;
/// Most characters; longer ones are refused without hashing (S8).
pub const LONGEST: usize = 128;

/// Words that a password must not rest on, beside those of the scheme's place
/// (security.md 44).
const CONTEXT_WORDS: [&str; 4] = ["tuogou", "password", "mima", "脱钩"];

/// Why an act on accounts or departments is not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Another account has the user name.
    UsernameTaken,
    /// Another department has the code or the name.
    DepartmentTaken,
    /// A name reads otherwise, and nobody says whether it was wrong or has changed.
    NoBasis,
    /// A change from a day before the last one.
    BeforeLastChange,
}

impl Explain for Refusal {
    fn explain(&self) -> String {
        match self {
            Self::UsernameTaken => "已有账号用了这个用户名，请换一个。",
            Self::DepartmentTaken => "已有单位用了这个名称或代号，请核对。",
            Self::NoBasis => "名称有改动，请选择是更正登记差错还是变更。",
            Self::BeforeLastChange => "变更日期早于上一次变更的日期。",
        }
        .to_owned()
    }

    fn field(&self) -> Option<(&'static str, &'static str)> {
        Some(match self {
            Self::UsernameTaken => ("username", "用户名"),
            Self::DepartmentTaken => ("name", "名称"),
            Self::NoBasis => ("basis", "改动的性质"),
            Self::BeforeLastChange => ("changed_on", "变更日期"),
        })
    }
}

/// Why a new password cannot be taken, in the user's words.
#[must_use]
pub fn password_problem(
    new: &str,
    username: &str,
    old: Option<&str>,
    guessable: &[String],
) -> Option<String> {
    let length = new.chars().count();
    let lower = new.to_lowercase();
    if length < SHORTEST {
        return Some(format!("密码至少{SHORTEST}个字符，现有{length}个。"));
    }
    if length > LONGEST {
        return Some(format!("密码最多{LONGEST}个字符。"));
    }
    if old == Some(new) {
        return Some("新密码不能与原密码相同。".to_owned());
    }
    if !username.is_empty() && lower.contains(&username.to_lowercase()) {
        return Some("密码不能包含用户名。".to_owned());
    }
    let place = guessable.iter().map(String::as_str);
    if CONTEXT_WORDS
        .into_iter()
        .chain(place)
        .any(|word| lower.contains(word))
    {
        return Some("密码不能包含本地区、本系统的名称或“password”等常用词。".to_owned());
    }
    let mut distinct: Vec<char> = lower.chars().collect();
    distinct.sort_unstable();
    distinct.dedup();
    if distinct.len() < 5 {
        return Some("密码中不同的字符太少，请换一个。".to_owned());
    }
    is_sequence(&lower).then(|| "密码不能是连续的数字或字母。".to_owned())
}

/// Every character follows the one before: 123456789012, abcdefghijkl, 987654321098.
fn is_sequence(text: &str) -> bool {
    let codes: Vec<i64> = text.chars().map(|c| i64::from(u32::from(c))).collect();
    let follows = |step: i64| {
        codes.windows(2).all(|pair| match pair {
            [first, second] => second - first == step || (second - first).abs() == 9,
            _ => true,
        })
    };
    follows(1) || follows(-1)
}

/// Letters of an input method that was left on: Ａ for A, or a wide space.
#[must_use]
pub fn has_full_width(typed: &str) -> bool {
    typed
        .chars()
        .any(|c| matches!(c, '\u{ff01}'..='\u{ff5e}' | '\u{3000}'))
}

/// Which role demands which kind of department.
#[must_use]
pub fn role_fits(role: Role, competences: &[String], supervises: bool) -> bool {
    let has = |code: &str| competences.iter().any(|competence| competence == code);
    match role {
        Role::UnitClerk | Role::UnitLeader => supervises,
        Role::OfficeClerk | Role::OfficeLeader => has("OFFICE"),
        Role::CivilReg | Role::CivilLeader => has("CA"),
        Role::Ndrc => has("FG"),
        Role::Bianban => has("BB"),
        Role::Finance => has("CZ"),
        Role::Jiguan => has("JG"),
        Role::OrgDept => has("ZZ"),
        Role::Hrss => has("RS"),
        Role::Audit => has("SJ"),
        Role::Association | Role::Superior | Role::Sysadmin => true,
    }
}

#[cfg(test)]
mod tests;
