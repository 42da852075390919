//! Addresses of dockets: problems, documents and readings, reports, visits, audit.

use super::Path;

/// Problems.
pub const PROBLEMS: Path<0> = Path::new("/problems");
/// Supporting documents, readings, news.
pub const POLICIES: Path<0> = Path::new("/policies");
/// Reports.
pub const REPORTS: Path<0> = Path::new("/reports");
/// Supervision visits.
pub const VISITS: Path<0> = Path::new("/visits");
/// Audit samples and checks.
pub const AUDITS: Path<0> = Path::new("/audit-checks");
/// Fiscal funds, contracts and resettlement.
pub const FUNDS: Path<0> = Path::new("/audit-checks/funds");
/// A docket to begin.
pub const NEW: Path<1> = Path::new("/dockets/new/{process}");
/// One docket.
pub const DOCKET: Path<1> = Path::new("/dockets/{docket}");
/// What is written in it.
pub const FORM: Path<1> = Path::new("/dockets/{docket}/edit");
/// Its files.
pub const FILES: Path<1> = Path::new("/dockets/{docket}/files");
/// One of its files.
pub const FILE: Path<2> = Path::new("/dockets/{docket}/files/{file}");
/// Opinions on it.
pub const OPINIONS: Path<1> = Path::new("/dockets/{docket}/opinions");
/// That somebody begins to work on it.
pub const TAKING: Path<1> = Path::new("/dockets/{docket}/taking");
/// That it is grave.
pub const RAISING: Path<1> = Path::new("/dockets/{docket}/raising");
/// Its being passed on.
pub const SENDING: Path<1> = Path::new("/dockets/{docket}/sending");
/// Its signature.
pub const SIGNATURE: Path<1> = Path::new("/dockets/{docket}/signature");
/// Its handing to a department.
pub const ASSIGNMENT: Path<1> = Path::new("/dockets/{docket}/assignment");
/// That department's answer.
pub const ANSWER: Path<1> = Path::new("/dockets/{docket}/answer");
/// The decision on it.
pub const DECISION: Path<1> = Path::new("/dockets/{docket}/decision");
/// That it is carried out.
pub const FINISH: Path<1> = Path::new("/dockets/{docket}/finish");
/// Its acceptance.
pub const ACCEPTANCE: Path<1> = Path::new("/dockets/{docket}/acceptance");
/// Its end.
pub const CLOSING: Path<1> = Path::new("/dockets/{docket}/closing");
/// Its return.
pub const RETURN: Path<1> = Path::new("/dockets/{docket}/return");
/// Its withdrawal.
pub const WITHDRAWAL: Path<1> = Path::new("/dockets/{docket}/withdrawal");
/// Its next edition.
pub const REVISION: Path<1> = Path::new("/dockets/{docket}/revision");

/// The list of a process within its group's.
#[must_use]
pub fn list(group: &str, process: &str) -> String {
    format!("/{group}?process={process}")
}

/// The docket that an address leads to.
#[must_use]
pub fn docket_in(address: &str) -> Option<i64> {
    let rest = address.strip_prefix("/dockets/")?;
    rest.split(['/', '?', '#']).next()?.parse().ok()
}

/// Whether an address stands below an association.
#[must_use]
pub fn is_below(address: &str) -> bool {
    address.starts_with("/associations/")
}
