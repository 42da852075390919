//! Addresses of the workbench, the dashboard and the statistics.

use super::Path;

/// The workbench.
pub const WORKBENCH: Path<0> = Path::new("/");
/// The dashboard.
pub const DASHBOARD: Path<0> = Path::new("/dashboard");
/// The statistics.
pub const STATISTICS: Path<0> = Path::new("/statistics");
/// Five tracks of each association.
pub const TRACKS: Path<0> = Path::new("/dashboard/tracks");
/// Every list and ledger that can be taken out.
pub const LEDGERS: Path<0> = Path::new("/ledgers");
