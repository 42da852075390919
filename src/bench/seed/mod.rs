//! A believable database of any size: the demonstration, told by its real acts, and
//! then multiplied by SQL in one transaction. Case-file rows are multiplied too, but
//! the audit chain is not: nobody did these acts (`audit verify` says so).

mod copy;
mod counters;
mod exceptions;
mod graph;
mod names;
mod words;

use sqlx::{ConnectOptions as _, Connection as _, PgConnection};

use crate::demo;
use crate::desk;
use crate::web::Program;

use super::BenchError;

/// Associations of a unit, about.
const ASSOCIATIONS_OF_A_UNIT: i64 = 350;

/// What was made.
#[derive(Debug, Clone, Copy)]
pub struct Seeded {
    /// Associations in the register now.
    pub associations: i64,
    /// Groups of units; each has the units of the demonstration.
    pub groups: i64,
    /// Case-file rows that no act wrote.
    pub case_file_rows: i64,
    /// The demonstration was there before, with a password of its own.
    pub was_there: bool,
}

/// Fills an empty database, or one with just the demonstration, until it has so many
/// associations. Accounts of the demonstration have `password`, and so do their copies.
pub async fn fill(
    program: &Program,
    associations: i64,
    password: &str,
) -> Result<Seeded, BenchError> {
    let was_there = !demo::is_empty(&program.database).await?;
    if was_there && !is_just_the_demonstration(program).await? {
        return Err(BenchError::NotEmpty);
    }
    if !was_there {
        demo::load(program, password).await?;
    }
    let mut connection = connect(program).await?;
    let seeded = multiply(&mut connection, program, associations).await?;
    // Outside a transaction: plans of pages must know how much there is now.
    copy::run(&mut connection, "vacuum (analyze)".to_owned()).await?;
    connection.close().await?;
    desk::rebuild(program, program.clock.today()).await?;
    // They are counted in their indexes alone where these know what is there.
    let mut connection = connect(program).await?;
    let kept = "vacuum (analyze) desk, task_standing, task_count, figure_standing, figure_count, figure_due, figure_track, holding_standing, holding_count";
    copy::run(&mut connection, kept.to_owned()).await?;
    connection.close().await?;
    Ok(Seeded {
        was_there,
        ..seeded
    })
}

async fn is_just_the_demonstration(program: &Program) -> Result<bool, BenchError> {
    let seeded = sqlx::query_scalar!(
        r#"select exists (select from seeding where campaign_id = $1) as "seeded!""#,
        program.database.campaign().0
    )
    .fetch_one(program.database.read().await?.connection())
    .await?;
    Ok(!seeded && demo::is_demonstration(&program.database).await?)
}

/// A connection of the owner: made for one long transaction that nobody waits for.
async fn connect(program: &Program) -> Result<PgConnection, BenchError> {
    let options = program.database.reached_by();
    let options = options.options([
        ("statement_timeout", "0"),
        ("lock_timeout", "0"),
        ("idle_in_transaction_session_timeout", "0"),
        ("synchronous_commit", "off"),
        ("work_mem", "128MB"),
        ("temp_buffers", "128MB"),
        ("maintenance_work_mem", "256MB"),
        ("jit", "off"),
    ]);
    Ok(options.connect().await?)
}

async fn multiply(
    connection: &mut PgConnection,
    program: &Program,
    wanted: i64,
) -> Result<Seeded, BenchError> {
    let campaign = program.database.campaign().0;
    let mut transaction = connection.begin().await?;
    trust_keys(&mut transaction).await?;
    let tables = graph::read(&mut transaction).await?;
    let told = words::told(&mut transaction).await?;
    let there = i64::try_from(told.len()).unwrap_or(i64::MAX);
    if wanted < there {
        return Err(BenchError::TooFew(there));
    }
    let units = supervising_units(&mut transaction, campaign).await?;
    let whole = (wanted - there) / there.max(1);
    let groups = (wanted / ASSOCIATIONS_OF_A_UNIT / units.max(1))
        .max(2)
        .min(whole + 1);
    let more = usize::try_from(wanted - there).unwrap_or_default();
    let named = names::copies(&told, more, groups);
    let before = case_file_rows(&mut transaction, campaign).await?;
    let plan = copy::Plan::new(&mut transaction, tables).await?;
    words::begin(&mut transaction).await?;
    plan.prepare(&mut transaction).await?;
    words::write(&mut transaction, (&named, groups)).await?;
    plan.mark_words(&mut transaction).await?;
    plan.multiply(&mut transaction).await?;
    let app = program.in_force().await?;
    counters::count_again(&mut transaction, campaign, &app.scheme).await?;
    let case_file_rows = case_file_rows(&mut transaction, campaign).await? - before;
    sqlx::query!(
        "insert into seeding (campaign_id, associations, case_file_rows, seeded_at) values ($1, $2::bigint::int, $3, now())",
        campaign,
        wanted,
        case_file_rows,
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(Seeded {
        associations: wanted,
        groups,
        case_file_rows,
        was_there: false,
    })
}

/// Asking each foreign key of each row takes half of the time. Who may turn that off
/// does: keys move by a fixed step, and a test looks at all of them afterwards.
async fn trust_keys(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    let may = sqlx::query_scalar!(
        r#"select rolsuper as "may!" from pg_roles where rolname = session_user"#
    )
    .fetch_one(&mut *connection)
    .await?;
    if may {
        copy::run(
            connection,
            "set local session_replication_role = replica".to_owned(),
        )
        .await?;
    }
    Ok(())
}

async fn supervising_units(
    connection: &mut PgConnection,
    campaign: i32,
) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!" from department where campaign_id = $1 and supervises"#,
        campaign
    )
    .fetch_one(connection)
    .await
}

async fn case_file_rows(connection: &mut PgConnection, campaign: i32) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!" from act_record where campaign_id = $1"#,
        campaign
    )
    .fetch_one(connection)
    .await
}
