//! Whom to call.

use chrono::NaiveDate;

use crate::database::Db;

/// A department with whom to ask there.
#[derive(Debug, Clone)]
pub struct Contact {
    /// The department's key.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// It supervises associations.
    pub supervises: bool,
    /// The unit's liaison officer.
    pub liaison: Option<String>,
    /// The officer's telephone.
    pub phone: Option<String>,
    /// Who works there with the platform.
    pub people: Option<String>,
}

/// Every department that takes part, with the liaison officer that its unit named and the
/// people who have an account there.
pub async fn contacts(db: &mut Db, today: NaiveDate) -> Result<Vec<Contact>, sqlx::Error> {
    sqlx::query_as!(
        Contact,
        r#"select d.id, d.name, d.supervises,
                  nullif(w.liaison_name, '') as "liaison?", nullif(w.liaison_phone, '') as "phone?",
                  (select string_agg(distinct a.display_name, '、' order by a.display_name)
                   from capacities_on(d.campaign_id, $2) c join account a on a.id = c.account_id and a.disabled_at is null
                   where c.department_id = d.id and c.association_id is null and c.principal_id is null
                     and c.role not in ('sysadmin', 'superior')) as "people?"
           from department d
           left join workgroup w on w.campaign_id = d.campaign_id and w.department_id = d.id
           where d.campaign_id = $1 and d.active
           order by d.id limit 500"#,
        db.campaign(),
        today,
    )
    .fetch_all(db.connection())
    .await
}

/// The decoupling office's own people whom everybody may ask (the scheme's last lines name
/// them), in the order of their names.
pub async fn office(db: &mut Db, today: NaiveDate) -> Result<Option<String>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select string_agg(distinct a.display_name, '、' order by a.display_name)
           from capacities_on($1, $2) c join account a on a.id = c.account_id and a.disabled_at is null
           where c.role = 'office_clerk' and c.principal_id is null"#,
        db.campaign(),
        today,
    )
    .fetch_one(db.connection())
    .await
}
