//! SQL of departments.

use crate::database::Db;
use crate::ids::DepartmentId;
use crate::scheme::Choice;

/// A department as pages show it.
#[derive(Debug, Clone)]
pub struct Department {
    /// Its key.
    pub id: DepartmentId,
    /// Its code in the scheme.
    pub code: String,
    /// Full name.
    pub name: String,
    /// Short name.
    pub short_name: String,
    /// Kind by SC-1 and SC-2.
    pub kind: String,
    /// Whether the Civil Servant Law applies: applies, by_reference, none.
    pub civil_service_law: String,
    /// Competence codes.
    pub competences: Vec<String>,
    /// Supervises associations.
    pub supervises: bool,
}

/// All departments, specialist ones first. A campaign has at most some hundred.
pub async fn departments(db: &mut Db) -> Result<Vec<Department>, sqlx::Error> {
    sqlx::query_as!(
        Department,
        r#"select id as "id: DepartmentId", code, name, short_name, kind, civil_service_law, competences, supervises
           from department where campaign_id = $1 and active order by supervises, id limit 500"#,
        db.campaign(),
    )
    .fetch_all(db.connection())
    .await
}

/// The departments, as questions offer them: by code.
pub async fn choices(db: &mut Db) -> Result<Vec<Choice>, sqlx::Error> {
    let departments = departments(db).await?.into_iter();
    let choices = departments.map(|each| Choice {
        value: each.code,
        label: each.name,
    });
    Ok(choices.collect())
}

/// Adds a department; `None` where code or name is taken.
pub async fn add_department(
    db: &mut Db,
    new: &Department,
) -> Result<Option<DepartmentId>, sqlx::Error> {
    let id = sqlx::query_scalar!(
        "insert into department (campaign_id, code, name, short_name, kind, civil_service_law, competences, supervises)
         values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing returning id",
        db.campaign(),
        new.code,
        new.name,
        new.short_name,
        new.kind,
        new.civil_service_law,
        &new.competences,
        new.supervises,
    )
    .fetch_optional(db.connection())
    .await?;
    Ok(id.map(DepartmentId))
}
