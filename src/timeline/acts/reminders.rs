//! Signing for a notice; sending one is decided by what lies on desks, which stand after this
//! room (`crossings::reminding`).

use crate::access::Act;
use crate::audit::Record;
use crate::database::{Done, Stopped, Write};
use crate::timeline::rules::reminders::Refusal;
use crate::timeline::store;

/// 签收 in the department's name.
pub async fn acknowledge(mut write: Write, id: i64) -> Done<Refusal> {
    let actor = write.actor().ok_or(Stopped::Hidden)?;
    let (department, name) = (actor.department(), &actor.capacity.department_name);
    let sentence = format!("{name}签收催办通知");
    if !store::reminders::acknowledge(&mut write, id, department).await? {
        return Err(Refusal::Acknowledged.into());
    }
    let act = Act::ReminderAcknowledge;
    let told = write.tell(Record::new(act, "department", department.0, sentence));
    write.finish(told).await
}
