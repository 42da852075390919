//! Whether an item of T4 may be reported done or verified, by the register.

use super::Holder;

/// The item that confirms that nobody is left who may hold no post.
pub const CLEARED: &str = "T4-03";
/// Items that the register can hold up.
const JUDGED: [&str; 5] = [CLEARED, "T4-04", "T4-05", "T4-06", "T4-07"];

/// Whether the register has to do with an item.
#[must_use]
pub fn judges(measure: &str) -> bool {
    JUDGED.contains(&measure)
}

/// Why an item of the checklist is not done, by the register of the association;
/// `object` names the person's row of the survey.
pub fn may_close(measure: &str, object: &str, holders: &[Holder]) -> Result<(), String> {
    if measure == CLEARED {
        let left = holders
            .iter()
            .filter(|holder| holder.is_forbidden() && holder.is_active())
            .count();
        return if left == 0 {
            Ok(())
        } else {
            Err(format!(
                "任职清理台账中还有{left}名不得兼任职务的人员尚未辞去，不能确认清零。"
            ))
        };
    }
    let key = object.rsplit_once('#').map(|(_, key)| key);
    let Some(holder) = holders
        .iter()
        .find(|holder| holder.survey_key.is_some() && holder.survey_key.as_deref() == key)
    else {
        return Ok(());
    };
    let papers = matches!(holder.approval_kind.as_deref(), Some("approved" | "filed"));
    let done = match measure {
        // A filing within three years is refused when it is given (`deeds`).
        "T4-04" | "T4-05" => holder.resigned_on.is_some() || papers,
        "T4-06" => holder.resigned_on.is_some() || holder.executed(),
        "T4-07" => holder.resigned_on.is_some(),
        _ => true,
    };
    if done {
        return Ok(());
    }
    Err(match measure {
        "T4-06" if holder.choice.is_none() => "任职清理台账中本人尚未选择去留。".to_owned(),
        "T4-06" if holder.leaves() => {
            "本人选择离开，所在机关的安置文件尚未登入任职清理台账。".to_owned()
        }
        "T4-06" => {
            "本人选择留任，须退出公务员管理并签订劳动合同，任职清理台账中尚未办妥。".to_owned()
        }
        "T4-07" => "任职清理台账中尚未登记辞去日期。".to_owned(),
        _ => "任职清理台账中尚未登记辞去，也没有有关部门的审批或备案。".to_owned(),
    })
}
