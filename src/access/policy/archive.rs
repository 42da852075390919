//! 归档: an association's file as a whole (domain 2.1, 11.3 EX-19).

use crate::access::acts::acts;
use crate::access::facts::Facts;
use crate::access::{Actor, Role};

use super::{Decision, allow_if};

acts! {
    /// 脱钩档案 (domain 11.3, EX-19).
    Archive {
        ArchiveRead = "archive.read", "查看脱钩档案";
        ArchiveTake = "archive.take", "下载脱钩档案", done "已记录，档案开始下载。", free "it takes a copy away";
    }
}

/// Names of persons stand in it: for whom the register of people shows them (domain 2.1), not
/// for the association, which has its papers already.
pub(super) fn archive(actor: &Actor, act: Archive, facts: &Facts) -> Decision {
    let persons = facts.unit.is_some_and(|unit| actor.reads_persons_of(unit));
    match act {
        Archive::ArchiveRead | Archive::ArchiveTake => allow_if(
            persons && actor.role() != Role::Association,
            "脱钩档案载有个人信息，只有该协会的业务主管单位、脱钩办、组织部、人社局、编办和民政局可以下载。",
        ),
    }
}
