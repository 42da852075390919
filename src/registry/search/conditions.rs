//! What the list is narrowed by: the reader's reach, search words, filters.

use chrono::NaiveDate;
use sqlx::{Postgres, QueryBuilder};

use crate::access;
use crate::figures;
use crate::registry::names;

use super::{Horizon, Wanted};

pub(super) fn conditions(
    query: &mut QueryBuilder<Postgres>,
    (campaign, reach): (i32, access::Scope),
    wanted: &Wanted,
    horizon: Horizon,
) {
    within(query, campaign, reach);
    if let Some(words) = &wanted.words {
        let key = names::key(words);
        query
            .push(" and (a.grams @> ")
            .push_bind(names::wanted(words));
        // Bigrams can match out of order, so longer words are compared again.
        let pattern = pattern(words);
        query
            .push(" and (a.name_key like ")
            .push_bind(pattern.clone())
            .push(" or a.uscc like ")
            .push_bind(pattern.clone())
            .push(" or exists (select from association_period p")
            .push(FORMER)
            .push_bind(pattern)
            .push("))");
        if key.bytes().all(|byte| byte.is_ascii_alphabetic()) && !key.is_empty() {
            let letters = key.to_ascii_lowercase();
            query
                .push(" or (initials_pieces(a.initials) @> ")
                .push_bind(names::wanted_letters(&letters))
                .push(" and a.initials like ")
                .push_bind(format!("%{letters}%"))
                .push(")");
        }
        query.push(")");
    }
    if let Some(set) = wanted.set {
        // A set says itself which unit it counts an association with.
        figures::store::narrow(query, (campaign, set), wanted.department);
    } else if let Some(department) = wanted.department {
        query.push(" and a.department_id = ").push_bind(department);
    }
    if let Some(scope) = wanted.scope {
        query.push(" and a.scope = ").push_bind(scope.key());
    }
    if let Some(stage) = wanted.stage {
        // What has left has no stage any more.
        query
            .push(" and a.exited_on is null and a.stage = ")
            .push_bind(stage.key());
    }
    if let Some(track) = &wanted.track {
        query
            .push(" and exists (select from association_progress t where t.campaign_id = a.campaign_id and t.association_id = a.id and t.resolved < t.applicable and t.track = ")
            .push_bind(track.clone())
            .push(")");
    }
    status(query, wanted.status.as_deref(), horizon.issued);
    light(query, wanted.light.as_deref(), horizon);
}

/// Late, nearly so, or standing still; who has left has no deadline any more.
fn light(query: &mut QueryBuilder<Postgres>, light: Option<&str>, horizon: Horizon) {
    match light {
        Some("late") => {
            query.push(" and a.exited_on is null");
            due(query, " and exists", "", horizon.today);
        }
        Some("soon") => {
            query.push(" and a.exited_on is null");
            due(query, " and not exists", "", horizon.today);
            due(query, " and exists", "=", horizon.near);
        }
        Some("still") => {
            query.push(STILL).push(")");
        }
        Some("fixed") => {
            query
                .push(STILL)
                .push(") and exists (select from association_progress t where t.campaign_id = a.campaign_id and t.association_id = a.id and t.fixed_deadline < ")
                .push_bind(horizon.today)
                .push(")");
        }
        _ => {}
    }
}

/// What stands still, whatever is due.
const STILL: &str = " and exists (select from suspension s where s.campaign_id = a.campaign_id and s.association_id = a.id and s.until_on is null";

/// Living or gone, new, on the list as it stands or as it was published.
fn status(query: &mut QueryBuilder<Postgres>, status: Option<&str>, issued: NaiveDate) {
    let entry = " and exists (select from roster_entry e where e.campaign_id = a.campaign_id and e.association_id = a.id";
    match status {
        Some("living") => {
            query.push(" and a.exited_on is null");
        }
        Some("managed") => {
            query
                .push(" and a.exited_on is null and (a.registered_on < ")
                .push_bind(issued)
                .push(") is not false");
        }
        Some("pending") => {
            query
                .push(" and a.scope in ('undecided', 'defer') and a.exited_on is null and (a.registered_on < ")
                .push_bind(issued)
                .push(") is not false");
        }
        Some("exited") => {
            query.push(" and a.exited_on is not null");
        }
        Some("new") => {
            query.push(" and a.registered_on >= ").push_bind(issued);
        }
        Some("listed") => {
            query.push(entry).push(
                " and (e.publication_id is not null or e.added_by is not null) and e.withdrawn_by is null)",
            );
        }
        Some("withdrawn") => {
            query.push(entry).push(" and e.withdrawn_by is not null)");
        }
        Some("published") => {
            query.push(entry).push(" and e.publication_id is not null)");
        }
        _ => {}
    }
}

/// Whether something mandatory that is not resolved is due before (or by) a day.
fn due(query: &mut QueryBuilder<Postgres>, exists: &str, or_on: &str, day: NaiveDate) {
    query
        .push(exists)
        .push(" (select from association_progress t where t.campaign_id = a.campaign_id and t.association_id = a.id and t.next_deadline <")
        .push(or_on)
        .push(" ")
        .push_bind(day)
        .push(")");
}

/// A unit's own associations and those that it has a tie with: two short index
/// scans, where `or` would walk the whole register.
fn within(query: &mut QueryBuilder<Postgres>, campaign: i32, reach: access::Scope) {
    if let Some(department) = reach.department() {
        query
            .push(" and a.id in (select o.id from association o where o.campaign_id = ")
            .push_bind(campaign)
            .push(" and o.department_id = ")
            .push_bind(department.0)
            .push(" union all select t.association_id from tie t where t.ended_on is null and t.campaign_id = ")
            .push_bind(campaign)
            .push(" and t.department_id = ")
            .push_bind(department.0)
            // Who was told of a separation goes on seeing it once its tie is ended.
            .push(" union all select n.association_id from linked_notice n where n.sent_on is not null and n.campaign_id = ")
            .push_bind(campaign)
            .push(" and n.department_id = ")
            .push_bind(department.0)
            .push(")");
    } else if let Some(association) = reach.association() {
        query.push(" and a.id = ").push_bind(association.0);
    } else if reach.is_empty() {
        query.push(" and false");
    }
}

/// The former names and codes of an association that are like a pattern.
pub(super) const FORMER: &str = " where p.campaign_id = a.campaign_id and p.association_id = a.id and p.field in ('name', 'uscc')
    and p.until is not null and p.value_key like ";

/// What a name or code is compared with, as names are compared.
pub(super) fn pattern(words: &str) -> String {
    format!("%{}%", escaped(&names::key(words)))
}

/// `%`, `_` and `\` stand for themselves in a search (security.md B18).
fn escaped(words: &str) -> String {
    words
        .replace('\\', "\\\\")
        .replace('%', "\\%")
        .replace('_', "\\_")
}
