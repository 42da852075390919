//! Addresses of plans, prior approvals, replies and notices.

use super::Path;

/// The plans and prior approvals that wait.
pub const WAITING_APPROVALS: Path<0> = Path::new("/approvals");
/// The register of replies.
pub const REPLIES: Path<0> = Path::new("/approvals/replies");
/// The plan of an association.
pub const PLAN: Path<1> = Path::new("/associations/{association}/plan");
/// The request with the plan as its attachment, as it is printed.
pub const REQUEST: Path<1> = Path::new("/associations/{association}/request");
/// The file of the plan alone.
pub const PLAN_FILE: Path<1> = Path::new("/associations/{association}/plan.docx");
/// The file of the reply.
pub const REPLY_FILE: Path<1> = Path::new("/associations/{association}/reply.docx");
/// A part to write.
pub const PART: Path<2> = Path::new("/associations/{association}/plan/parts/{part}");
/// A request for prior approvals.
pub const APPROVALS: Path<1> = Path::new("/associations/{association}/plan/approvals");
/// One prior approval.
pub const APPROVAL: Path<2> = Path::new("/associations/{association}/plan/approvals/{approval}");
/// The approvals to be asked for with the next submission.
pub const APPROVAL_MARKS: Path<1> = Path::new("/associations/{association}/plan/approval-marks");
/// One of them is not to be asked for.
pub const APPROVAL_UNMARKING: Path<2> =
    Path::new("/associations/{association}/plan/approvals/{approval}/unmarking");
/// Its withdrawal.
pub const APPROVAL_WITHDRAWAL: Path<2> =
    Path::new("/associations/{association}/plan/approvals/{approval}/withdrawal");
/// The office's answer to a withdrawal.
pub const WITHDRAWAL_SETTLEMENT: Path<2> =
    Path::new("/associations/{association}/plan/approvals/{approval}/settlement");
/// A plan is sent to the unit's leader for signature.
pub const PASSING: Path<1> = Path::new("/associations/{association}/plan/passing");
/// The leader sends it back.
pub const BACK: Path<1> = Path::new("/associations/{association}/plan/back");
/// The submission of a plan.
pub const SUBMISSION: Path<1> = Path::new("/associations/{association}/plan/submission");
/// It is taken back.
pub const RECALL: Path<1> = Path::new("/associations/{association}/plan/recall");
/// Its check.
pub const CHECK: Path<1> = Path::new("/associations/{association}/plan/check");
/// What the office finds of its parts.
pub const MARKS: Path<1> = Path::new("/associations/{association}/plan/marks");
/// Its return.
pub const RETURN: Path<1> = Path::new("/associations/{association}/plan/return");
/// A reply to write.
pub const NEW_REPLY: Path<1> = Path::new("/associations/{association}/plan/reply/new");
/// The reply.
pub const REPLY: Path<1> = Path::new("/associations/{association}/plan/reply");
/// A plan change asked for.
pub const CHANGES: Path<1> = Path::new("/associations/{association}/plan/changes");
/// Its rejection.
pub const CHANGE_REJECTION: Path<1> =
    Path::new("/associations/{association}/plan/change-rejection");
/// The suspension of a plan.
pub const SUSPENSION: Path<1> = Path::new("/associations/{association}/plan/suspension");
/// Its resumption.
pub const RESUMPTION: Path<1> = Path::new("/associations/{association}/plan/resumption");
/// The voiding of a reply.
pub const VOIDING: Path<1> = Path::new("/associations/{association}/plan/voiding");
/// A condition of a reply.
pub const CONDITION: Path<2> = Path::new("/associations/{association}/plan/conditions/{condition}");
/// Its report is taken back.
pub const CONDITION_RECALL: Path<2> =
    Path::new("/associations/{association}/plan/conditions/{condition}/recall");
/// Its confirmation.
pub const CONDITION_CONFIRMATION: Path<2> =
    Path::new("/associations/{association}/plan/conditions/{condition}/confirmation");
/// Its return.
pub const CONDITION_RETURN: Path<2> =
    Path::new("/associations/{association}/plan/conditions/{condition}/return");
/// The notices to linked departments.
pub const NOTICES: Path<1> = Path::new("/associations/{association}/notices");
/// The answer to a notice; with `.docx` after its number, the letter.
pub const NOTICE: Path<2> = Path::new("/associations/{association}/notices/{notice}");
/// The signature for a notice.
pub const NOTICE_SIGNATURE: Path<2> =
    Path::new("/associations/{association}/notices/{notice}/signature");
/// The beginning of a plan.
pub const BEGINNING: Path<1> = Path::new("/associations/{association}/plan/beginning");
/// The approval of a plan change.
pub const CHANGE_APPROVAL: Path<1> = Path::new("/associations/{association}/plan/change-approval");
