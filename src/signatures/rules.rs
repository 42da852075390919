//! The kinds of signatures: by which act, on a case in which states, of which fields, and
//! where the case falls back to. One table; docs/signatures.md is written from it.

mod content;
#[cfg(test)]
mod tests;

use crate::access::Act;
use crate::scheme::Scheme;

pub use content::{Content, words};

crate::words! {
    /// A kind of signature. Of one case, the kind that comes first falls back furthest.
    pub enum Kind {
        /// The unit's leader signs and sends the survey.
        SurveySign = "survey_sign", "摸底调查的报送";
        /// The office's head confirms it.
        SurveyConfirm = "survey_confirm", "摸底调查的确认";
        /// A department agrees before the office decides.
        Approval = "approval", "前置审批";
        /// The unit's leader signs and sends the plan.
        PlanSign = "plan_sign", "实施方案的报送";
        /// The office replies.
        Reply = "reply", "实施方案的批复";
        /// The office confirms that a condition is fulfilled.
        Condition = "condition", "批复条件落实的确认";
        /// A department approves or files a person in a post (PE-2, PE-3).
        Post = "post", "任职的审批备案";
        /// The unit's leader signs and sends an entry of a register.
        HoldingSign = "holding_sign", "台账事项的报送";
        /// A department approves, verifies or accepts it.
        Holding = "holding", "台账事项的审批";
        /// A department or the office verifies an item.
        ItemVerify = "item_verify", "清单事项的核实";
        /// The office's head strikes it off.
        ItemAccept = "item_accept", "清单事项的验收";
        /// The office's head lets a law keep things as they are.
        ItemExempt = "item_exempt", "依法保留的同意";
        /// The office has read a part of the work group's papers.
        Workgroup = "workgroup", "工作组材料的阅知";
        /// The office's head signs a 督办单.
        OrderSign = "order_sign", "督办单的签发";
        /// The office closes it on what was answered.
        OrderClose = "order_close", "督办单的办结";
    }
}

/// Cases whose contents are read together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Surveys.
    Surveys,
    /// Plans, and what belongs to them.
    Plans,
    /// Registers of people and holdings.
    Registers,
    /// Checklists.
    Items,
    /// What is a unit's own.
    Units,
}

/// A field of a projection: its name and what pages call it.
pub type Field = (&'static str, &'static str);

/// What is told of a kind.
#[derive(Debug, Clone, Copy)]
pub struct Told {
    /// `Case::KIND` of what is signed, as the case file names it.
    pub subject: &'static str,
    /// The acts that sign.
    pub acts: &'static [Act],
    /// The states in which the signature stands.
    pub states: &'static [&'static str],
    /// What is agreed to, besides answers of the scheme.
    pub fields: &'static [Field],
    /// The same in words, with the answers of the scheme.
    pub about: &'static str,
    /// The state into which the case falls back; none: it stays, and is held up.
    pub back: Option<&'static str>,
    /// What is not done while the signature is void: beside what the state forbids.
    pub holds_up: &'static [Act],
    /// With what its content is read.
    pub group: Group,
}

const ITEM: &[Field] = &[
    ("label", "对象"),
    ("note", "情况说明"),
    ("done_on", "完成日期"),
    ("evidence", "证明材料"),
];
const HOLDING: &[Field] = &[
    ("row", "摸底或方案中的登记"),
    ("facts", "办理情况"),
    ("ownership", "权属界定"),
];
const SURVEY: &[Field] = &[("acknowledged", "提醒事项的说明")];

impl Kind {
    /// What is told of it.
    #[must_use]
    pub const fn told(self) -> Told {
        match self {
            Self::SurveySign | Self::SurveyConfirm => self.of_surveys(),
            Self::Approval | Self::PlanSign | Self::Reply | Self::Condition => self.of_plans(),
            Self::Post | Self::HoldingSign | Self::Holding => self.of_registers(),
            Self::ItemVerify | Self::ItemAccept | Self::ItemExempt => self.of_items(),
            Self::Workgroup | Self::OrderSign | Self::OrderClose => self.of_units(),
        }
    }

