//! Addresses of accounts, departments and signing in.

use super::Path;

/// Signing in.
pub const SIGN_IN: Path<0> = Path::new("/login");
/// Signing out.
pub const SIGN_OUT: Path<0> = Path::new("/logout");
/// A form kept over a sign-in.
pub const RESUMPTION: Path<0> = Path::new("/resume");
/// What is typed and not saved.
pub const DRAFTS: Path<0> = Path::new("/drafts");
/// The own password.
pub const PASSWORD: Path<0> = Path::new("/password");
/// The capacity to act in.
pub const CAPACITY: Path<0> = Path::new("/capacity");
/// All accounts.
pub const ACCOUNTS: Path<0> = Path::new("/accounts");
/// A new account.
pub const NEW_ACCOUNT: Path<0> = Path::new("/accounts/new");
/// One account.
pub const ACCOUNT: Path<1> = Path::new("/accounts/{account}");
/// A new password for somebody's account.
pub const ACCOUNT_PASSWORD: Path<1> = Path::new("/accounts/{account}/password");
/// All departments.
pub const DEPARTMENTS: Path<0> = Path::new("/departments");
/// A department's name.
pub const DEPARTMENT: Path<1> = Path::new("/departments/{department}");
/// A new department.
pub const NEW_DEPARTMENT: Path<0> = Path::new("/departments/new");
/// The audit record.
pub const AUDIT: Path<0> = Path::new("/audit");
