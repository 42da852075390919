//! 暂存: what somebody has typed and not saved yet, kept for them alone so that neither a closed
//! window nor another machine loses it. No part of any matter: without a record, in no list,
//! search or export, dropped once it is saved or after fourteen days (decision 0033).

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::types::Json;

use crate::database::{Database, Db};
use crate::ids::AccountId;

/// How long it is kept.
pub const KEPT: TimeDelta = TimeDelta::days(14);
/// Most forms that one account has typed into and not saved; the oldest go first.
const MOST: i64 = 40;
/// Longest address of a form.
const ADDRESS: usize = 300;

/// Names and values, as a form has them.
pub type Fields = Vec<(String, String)>;

/// What was typed into a form.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Names and values.
    pub fields: Json<Fields>,
    /// When it was last kept.
    pub kept_at: DateTime<Utc>,
}

/// The address of a form, if it can be one.
#[must_use]
pub fn address(typed: &str) -> Option<&str> {
    let fits = typed.starts_with('/') && typed.chars().count() <= ADDRESS;
    fits.then_some(typed)
}

/// What the browser sends, without what the database does not take.
#[must_use]
pub fn fields(typed: &str) -> Option<Fields> {
    let clean = |text: String| text.replace('\0', "");
    let fields: Fields = serde_json::from_str(typed).ok()?;
    let fields = fields.into_iter();
    Some(
        fields
            .map(|(name, value)| (clean(name), clean(value)))
            .collect(),
    )
}

/// What an account has typed into the form at an address and not saved.
pub async fn kept(
    db: &mut Db,
    account: AccountId,
    address: &str,
    now: DateTime<Utc>,
) -> Result<Option<Draft>, sqlx::Error> {
    sqlx::query_as!(
        Draft,
        r#"select fields as "fields: Json<Fields>", kept_at from draft
           where account_id = $1 and address = $2 and kept_at > $3"#,
        account.0,
        address,
        now - KEPT,
    )
    .fetch_optional(db.connection())
    .await
}

/// Keeps what an account has typed into the form at an address; whatever is too old, and the
/// oldest of too many, is deleted.
pub async fn keep(
    database: &Database,
    (account, address): (AccountId, &str),
    fields: &Fields,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let mut tally = database.tally().await?;
    sqlx::query!(
        "insert into draft (account_id, address, fields, kept_at) values ($1, $2, $3, $4)
         on conflict (account_id, address) do update set fields = $3, kept_at = $4",
        account.0,
        address,
        Json(fields) as _,
        now,
    )
    .execute(&mut *tally)
    .await?;
    sqlx::query!(
        "delete from draft d
         where d.kept_at <= $2
            or d.account_id = $1
               and d.kept_at < (select o.kept_at from draft o where o.account_id = $1
                                order by o.kept_at desc, o.address offset $3 limit 1)",
        account.0,
        now - KEPT,
        MOST - 1,
    )
    .execute(&mut *tally)
    .await?;
    tally.commit().await
}

/// Forgets what an account has typed into the form at an address: it is saved, or given up.
pub async fn forget(
    database: &Database,
    account: AccountId,
    address: &str,
) -> Result<(), sqlx::Error> {
    let mut tally = database.tally().await?;
    sqlx::query!(
        "delete from draft where account_id = $1 and address = $2",
        account.0,
        address,
    )
    .execute(&mut *tally)
    .await?;
    tally.commit().await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_form_can_be_is_kept() {
        assert_eq!(
            address("/associations/1/survey/sections/base"),
            Some("/associations/1/survey/sections/base")
        );
        for wrong in [
            "",
            "associations",
            "https://example.test/",
            &format!("/{}", "a".repeat(300)),
        ] {
            assert_eq!(address(wrong), None, "{wrong}");
        }
        let typed = r#"[["SV-01","协\u0000会"],["SV-01","二"]]"#;
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(
            fields(typed),
            Some(vec![pair("SV-01", "协会"), pair("SV-01", "二")])
        );
        for wrong in ["", "{}", "[1]", r#"[["a"]]"#] {
            assert_eq!(fields(wrong), None, "{wrong}");
        }
    }
}