    /// Acts on its association by which it is bound to what stands then: a change of the
    /// plan was approved beforehand by each department that it touches (domain 6.3).
    #[must_use]
    pub const fn bound_with(self) -> &'static [Act] {
        match self {
            Self::Approval => &[Act::ChangeApprove],
            _ => &[],
        }
    }

    const fn of_surveys(self) -> Told {
        let (acts, states): (&'static [Act], &'static [&'static str]) = match self {
            Self::SurveySign => (&[Act::SurveySubmit], &["submitted", "confirmed"]),
            _ => (&[Act::SurveyConfirm], &["confirmed"]),
        };
        Told {
            subject: "survey",
            acts,
            states,
            fields: SURVEY,
            about: "全部问题的答案和提醒事项的说明",
            back: Some("draft"),
            holds_up: &[],
            group: Group::Surveys,
        }
    }

    const fn of_plans(self) -> Told {
        let told = Told {
            subject: "plan",
            acts: &[],
            states: &[],
            fields: &[],
            about: "",
            back: None,
            holds_up: &[],
            group: Group::Plans,
        };
        match self {
            Self::Approval => Told {
                subject: "approval",
                acts: &[Act::ApprovalAnswer],
                states: &["approved", "approved_with_conditions"],
                fields: &[("change", "变更内容")],
                about: "该项前置审批所依据的摸底答案和方案内容，见下表",
                back: Some("required"),
                ..told
            },
            Self::PlanSign => Told {
                acts: &[Act::PlanSubmit],
                states: &["submitted", "under_review"],
                fields: &[("request", "请示文号"), ("edition", "所依据的摸底版次")],
                about: "方案各部分的内容、请示文号和所依据的摸底版次",
                back: Some("returned"),
                ..told
            },
            Self::Reply => Told {
                acts: &[Act::PlanApprove, Act::ChangeApprove],
                states: &["approved", "implementing", "change_pending", "closed"],
                fields: &[
                    ("number", "批复文号"),
                    ("text", "批复正文"),
                    ("conditions", "批复条件"),
                ],
                about: "方案各部分的内容和批复文号、正文、条件",
                holds_up: &[Act::PlanBegin, Act::ConditionConfirm, Act::ItemAccept],
                ..told
            },
            _ => Told {
                subject: "condition",
                acts: &[Act::ConditionConfirm],
                states: &["confirmed"],
                fields: &[
                    ("text", "条件"),
                    ("due", "时限"),
                    ("note", "落实情况"),
                    ("document", "文号"),
                ],
                about: "条件、时限和单位报告的落实情况、文号",
                back: Some("reported"),
                ..told
            },
        }
    }

    const fn of_registers(self) -> Told {
        let told = Told {
            subject: "holding",
            acts: &[Act::HoldingsSubmit],
            states: &["submitted", "approved"],
            fields: HOLDING,
            about: "该行在摸底或方案中的登记、登记的办理情况和权属界定",
            back: Some("returned"),
            holds_up: &[],
            group: Group::Registers,
        };
        match self {
            Self::Post => Told {
                subject: "post_holder",
                acts: &[Act::PostDecide, Act::PlanBegin],
                states: &["approved", "filed"],
                fields: &[
                    ("name", "姓名"),
                    ("birth", "出生日期"),
                    ("id_tail", "证件号末四位"),
                    ("organ", "所在或原所在单位"),
                    ("rank", "职级"),
                    ("identity", "身份"),
                    ("post", "协会职务"),
                    ("kind", "专兼职"),
                    ("post_start", "任职日期"),
                    ("term_no", "届次"),
                    ("retired_on", "退（离）休日期"),
                ],
                about: "本人身份、退（离）休日期和所任职务；辞职、安置等后续办理不在其内",
                back: Some("ask"),
                ..told
            },
            Self::HoldingSign => told,
            _ => Told {
                acts: &[
                    Act::DispositionApprove,
                    Act::AppropriationSettle,
                    Act::RoomAccept,
                    Act::DelayApprove,
                ],
                states: &["approved"],
                ..told
            },
        }
    }

    const fn of_items(self) -> Told {
        let told = Told {
            subject: "item",
            acts: &[Act::ItemVerify, Act::ItemFollow, Act::PlanBegin],
            states: &["verified", "accepted"],
            fields: ITEM,
            about: "情况说明、完成标准的事实、完成日期和核实前登记的证明材料；核实后补充的材料不在其内",
            back: Some("reported_done"),
            holds_up: &[],
            group: Group::Items,
        };
        match self {
            Self::ItemAccept => Told {
                acts: &[Act::ItemAccept, Act::PlanBegin],
                states: &["accepted"],
                ..told
            },
            Self::ItemExempt => Told {
                acts: &[Act::ItemExempt],
                states: &["exempted"],
                fields: &[
                    ("label", "对象"),
                    ("law", "法律法规"),
                    ("article", "条款"),
                    ("note", "情况说明"),
                ],
                about: "所依据的法律法规、条款和情况说明",
                back: Some("in_progress"),
                ..told
            },
            _ => told,
        }
    }

    const fn of_units(self) -> Told {
        let told = Told {
            subject: "supervision_order",
            acts: &[Act::OrderSign],
            states: &["signed", "answered", "closed"],
            fields: &[
                ("demand", "督办要求"),
                ("due", "时限"),
                ("matters", "督办事项"),
            ],
            about: "督办要求、时限和所列事项",
            back: Some("draft"),
            holds_up: &[],
            group: Group::Units,
        };
        match self {
            Self::Workgroup => Told {
                subject: "department",
                acts: &[Act::WorkgroupNote],
                states: &["read"],
                fields: &[
                    ("leader", "组长"),
                    ("leader_post", "组长职务"),
                    ("members", "成员"),
                    ("liaison_name", "专职工作人员"),
                    ("liaison_phone", "联系电话"),
                    ("liaison_joined", "是否参加全区工作组"),
                    ("timetable", "时间表"),
                    ("risks", "风险预案"),
                ],
                about: "该部分的内容",
                back: Some("reported"),
                ..told
            },
            Self::OrderClose => Told {
                acts: &[Act::OrderClose],
                states: &["closed"],
                fields: &[("demand", "督办要求"), ("answer", "办理情况")],
                about: "督办要求和所报办理情况",
                back: Some("answered"),
                ..told
            },
            _ => told,
        }
    }

    /// What pages call a field.
    #[must_use]
    pub fn label_of(self, scheme: &Scheme, field: &str) -> String {
        let own = self.told().fields.iter().find(|(name, _)| *name == field);
        let asked = || {
            scheme
                .question(field)
                .map(|question| question.label.clone())
        };
        own.map(|(_, label)| (*label).to_owned())
            .or_else(asked)
            .unwrap_or_else(|| field.to_owned())
    }

    /// The fields in words, in the order in which they differ.
    #[must_use]
    pub fn labels(self, scheme: &Scheme, fields: &[String]) -> String {
        let labels = fields.iter().map(|field| self.label_of(scheme, field));
        labels.collect::<Vec<_>>().join("、")
    }
}

/// Why an act is not done while a signature is void.
pub const HELD_UP: &str =
    "批复所同意的方案内容已变更，须先作废批复重新报批，或者经批准变更方案后，才能继续办理。";
