//! 摸底调查 (scheme 四·1·1; domain 4).

use crate::access::acts::Survey;
use crate::access::facts::Facts;
use crate::access::{Actor, Role};

use super::{Decision, ONLY_CLERK, ONLY_LEADER, ONLY_OFFICE, allow_if, decided_by_office};

pub(super) fn survey(actor: &Actor, act: Survey, facts: &Facts) -> Decision {
    let role = actor.role();
    match act {
        // The association may fill in its own draft (domain 4).
        Survey::SurveySave => allow_if(
            role == Role::Association || (role == Role::UnitClerk && facts.own_unit(actor)),
            ONLY_CLERK,
        ),
        Survey::SurveyExplain => {
            allow_if(role == Role::UnitClerk && facts.own_unit(actor), ONLY_CLERK)
        }
        Survey::SurveySubmit => allow_if(
            role == Role::UnitLeader && facts.own_unit(actor),
            ONLY_LEADER,
        ),
        Survey::SurveyReturn => allow_if(role.is_office(), ONLY_OFFICE),
        Survey::SurveyConfirm | Survey::SurveyReopen => decided_by_office(actor, facts),
        Survey::NilReport => allow_if(
            role == Role::UnitLeader,
            "只有业务主管单位负责人可以报送零报告。",
        ),
        Survey::SurveyRead => Decision::Allow,
    }
}
