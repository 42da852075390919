//! Whether an item of T4 may be reported done or verified, by the register.

use chrono::NaiveDate;

use super::Holder;

/// The item that confirms that nobody is left who may hold no post.
pub const CLEARED: &str = "T4-03";
/// The item that promises that no organ recommends or arranges anybody.
const PROMISED: &str = "T4-02";
/// The item that gives the posts of an institution back.
const POSTS_BACK: &str = "T4-11";
/// The item that somebody takes part in the pension of organs and institutions.
const INSURED: &str = "T4-12";
/// Items that the register can hold up.
const JUDGED: [&str; 8] = [
    PROMISED, CLEARED, "T4-04", "T4-05", "T4-06", "T4-07", POSTS_BACK, INSURED,
];

/// What begins the key of somebody who is on the register and in no survey.
pub const OF_REGISTER: char = 'p';

/// Whether the register has to do with an item.
#[must_use]
pub fn judges(measure: &str) -> bool {
    JUDGED.contains(&measure)
}

/// Why an item of the checklist is not done, by the register of the association;
/// `object` names the person's row of the survey, `issued` the day of the scheme.
pub fn may_close(
    (measure, object): (&str, &str),
    holders: &[Holder],
    issued: NaiveDate,
) -> Result<(), String> {
    if measure == PROMISED {
        let arranged = |holder: &&Holder| holder.is_active() && holder.arranged_since(issued);
        return match holders.iter().filter(arranged).count() {
            0 => Ok(()),
            left => Err(format!(
                "任职清理台账中有{left}名人员在方案印发后由机关推荐、安排任职（PE-15），尚未纠正。"
            )),
        };
    }
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
    if measure == POSTS_BACK {
        let left = on_posts(holders).filter(|holder| holder.recovered_on.is_none());
        return match left.count() {
            0 => Ok(()),
            left => Err(format!(
                "任职清理台账中还有{left}名人员使用的事业编制尚未收回。"
            )),
        };
    }
    let Some(holder) = holder_of(object, holders) else {
        return Ok(());
    };
    let papers = matches!(holder.approval_kind.as_deref(), Some("approved" | "filed"));
    let done = match measure {
        // A filing within three years is refused when it is given (`deeds`).
        "T4-04" | "T4-05" => holder.resigned_on.is_some() || papers,
        "T4-06" => holder.resigned_on.is_some() || holder.executed(),
        "T4-07" => holder.resigned_on.is_some(),
        INSURED => holder.insured_on.is_some(),
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
        INSURED => "任职清理台账中尚未登记参加机关事业单位养老保险的确认。".to_owned(),
        _ => "任职清理台账中尚未登记辞去，也没有有关部门的审批或备案。".to_owned(),
    })
}

/// The person of an item's row of the survey.
#[must_use]
pub fn holder_of<'a>(object: &str, holders: &'a [Holder]) -> Option<&'a Holder> {
    let key = object.rsplit_once('#').map(|(_, key)| key);
    let number = key.and_then(|key| key.strip_prefix(OF_REGISTER));
    if let Some(number) = number.and_then(|number| number.parse::<i32>().ok()) {
        return holders.iter().find(|holder| holder.number == number);
    }
    holders
        .iter()
        .find(|holder| holder.survey_key.is_some() && holder.survey_key.as_deref() == key)
}

/// Those who use a post of an institution.
fn on_posts(holders: &[Holder]) -> impl Iterator<Item = &Holder> {
    let uses = |holder: &&Holder| holder.identity == "institution" && holder.is_active();
    holders.iter().filter(uses)
}

/// The days on which what an item is about was done, by the register (DN-4).
#[must_use]
pub fn days(measure: &str, object: &str, holders: &[Holder]) -> Vec<NaiveDate> {
    match measure {
        CLEARED => {
            let gone = holders.iter().filter(|holder| holder.is_forbidden());
            gone.filter_map(|holder| holder.resigned_on).collect()
        }
        POSTS_BACK => on_posts(holders)
            .filter_map(|holder| holder.recovered_on)
            .collect(),
        _ => holder_of(object, holders).map_or_else(Vec::new, |holder| settled_on(measure, holder)),
    }
}

/// When somebody's own matter was settled: gone, approved or filed, or the choice executed.
fn settled_on(measure: &str, holder: &Holder) -> Vec<NaiveDate> {
    let choice = [
        holder.chosen_on,
        holder.civil_status_ended_on,
        holder.contract_on,
        holder.placed_on,
    ];
    let days = match (measure, holder.resigned_on) {
        (INSURED, _) => vec![holder.insured_on],
        (_, Some(gone)) => vec![Some(gone)],
        ("T4-04" | "T4-05", None) => vec![holder.approval_date],
        ("T4-06", None) => choice.to_vec(),
        _ => Vec::new(),
    };
    days.into_iter().flatten().collect()
}
