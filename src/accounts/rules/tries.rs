//! How often a password may be tried (S6, row 43; docs/decisions/0014).
//!
//! A try is taken before the password is looked at, and given back where it was
//! right. Tries come out of allowances, which fill again one by one: of an account
//! name, of that name from one address, of an address. Names that have signed in
//! from an address have allowances of their own for it, so that failures of others
//! do not hold them up. The last tries of an allowance are kept for whoever comes
//! when nobody has asked for [`QUIET`]: while an attack goes on nobody gets them,
//! and when it stops the owner does.

use std::net::IpAddr;

use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest as _, Sha256};

/// The kept tries go to whoever comes after a pause of this length: longer than the
/// 8.64 seconds of ten thousand guesses a day, and the owner waits no longer (S6).
pub const QUIET: TimeDelta = TimeDelta::seconds(10);
/// An address is forgotten when an account has not signed in from it for so long.
pub const KNOWN_FOR: TimeDelta = TimeDelta::days(90);
/// Tries outstanding from which on the administrator's list tells of guessing.
const MANY: i32 = 9;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Everything from an address, but names known there.
    Address,
    /// A name from an address where it is not known.
    NewHere,
    /// A name from all addresses where it is not known.
    NewAnywhere,
    /// A name from an address where it is known.
    KnownHere,
    /// A name from all addresses where it is known.
    KnownAnywhere,
    /// The old password of somebody who is signed in.
    Session,
}

/// How many tries there are and how fast they come back.
#[derive(Debug, Clone, Copy)]
pub struct Allowance {
    /// Tries that may be out at a time.
    pub size: i32,
    /// Of these, the last ones, for whoever comes after [`QUIET`].
    pub kept: i32,
    /// Of these, the first ones, which no waiting comes between: a double click is
    /// two tries.
    pub at_once: i32,
    /// One comes back in this time.
    pub back_after: TimeDelta,
}

impl Kind {
    /// How the table writes it.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Address => "address",
            Self::NewHere => "new_here",
            Self::NewAnywhere => "new_anywhere",
            Self::KnownHere => "known_here",
            Self::KnownAnywhere => "known_anywhere",
            Self::Session => "session",
        }
    }

    /// Its allowance. Of one account, within any 24 hours, `NewAnywhere` gives 15 + 15
    /// tries, `KnownAnywhere` 25 + 25 and `Session` 10 + 10: 100 (S6). An address gives
    /// 15 + 45 within an hour, ten of them at once (S6, bad input 66).
    #[must_use]
    pub const fn allowance(self) -> Allowance {
        let (size, kept, at_once, back_after) = match self {
            Self::Address => (15, 5, 10, TimeDelta::seconds(80)),
            Self::NewHere => (8, 3, 3, TimeDelta::hours(3)),
            Self::NewAnywhere => (15, 6, 9, TimeDelta::minutes(96)),
            Self::KnownHere => (16, 6, 3, TimeDelta::minutes(90)),
            Self::KnownAnywhere => (25, 8, 17, TimeDelta::seconds(3_456)),
            Self::Session => (10, 0, 3, TimeDelta::minutes(144)),
        };
        Allowance {
            size,
            kept,
            at_once,
            back_after,
        }
    }
}

/// What is left of an allowance, told by the tries that are out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Spent {
    /// When the last of them will have come back.
    pub until: DateTime<Utc>,
    /// The last try that was let through.
    pub taken_at: DateTime<Utc>,
    /// The last try, refused ones included.
    pub asked_at: DateTime<Utc>,
}

impl Allowance {
    /// Tries that are out.
    #[must_use]
    pub fn out(&self, until: DateTime<Utc>, now: DateTime<Utc>) -> i32 {
        let (left, each) = ((until - now).num_milliseconds(), self.milliseconds());
        let out = (left + each - 1).div_euclid(each);
        i32::try_from(out).unwrap_or(self.size).clamp(0, self.size)
    }

    /// Takes a try, or says how long to wait for one.
    pub fn take(&self, spent: &mut Spent, now: DateTime<Utc>) -> Result<(), TimeDelta> {
        if spent.asked_at - now > QUIET {
            // The clock was set back (R15): what it said before tells nothing.
            *spent = Spent::default();
        }
        let wait = self.wait(spent, now);
        spent.asked_at = now;
        if wait > TimeDelta::zero() {
            return Err(wait);
        }
        spent.taken_at = now;
        spent.until = spent.until.max(now) + self.back_after;
        Ok(())
    }

