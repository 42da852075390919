//! Where a case falls back to once a signature on it is void: by an edge of its machine,
//! with what the signature left in its row taken away.

use crate::access::{Act, Case};
use crate::audit::Record;
use crate::database::{Db, Moves, Under};
use crate::holdings::rules::book::Entry;
use crate::holdings::store as holdings;
use crate::ids::{AssociationId, DepartmentId};
use crate::plan::approvals::rules::Approval;
use crate::plan::approvals::store as approvals;
use crate::plan::conditions::store::{self as conditions, Condition};
use crate::plan::store::Plan;
use crate::posts::store as posts;
use crate::progress::acts::{self as progress, voiding};
use crate::progress::rules::Item;
use crate::registry::rules::Stage;
use crate::registry::store as registry;
use crate::signatures::CHANGED;
use crate::signatures::rules::Kind;
use crate::survey::store::Survey;
use crate::timeline::store::orders::{self, Order};
use crate::words::Word as _;
use crate::workgroups::store as workgroups;

use super::contents::Signed;

/// A signature that is void, and what differs.
#[derive(Debug)]
pub(super) struct Voided<'a> {
    pub(super) signed: &'a Signed,
    pub(super) differs: Vec<String>,
}

/// Steps the case back, and tells it.
pub(super) async fn fall(
    db: &mut Db,
    under: Under<'_>,
    voided: &Voided<'_>,
) -> Result<Record, sqlx::Error> {
    let Voided { signed, differs } = voided;
    let labels = signed.kind.labels(under.scheme, differs);
    let sentence = format!(
        "{}：{CHANGED}（{labels}），{}失效",
        signed.title,
        signed.kind.label()
    );
    let subject = signed.kind.told().subject;
    let mut record = Record::new(Act::SignatureVoid, subject, signed.case, sentence);
    if let Some(id) = signed.association {
        record = record.in_file_of(AssociationId(id));
    }
    let moved = if signed.newest {
        step_back(db, under, signed).await?
    } else {
        None
    };
    Ok(match moved {
        Some((from, to)) => record.changed("state", from, to),
        None => record,
    })
}

/// From and to, as pages call them.
type Moved = Option<(&'static str, &'static str)>;

async fn step_back(db: &mut Db, under: Under<'_>, signed: &Signed) -> Result<Moved, sqlx::Error> {
    let association = signed.association.map(AssociationId);
    match signed.kind {
        Kind::SurveySign | Kind::SurveyConfirm => {
            if let Some(id) = association {
                registry::set_survey_stage(db, id, Stage::Surveying).await?;
            }
            back::<Survey>(db, signed).await
        }
        Kind::Approval => {
            approvals::forget_answers(db, &[signed.case]).await?;
            back::<Approval>(db, signed).await
        }
        Kind::PlanSign => {
            if let Some(id) = association {
                registry::set_stage(db, id, Stage::PlanDraft).await?;
            }
            approvals::rest(db, signed.case).await?;
            back::<Plan>(db, signed).await
        }
        // Only its ordinary acts help: 作废, 变更. What comes after is held up.
        Kind::Reply => Ok(None),
        Kind::Condition => {
            conditions::forget_confirmation(db, signed.case).await?;
            back::<Condition>(db, signed).await
        }
        Kind::Post => {
            if let Some(id) = association {
                posts::touch(db, id).await?;
            }
            posts::forget_approval(db, signed.case).await?;
            Ok(None)
        }
        Kind::HoldingSign | Kind::Holding => {
            let moved = back::<Entry>(db, signed).await?;
            holdings::note_return(db, signed.case, CHANGED).await?;
            Ok(moved)
        }
        Kind::ItemVerify | Kind::ItemAccept | Kind::ItemExempt => {
            let at = (association.unwrap_or_default(), signed.case);
            let counted = voiding::forget_resolution(db, under.scheme, at).await?;
            let moved = back::<Item>(db, signed).await?;
            if let Some(unit) = counted {
                progress::recount(db, under.scheme, unit).await?;
            }
            Ok(moved)
        }
        Kind::Workgroup => {
            let unit = DepartmentId(signed.unit.unwrap_or_default());
            workgroups::unread(db, unit, &signed.part).await?;
            Ok(None)
        }
        Kind::OrderSign | Kind::OrderClose => {
            orders::forget_signature(db, signed.case, signed.kind == Kind::OrderSign).await?;
            back::<Order>(db, signed).await
        }
    }
}

/// By the machine's own edge.
async fn back<C: Case + Moves>(db: &mut Db, signed: &Signed) -> Result<Moved, sqlx::Error> {
    let of = |key: &str| {
        C::State::WORDS
            .iter()
            .copied()
            .find(|word| word.key() == key)
    };
    let to = signed.kind.told().back.and_then(of);
    let Some((from, to)) = of(&signed.state).zip(to) else {
        return Ok(None);
    };
    if !C::STEPS.contains(&(from, Act::SignatureVoid, to)) {
        return Err(sqlx::Error::Protocol(format!(
            "{} has no step back from {} to {}",
            C::KIND,
            from.key(),
            to.key()
        )));
    }
    let moved = C::move_to(db, signed.case, from, to).await?;
    Ok(moved.then_some((from.label(), to.label())))
}
