//! SQL of replies and their numbers.

use crate::database::Write;

/// The reply as it is signed.
#[derive(Debug, Clone, Copy)]
pub struct Reply<'a> {
    /// Year and serial of its number.
    pub serial: (i32, i32),
    /// The number in words.
    pub number: &'a str,
    /// Its text.
    pub text: &'a str,
    /// Its conditions.
    pub conditions: &'a [String],
}

/// Keeps the reply.
pub async fn seal(write: &mut Write, id: i64, reply: &Reply<'_>) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update plan set reply_year = $3, reply_serial = $4, reply_number = $5, reply_text = $6, conditions = $7,
             replied_on = $8, replied_by = $9
         where campaign_id = $1 and id = $2",
        write.campaign(),
        id,
        reply.serial.0,
        reply.serial.1,
        reply.number,
        reply.text,
        reply.conditions,
        write.today(),
        write.by().0,
    )
    .execute(write.connection())
    .await?;
    Ok(())
}
