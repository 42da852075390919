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

/// Says once what a machine is: the struct of its rows and their table, its states with
/// the first one and its steps, on whose desk it lies, its stable name and what people call it. The rows have
/// `id`, `version` and `state`; the case file is that of their `association`, unless the
/// last word says `alone`, or that there is one `perhaps`.
#[macro_export]
macro_rules! machine {
    ($case:ty, $table:literal, $state:ident from $first:ident by $steps:ident on $holder:path,
     $kind:literal, $name:literal $(, $alone:ident)?) => {
        impl $crate::access::Case for $case {
            type State = $state;
            const KIND: &'static str = $kind;
            const NAME: &'static str = $name;
            const STEPS: $crate::access::case::Steps<$state> = $steps;
            const FIRST: $state = $state::$first;

            fn holder(state: $state) -> &'static [$crate::access::case::Holder] {
                $holder(state)
            }

            fn row(&self) -> $crate::access::case::Row<$state> {
                $crate::access::case::Row {
                    id: self.id,
                    version: self.version,
                    state: self.state,
                    association: $crate::machine!(@file self $($alone)?),
                }
            }
        }

        $crate::moves!($case, $table);
    };
    (@file $row:ident) => { Some($row.association) };
    (@file $row:ident alone) => { None };
    (@file $row:ident perhaps) => { $row.association };
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
