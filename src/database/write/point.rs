//! One of several things that a write does in turn: where it cannot be done, what it began
//! is undone and the others stand.

use super::Write;

/// How far a write has come.
#[derive(Debug, Clone, Copy)]
#[must_use]
pub struct Point {
    told: usize,
}

impl Write {
    /// Notes how far it has come.
    pub async fn point(&mut self) -> Result<Point, sqlx::Error> {
        let told = self.records.len();
        self.say("savepoint one_of_several").await?;
        Ok(Point { told })
    }

    /// Undoes what was done, and forgets what was told, since then.
    pub async fn back_to(&mut self, point: Point) -> Result<(), sqlx::Error> {
        self.say("rollback to savepoint one_of_several").await?;
        self.records.truncate(point.told);
        Ok(())
    }

    /// Lets the statements of a write take minutes: thousands of rows at once take longer than
    /// a page may, and whoever brings them is told how far they are.
    pub async fn patient(&mut self) -> Result<(), sqlx::Error> {
        self.say("set local statement_timeout = '5min'").await?;
        self.say("set local idle_in_transaction_session_timeout = '5min'")
            .await
    }

    async fn say(&mut self, statement: &'static str) -> Result<(), sqlx::Error> {
        sqlx::query(statement).execute(self.db.connection()).await?;
        Ok(())
    }
}
