//! What the workbench tells besides the to-dos: who acts for whom, comments to
//! read, matters that nobody is left to handle (TC-63), and how much is late elsewhere.

use chrono::NaiveDate;

use crate::access::{Act, Actor, Role};
use crate::database::Db;
use crate::web::Error;

use super::store::beside::{self, Lent, ToRead, Told, Unheld, Whose, beyond};

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
    /// 逾期事项37项, of all departments; none: not theirs to press.
    pub late: Option<String>,
}

/// A capacity that nobody holds, with what waits for it.
#[derive(Debug, PartialEq, Eq)]
pub struct Unattended {
    /// The department.
    pub department: String,
    /// 业务主管单位负责人.
    pub role: &'static str,
    /// 报送摸底调查3项.
    pub matters: String,
}

/// What a person is told.
pub async fn of(db: &mut Db, actor: &Actor, today: NaiveDate) -> Result<Notices, Error> {
    let role = actor.role();
    let told = Told {
        reads: !matches!(role, Role::Association | Role::Sysadmin | Role::Superior),
        unheld: match role {
            Role::Sysadmin | Role::OfficeClerk | Role::OfficeLeader => Whose::Everybodys,
            Role::UnitClerk | Role::UnitLeader => Whose::Own,
            _ => Whose::Nobodys,
        },
        late: role.is_office(),
    };
    let found = beside::beside(db, actor, (today, told)).await?;
    Ok(Notices {
        delegations: found
            .lent
            .iter()
            .map(|each| sentence(each, actor))
            .collect(),
        to_read: found.to_read.0,
        unattended: nobody_for(&found.unheld),
        administers: role == Role::Sysadmin,
        late: late(found.late),
    })
}

fn late(count: i64) -> Option<String> {
    (count > 0).then(|| beyond(count).unwrap_or_else(|| format!("{count}项")))
}

fn sentence(lent: &Lent, actor: &Actor) -> String {
    let role = Role::from_key(&lent.role).map_or("", Role::label);
    if lent.given {
        format!("您已委托{}代行{role}，至{}。", lent.delegate, lent.to_on)
    } else if actor.is_acting() {
        format!(
            "您正在代行{}（{role}），至{}；办理记录写明两人姓名。",
            lent.principal, lent.to_on
        )
    } else {
        format!(
            "{}委托您代行{role}，至{}；请先切换身份。",
            lent.principal, lent.to_on
        )
    }
}

/// By department and role, in one sentence each.
fn nobody_for(unheld: &[Unheld]) -> Vec<Unattended> {
    let same =
        |one: &Unheld, other: &Unheld| one.department == other.department && one.role == other.role;
    let capacities = unheld.chunk_by(same);
    let found = capacities.filter_map(|capacity| {
        let first = capacity.first()?;
        let words = capacity.iter().map(|each| {
            let act = Act::from_name(&each.act).map_or("", Act::label);
            format!("{act}{}项", each.count)
        });
        Some(Unattended {
            department: first.department.clone(),
            role: Role::from_key(&first.role).map_or("", Role::label),
            matters: words.collect::<Vec<_>>().join("；"),
        })
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dashboard::store::beside::COUNTED;

    fn unheld(department: &str, role: Role, act: Act, count: i64) -> Unheld {
        Unheld {
            department: department.to_owned(),
            role: role.key().to_owned(),
            act: act.name().to_owned(),
            count,
        }
    }

    #[test]
    fn tc_63_what_waits_for_nobody_is_told_by_department_and_role() {
        let found = nobody_for(&[
            unheld("区农业局", Role::UnitLeader, Act::PlanBegin, 2),
            unheld("区农业局", Role::UnitLeader, Act::SurveySubmit, 1),
            unheld("区民政局", Role::OfficeLeader, Act::SurveyConfirm, 3),
        ]);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].role, "业务主管单位负责人");
        assert_eq!(found[0].matters, "启动实施2项；报送摸底调查1项");
        assert!(nobody_for(&[]).is_empty());
    }

    #[test]
    fn what_is_late_elsewhere_is_counted_up_to_a_thousand() {
        assert_eq!(late(0), None);
        assert_eq!(late(37).as_deref(), Some("37项"));
        assert_eq!(late(COUNTED).as_deref(), Some("1000项以上"));
    }
}
