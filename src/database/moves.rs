//! The one statement that sets a machine's state.

use crate::access::Case;

use super::Db;

/// A case whose state stands in a table; [`moves!`](crate::moves) says which.
pub trait Moves: Case {
    /// Sets the state and counts the version up; false if it was in another state.
    fn move_to(
        db: &mut Db,
        id: i64,
        from: Self::State,
        to: Self::State,
    ) -> impl Future<Output = Result<bool, sqlx::Error>> + Send;
}

/// Says in which table a case's state stands. The statement is made here, once for
/// each machine and checked against the database when the program is built.
#[macro_export]
macro_rules! moves {
    ($case:ty, $table:literal) => {
        impl $crate::database::Moves for $case {
            async fn move_to(
                db: &mut $crate::database::Db,
                id: i64,
                from: Self::State,
                to: Self::State,
            ) -> Result<bool, sqlx::Error> {
                let moved = sqlx::query!(
                    "update "
                        + $table
                        + " set state = $4, version = version + 1
                         where campaign_id = $1 and id = $2 and state = $3",
                    db.campaign(),
                    id,
                    from.key(),
                    to.key(),
                )
                .execute(db.connection())
                .await?;
                Ok(moved.rows_affected() == 1)
            }
        }
    };
}
