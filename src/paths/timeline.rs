//! Addresses of tasks, changes, reminders and supervision orders.

use super::Path;

/// All tasks.
pub const TIMELINE: Path<0> = Path::new("/timeline");
/// One task.
pub const TASK: Path<1> = Path::new("/timeline/{task}");
/// Who kept their time.
pub const PUNCTUALITY: Path<0> = Path::new("/punctuality");
/// What has changed since the last visit.
pub const CHANGES: Path<0> = Path::new("/changes");
/// The reminders.
pub const REMINDERS: Path<0> = Path::new("/reminders");
/// Reminders before they are sent.
pub const REMINDER_PREVIEW: Path<0> = Path::new("/reminders/preview");
/// One reminder.
pub const REMINDER: Path<1> = Path::new("/reminders/{reminder}");
/// The receipt for a reminder.
pub const REMINDER_RECEIPT: Path<1> = Path::new("/reminders/{reminder}/acknowledgement");
/// A supervision order to be kept as a draft.
pub const ORDERS: Path<0> = Path::new("/reminders/orders");
/// A supervision order to write.
pub const NEW_ORDER: Path<0> = Path::new("/reminders/orders/new");
/// One supervision order.
pub const ORDER: Path<1> = Path::new("/reminders/orders/{order}");
/// Its signature.
pub const ORDER_SIGNATURE: Path<1> = Path::new("/reminders/orders/{order}/signature");
/// Its end as a draft.
pub const ORDER_DISCARDING: Path<1> = Path::new("/reminders/orders/{order}/discarding");
/// The receipt for it.
pub const ORDER_RECEIPT: Path<1> = Path::new("/reminders/orders/{order}/acknowledgement");
/// The answer to it.
pub const ORDER_ANSWER: Path<1> = Path::new("/reminders/orders/{order}/answer");
/// The return of the answer.
pub const ORDER_RETURN: Path<1> = Path::new("/reminders/orders/{order}/return");
/// Its closing.
pub const ORDER_CLOSING: Path<1> = Path::new("/reminders/orders/{order}/closing");
