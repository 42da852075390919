//! A department is named otherwise: an error is put right, or the name changes from a day on,
//! by a document (FZ-2).

use crate::access::case::{Stuck, Subject};
use crate::access::{Act, Seen};
use crate::accounts::rules::Refusal;
use crate::accounts::rules::periods::Because;
use crate::accounts::store::names as store;
use crate::audit::Record;
use crate::database::{Done, Failure, Write};
use crate::ids::DepartmentId;

/// Names a department otherwise. What was published keeps the name of its day.
pub async fn rename(
    mut write: Write,
    id: DepartmentId,
    seen: Seen,
    names: (&str, &str),
    because: &Because,
) -> Done<Refusal> {
    let found = store::lock(&mut write, id).await?;
    let before = found.ok_or(Stuck::Missing("单位"))?;
    let kind = "department";
    write.as_seen(&seen, before.version, Subject { kind, id: id.0 })?;
    let differs = (before.name.as_str(), before.short_name.as_str()) != names;
    let what = match because {
        Because::Unsaid if differs => return Err(Refusal::NoBasis.into()),
        Because::Change { on, document } if differs => {
            let earliest = write.scheme()?.campaign.parameters.issue_date;
            let begins = (*on, document.as_str(), earliest);
            if !store::begin(&mut write, id, (&before, names), begins).await? {
                return Err(Refusal::BeforeLastChange.into());
            }
            format!("单位名称变更：自{}起（{document}）", *on)
        }
        _ => {
            store::put_right(&mut write, id, names).await?;
            "更正单位名称的登记差错".to_owned()
        }
    };
    store::rename(&mut write, id, names).await.map_err(taken)?;
    let record = Record::new(Act::DepartmentChange, kind, id.0, what)
        .changed("department_name", before.name, names.0)
        .changed("department_short_name", before.short_name, names.1);
    let told = write.tell(record);
    write.finish(told).await
}

/// Another department has the name.
fn taken(error: sqlx::Error) -> Failure<Refusal> {
    match &error {
        sqlx::Error::Database(database) if database.constraint() == Some("department_name_key") => {
            Refusal::DepartmentTaken.into()
        }
        _ => error.into(),
    }
}