    /// Gives a try back: the password was right, or was not looked at.
    pub fn give_back(&self, spent: &mut Spent) {
        spent.until -= self.back_after;
    }

    fn wait(&self, spent: &Spent, now: DateTime<Utc>) -> TimeDelta {
        let out = self.out(spent.until, now);
        let since = |moment: DateTime<Utc>| now - moment;
        if out >= self.size {
            let too_much = spent.until - now - self.back_after * (self.size - 1);
            return too_much.clamp(TimeDelta::seconds(1), self.back_after);
        }
        if out >= self.size - self.kept {
            let quiet = since(spent.asked_at) >= QUIET;
            return if quiet { TimeDelta::zero() } else { QUIET };
        }
        let pause = self.pause(out);
        if pause.is_zero() {
            // Whoever asked before the last one was let through, and waited for the
            // row longer, has no pause to keep.
            return pause;
        }
        pause - since(spent.taken_at)
    }

    /// Between tries of one name, once there were some: kanidm's steps.
    const fn pause(&self, out: i32) -> TimeDelta {
        if out < self.at_once {
            TimeDelta::zero()
        } else if out < 9 {
            TimeDelta::seconds(3)
        } else {
            TimeDelta::seconds(5)
        }
    }

    fn milliseconds(&self) -> i64 {
        self.back_after.num_milliseconds().max(1)
    }
}

/// One allowance in use.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Counter {
    /// What is counted.
    pub kind: Kind,
    /// Digest of the account name; empty for an address.
    pub name: Vec<u8>,
    /// The address; empty for a name wherever it is tried.
    pub address: String,
}

/// What a sign-in takes a try of, in the order in which the rows are locked.
#[must_use]
pub fn of_sign_in(name: &str, address: &str, known: bool) -> Vec<Counter> {
    let (one, all) = if known {
        (Kind::KnownHere, Kind::KnownAnywhere)
    } else {
        (Kind::NewHere, Kind::NewAnywhere)
    };
    let counter = |kind, name: Vec<u8>, address: &str| Counter {
        kind,
        name,
        address: address.to_owned(),
    };
    let mut counters = Vec::with_capacity(3);
    if !known {
        counters.push(counter(Kind::Address, Vec::new(), address));
    }
    counters.push(counter(one, digest(name), address));
    counters.push(counter(all, digest(name), ""));
    counters
}

/// What the old password takes a try of.
#[must_use]
pub fn in_session(name: &str) -> Vec<Counter> {
    vec![Counter {
        kind: Kind::Session,
        name: digest(name),
        address: String::new(),
    }]
}

/// What stands for a name: it may be a password typed in the wrong place.
#[must_use]
pub fn digest(name: &str) -> Vec<u8> {
    Sha256::digest(name.as_bytes()).to_vec()
}

/// The address as far as one client is told from another: of IPv6 the network of 64
/// bits, which one household or machine has for itself.
#[must_use]
pub fn network(address: &str) -> String {
    match address
        .parse::<IpAddr>()
        .map(|address| address.to_canonical())
    {
        Ok(IpAddr::V4(address)) => address.to_string(),
        Ok(IpAddr::V6(address)) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
        Err(_) => address.to_owned(),
    }
}

/// Whether a name is being tried so often that its administrator should know.
#[must_use]
pub fn many_out(
    new_until: Option<DateTime<Utc>>,
    known_until: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> bool {
    let out = |kind: Kind, until: Option<DateTime<Utc>>| {
        until.is_some_and(|until| kind.allowance().out(until, now) >= MANY)
    };
    out(Kind::NewAnywhere, new_until) || out(Kind::KnownAnywhere, known_until)
}

/// Whole seconds to wait, for a header and a sentence.
#[must_use]
pub fn seconds(wait: TimeDelta) -> i64 {
    (wait.num_milliseconds() + 999).div_euclid(1_000).max(1)
}

/// What the person who must wait reads (bad input 66).
#[must_use]
pub fn please_wait(seconds: i64) -> String {
    if seconds <= 120 {
        return format!("尝试过于频繁，请在{seconds}秒后重试。");
    }
    let minutes = (seconds + 59).div_euclid(60);
    format!("密码错误次数过多，请在{minutes}分钟后重试，或者请系统管理员重置密码。")
}

#[cfg(test)]
mod tests;
