//! SQL of the register of registration.

use chrono::NaiveDate;

use crate::database::{Db, Write};
use crate::ids::{AccountId, AssociationId};
use crate::machine;

use super::rules::{
    Application, Kind, Organ, Outcome, Registration, STEPS, State, SupervisorColumn, Verdict, Votes,
};

machine!(Registration, "registration", State from Received by STEPS on crate::registrations::rules::holder,
    "registration", "登记和备案");

/// An entry as its row has it.
struct Stored {
    id: i64,
    association: AssociationId,
    kind: Kind,
    state: State,
    organ: Option<Organ>,
    met_on: Option<NaiveDate>,
    entitled: Option<i32>,
    present: Option<i32>,
    agreed: Option<i32>,
    consented_on: Option<NaiveDate>,
    content: Option<String>,
    applied_on: NaiveDate,
    decided_on: Option<NaiveDate>,
    document: Option<String>,
    column: Option<SupervisorColumn>,
    opinion: Option<String>,
    entered_by: Option<AccountId>,
    decided_by: Option<AccountId>,
    version: i32,
}

impl From<Stored> for Registration {
    fn from(row: Stored) -> Self {
        let verdict = match row.state {
            State::Received => None,
            State::Granted => Some(Verdict::Granted),
            State::Refused => Some(Verdict::Refused),
        };
        let votes = row.entitled.zip(row.present).zip(row.agreed);
        let decided = verdict.zip(row.decided_on);
        Self {
            id: row.id,
            association: row.association,
            kind: row.kind,
            state: row.state,
            application: Application {
                organ: row.organ,
                met_on: row.met_on,
                votes: votes.map(|((entitled, present), agreed)| Votes {
                    entitled,
                    present,
                    agreed,
                }),
                consented_on: row.consented_on,
                content: row.content,
                applied_on: row.applied_on,
            },
            outcome: decided.map(|(verdict, decided_on)| Outcome {
                verdict,
                decided_on,
                document: row.document,
                column: row.column,
                opinion: row.opinion,
            }),
            entered_by: row.entered_by,
            decided_by: row.decided_by,
            version: row.version,
        }
    }
}

macro_rules! select_registrations {
    ($tail:literal, $($argument:expr),+) => {
        sqlx::query_as!(
            Stored,
            r#"select id, association_id as "association: AssociationId", kind as "kind: Kind", state as "state: State",
                      organ as "organ: Organ", met_on, entitled, present, agreed, consented_on, content, applied_on,
                      decided_on, document, supervisor_column as "column: SupervisorColumn", opinion,
                      entered_by as "entered_by: AccountId", decided_by as "decided_by: AccountId", version
               from registration where campaign_id = $1 and association_id = $2 "# + $tail,
            $($argument),+
        )
    };
}

/// An association's entries, the newest first.
pub async fn entries(
    db: &mut Db,
    association: AssociationId,
) -> Result<Vec<Registration>, sqlx::Error> {
    let rows = select_registrations!(
        "order by applied_on desc, id desc limit 500",
        db.campaign(),
        association.0
    )
    .fetch_all(db.connection())
    .await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// One entry of an association.
pub async fn entry(
    db: &mut Db,
    association: AssociationId,
    id: i64,
) -> Result<Option<Registration>, sqlx::Error> {
    let row = select_registrations!("and id = $3", db.campaign(), association.0, id)
        .fetch_optional(db.connection())
        .await?;
    Ok(row.map(Into::into))
}

/// Locks an entry.
pub async fn lock(
    db: &mut Db,
    association: AssociationId,
    id: i64,
) -> Result<Option<Registration>, sqlx::Error> {
    let row = select_registrations!("and id = $3 for update", db.campaign(), association.0, id)
        .fetch_optional(db.connection())
        .await?;
    Ok(row.map(Into::into))
}

/// Enters what was received; its number.
pub async fn add(
    write: &mut Write,
    (association, kind): (AssociationId, Kind),
    application: &Application,
) -> Result<i64, sqlx::Error> {
    let by = write.account().map(|id| id.0);
    let id = sqlx::query_scalar!(
        "insert into registration (campaign_id, association_id, kind, applied_on, entered_by)
         values ($1, $2, $3, $4, $5) returning id",
        write.campaign(),
        association.0,
        kind.key(),
        application.applied_on,
        by,
    )
    .fetch_one(write.connection())
    .await?;
    note_application(write, id, application).await?;
    Ok(id)
}

/// Notes what was received.
pub async fn note_application(
    db: &mut Db,
    id: i64,
    application: &Application,
) -> Result<(), sqlx::Error> {
    let votes = application.votes;
    sqlx::query!(
        "update registration set organ = $3, met_on = $4, entitled = $5, present = $6, agreed = $7,
             consented_on = $8, content = $9, applied_on = $10
         where campaign_id = $1 and id = $2",
        db.campaign(),
        id,
        application.organ.map(Organ::key),
        application.met_on,
        votes.map(|votes| votes.entitled),
        votes.map(|votes| votes.present),
        votes.map(|votes| votes.agreed),
        application.consented_on,
        application.content,
        application.applied_on,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// Notes what became of it, beside the state.
pub async fn note_outcome(
    write: &mut Write,
    id: i64,
    outcome: &Outcome,
) -> Result<(), sqlx::Error> {
    let by = write.account().map(|id| id.0);
    sqlx::query!(
        "update registration set decided_on = $3, document = $4, supervisor_column = $5, opinion = $6, decided_by = $7
         where campaign_id = $1 and id = $2",
        write.campaign(),
        id,
        outcome.decided_on,
        outcome.document,
        outcome.column.map(SupervisorColumn::key),
        outcome.opinion,
        by,
    )
    .execute(write.connection())
    .await?;
    Ok(())
}

/// Whether the tie of the association's primary unit still stands: its 审查同意 is needed as
/// long as it does (RG-10).
pub async fn is_tied(db: &mut Db, association: AssociationId) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select exists (select from tie where campaign_id = $1 and association_id = $2
                          and is_primary and ended_on is null) as "tied!""#,
        db.campaign(),
        association.0,
    )
    .fetch_one(db.connection())
    .await
}
