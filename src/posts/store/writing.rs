//! What writes into the register.

use chrono::NaiveDate;

use crate::database::{Db, Write};
use crate::ids::AssociationId;
use crate::posts::rules::Holder;

/// Holds the names of people until this transaction ends: who enters, changes or
/// declares a person of one of these names elsewhere waits, so that two registers are
/// never found in order at once for a person who is on both (PE-5, PE-11). Taken in
/// the order of the keys, so that two who hold several never wait for each other.
pub async fn hold_names(db: &mut Db, names: &[String]) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "select pg_advisory_xact_lock(k.key)
         from (select distinct hashtextextended(btrim(n.name), $1) as key from unnest($2::text[]) n (name) order by 1) k",
        i64::from(db.campaign()),
        names,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// Opens a register, or notes that it is filled from a later edition.
pub async fn open(
    db: &mut Db,
    association: AssociationId,
    (edition, on): (i32, NaiveDate),
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into post_register (campaign_id, association_id, survey_edition, opened_on) values ($1, $2, $3, $4)
         on conflict (campaign_id, association_id)
         do update set survey_edition = excluded.survey_edition, version = post_register.version + 1",
        db.campaign(),
        association.0,
        edition,
        on,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// Enters a person and gives key and number; none where the row of the survey is
/// entered already.
#[expect(
    clippy::cognitive_complexity,
    reason = "one statement with many columns"
)]
pub async fn add(
    db: &mut Db,
    association: AssociationId,
    entry: &Holder,
    (survey_key, on): (Option<&str>, NaiveDate),
) -> Result<Option<(i64, i32)>, sqlx::Error> {
    sqlx::query!(
        "insert into post_holder (campaign_id, association_id, number, survey_key, name, sex, birth, id_tail, organ, rank,
             identity, post, is_officer, is_legal_rep, kind, post_start, term_no, terms_served, paid, pay_cents, other_posts,
             other_posts_note, retired_on, relevant, recommended, notes, added_on, is_founder)
         values ($1, $2, (select coalesce(max(number), 0) + 1 from post_holder where campaign_id = $1 and association_id = $2),
             $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27)
         on conflict on constraint post_holder_survey_key do nothing returning id, number",
        db.campaign(),
        association.0,
        survey_key,
        entry.name,
        entry.sex,
        entry.birth,
        entry.id_tail,
        entry.organ,
        entry.rank,
        entry.identity,
        entry.post,
        entry.is_officer,
        entry.is_legal_rep,
        entry.kind,
        entry.post_start,
        entry.term_no,
        entry.terms_served,
        entry.paid,
        entry.pay_cents,
        entry.other_posts,
        entry.other_posts_note,
        entry.retired_on,
        entry.relevant,
        entry.recommended,
        entry.notes,
        on,
        entry.is_founder,
    )
    .map(|row| (row.id, row.number))
    .fetch_optional(db.connection())
    .await
}

/// Writes what is known of a person anew.
#[expect(
    clippy::cognitive_complexity,
    reason = "one statement with many columns"
)]
pub async fn save(db: &mut Db, id: i64, entry: &Holder) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update post_holder set name = $3, sex = $4, birth = $5, id_tail = $6, organ = $7, rank = $8, identity = $9,
             post = $10, is_officer = $11, is_legal_rep = $12, kind = $13, post_start = $14, term_no = $15,
             terms_served = $16, paid = $17, pay_cents = $18, other_posts = $19, other_posts_note = $20, retired_on = $21,
             relevant = $22, recommended = $23, notes = $24, is_founder = $25, version = version + 1
         where campaign_id = $1 and id = $2",
        db.campaign(),
        id,
        entry.name,
        entry.sex,
        entry.birth,
        entry.id_tail,
        entry.organ,
        entry.rank,
        entry.identity,
        entry.post,
        entry.is_officer,
        entry.is_legal_rep,
        entry.kind,
        entry.post_start,
        entry.term_no,
        entry.terms_served,
        entry.paid,
        entry.pay_cents,
        entry.other_posts,
        entry.other_posts_note,
        entry.retired_on,
        entry.relevant,
        entry.recommended,
        entry.notes,
        entry.is_founder,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// Writes what was done about a person's post.
#[expect(
    clippy::cognitive_complexity,
    reason = "one statement with many columns"
)]
pub async fn change(db: &mut Db, holder: &Holder) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update post_holder set resign_by = $3, resigned_on = $4, evidence = $5, still_filed = $6, choice = $7, chosen_on = $8,
             civil_status_ended_on = $9, contract_on = $10, placed_on = $11, placement_document = $12, recovered_on = $13,
             recovery_document = $14, asked_on = $15, approval_kind = $16, approval_authority = $17, approval_number = $18,
             approval_date = $19, approval_until = $20, approval_opinion = $21, ruled_age_limit = $22,
             ruled_age_exceeded = $23, ruled_cooling_months = $24, version = $25, insured_on = $26, insurance_document = $27
         where campaign_id = $1 and id = $2",
        db.campaign(),
        holder.id,
        holder.resign_by,
        holder.resigned_on,
        holder.evidence,
        holder.still_filed,
        holder.choice,
        holder.chosen_on,
        holder.civil_status_ended_on,
        holder.contract_on,
        holder.placed_on,
        holder.placement_document,
        holder.recovered_on,
        holder.recovery_document,
        holder.asked_on,
        holder.approval_kind,
        holder.approval_authority,
        holder.approval_number,
        holder.approval_date,
        holder.approval_until,
        holder.approval_opinion,
        holder.ruled_age_limit,
        holder.ruled_age_exceeded,
        holder.ruled_cooling_months,
        holder.version,
        holder.insured_on,
        holder.insurance_document,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// The clerk changed something: what was declared must be declared again.
pub async fn touch(db: &mut Db, association: AssociationId) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update post_register set declared_on = null, version = version + 1 where campaign_id = $1 and association_id = $2",
        db.campaign(),
        association.0,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// What was approved or filed was another person or another post: it is to be asked anew.
pub async fn forget_approval(db: &mut Db, id: i64) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update post_holder set asked_on = null, approval_kind = null, approval_authority = null, approval_number = null,
             approval_date = null, approval_until = null, approval_opinion = null, ruled_age_limit = null,
             ruled_age_exceeded = null, ruled_cooling_months = null, version = version + 1
         where campaign_id = $1 and id = $2",
        db.campaign(),
        id,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// Declared today.
pub async fn declare(write: &mut Write, association: AssociationId) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update post_register set declared_on = $3, return_reason = null, version = version + 1
         where campaign_id = $1 and association_id = $2",
        write.campaign(),
        association.0,
        write.today(),
    )
    .execute(write.connection())
    .await?;
    Ok(())
}

/// Sent back with a reason.
pub async fn send_back(
    db: &mut Db,
    association: AssociationId,
    reason: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update post_register set declared_on = null, return_reason = $3, version = version + 1
         where campaign_id = $1 and association_id = $2",
        db.campaign(),
        association.0,
        reason,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// Notes since when the clean-up is confirmed, or that it no longer is (PE-18).
pub async fn set_cleared(
    db: &mut Db,
    association: AssociationId,
    on: Option<NaiveDate>,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update post_register set cleared_on = $3 where campaign_id = $1 and association_id = $2",
        db.campaign(),
        association.0,
        on,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}
