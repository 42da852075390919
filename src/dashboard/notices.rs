//! What the workbench tells besides the to-dos: who acts for whom, comments to
//! read, and matters that nobody is left to handle (TC-63).

use chrono::NaiveDate;

use crate::access::{Actor, Role};
use crate::comments::store::{self as comments, ToRead};
use crate::database::Db;
use crate::registry::rules::Stage;
use crate::settings::store::delegations::{self, Delegation};
use crate::web::Error;

use super::store::unattended::{self, Waiting};

/// Everything of it.
pub struct Notices {
    /// Sentences about delegations in force.
    pub delegations: Vec<String>,
    /// Comments that the department is asked to read.
    pub to_read: Vec<ToRead>,
    /// Matters without anybody to handle them.
    pub unattended: Vec<Unattended>,
    /// The reader can do something about that.
    pub administers: bool,
}

/// A capacity that nobody holds, with what waits for it.
pub struct Unattended {
    /// The department.
    pub department: String,
    /// 业务主管单位负责人.
    pub role: &'static str,
    /// 摸底调查待报送3件.
    pub matters: String,
}

/// What a person is told.
pub async fn of(db: &mut Db, actor: &Actor, today: NaiveDate) -> Result<Notices, Error> {
    let role = actor.role();
    let given = delegations::of_account(db, actor.account, today).await?;
    let reads = !matches!(role, Role::Association | Role::Sysadmin | Role::Superior);
    let to_read = if reads {
        comments::to_read(db, actor.department()).await?
    } else {
        Vec::new()
    };
    let all = role == Role::Sysadmin || role.is_office();
    let unattended = if all || role.is_unit() {
        let only = (!all).then(|| actor.department());
        let waiting = unattended::waiting(db, only).await?;
        let held = unattended::held(db, today).await?;
        nobody_for(&waiting, &held)
    } else {
        Vec::new()
    };
    Ok(Notices {
        delegations: given.iter().map(|each| sentence(each, actor)).collect(),
        to_read,
        unattended,
        administers: role == Role::Sysadmin,
    })
}

fn sentence(delegation: &Delegation, actor: &Actor) -> String {
    let role = delegation.role.label();
    if delegation.from_account == actor.account {
        format!(
            "您已委托{}代行{role}，至{}。",
            delegation.delegate, delegation.to_on
        )
    } else if actor.is_acting() {
        format!(
            "您正在代行{}（{role}），至{}；办理记录写明两人姓名。",
            delegation.principal, delegation.to_on
        )
    } else {
        format!(
            "{}委托您代行{role}，至{}；请先切换身份。",
            delegation.principal, delegation.to_on
        )
    }
}

/// Who must act at a stage, and what for.
const fn needed(stage: Stage) -> &'static [(Role, &'static str)] {
    match stage {
        Stage::Registered | Stage::Surveying => &[
            (Role::UnitClerk, "摸底调查待填报"),
            (Role::UnitLeader, "摸底调查待报送"),
        ],
        Stage::SurveySubmitted => &[(Role::OfficeLeader, "摸底调查待确认")],
        Stage::Listed | Stage::PlanDraft => &[
            (Role::UnitClerk, "实施方案待编制"),
            (Role::UnitLeader, "实施方案待报送"),
        ],
        Stage::PlanSubmitted => &[(Role::OfficeLeader, "实施方案待批复")],
        Stage::PlanApproved => &[(Role::UnitLeader, "待启动实施")],
        Stage::Implementing => &[
            (Role::UnitClerk, "五分离清单待办理"),
            (Role::UnitLeader, "五分离清单待报告办结"),
        ],
        _ => &[],
    }
}

fn nobody_for(waiting: &[Waiting], held: &[(i64, Role)]) -> Vec<Unattended> {
    let office = waiting.iter().find_map(|each| each.office);
    let mut found: Vec<(i64, Role, Unattended)> = Vec::new();
    for each in waiting {
        for (role, matter) in needed(each.stage) {
            let department = if role.is_office() {
                office.unwrap_or(each.department)
            } else {
                each.department
            };
            if held.contains(&(department, *role)) {
                continue;
            }
            let words = format!("{matter}{}件", each.count);
            match found
                .iter_mut()
                .find(|(known, of, _)| *known == department && of == role)
            {
                Some((_, _, known)) => {
                    known.matters.push('；');
                    known.matters.push_str(&words);
                }
                None => found.push((
                    department,
                    *role,
                    Unattended {
                        department: if role.is_office() {
                            "脱钩办".to_owned()
                        } else {
                            each.name.clone()
                        },
                        role: role.label(),
                        matters: words,
                    },
                )),
            }
        }
    }
    found.into_iter().map(|(_, _, each)| each).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waiting(stage: Stage) -> Waiting {
        Waiting {
            department: 7,
            name: "区农业局".to_owned(),
            stage,
            count: 2,
            office: Some(1),
        }
    }

    #[test]
    fn tc_63_what_waits_for_nobody_is_told_by_department_and_role() {
        let all = [
            waiting(Stage::Surveying),
            waiting(Stage::SurveySubmitted),
            waiting(Stage::PlanApproved),
        ];
        let held = [(7, Role::UnitClerk), (1, Role::OfficeLeader)];
        let found = nobody_for(&all, &held);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].role, "业务主管单位负责人");
        assert_eq!(found[0].matters, "摸底调查待报送2件；待启动实施2件");
        assert!(nobody_for(&all, &[held[0], held[1], (7, Role::UnitLeader)]).is_empty());
        assert_eq!(nobody_for(&all, &[]).len(), 3);
    }
}
