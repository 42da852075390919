//! What befell associations themselves: exits, amendments of the list, an objection,
//! a corrected survey, another responsible unit, two new bodies.

use chrono::NaiveDate;
use serde_json::Value;

use crate::crossings::amendment::amend;
use crate::crossings::exit;
use crate::crossings::handover::{Handover, hand_over};
use crate::exits::acts as exits;
use crate::exits::rules::Decision;
use crate::exits::store::Proposal;
use crate::ids::AssociationId;
use crate::registry::acts as registry;
use crate::registry::credit_code;
use crate::registry::rules::founding::{Answer, Answers as Checked};
use crate::registry::rules::{ExitKind, TieKind};
use crate::registry::store::{self as registry_store, Entry};
use crate::roster::acts::{self as roster, Amendment};
use crate::roster::store::objections::{self, Received};
use crate::scheme::Answers;
use crate::survey::acts::{self as survey, SectionInput};
use crate::survey::store as survey_store;
use crate::web::Program;

use super::DemoError;
use super::carrying::Day;
use super::cast::Cast;
use super::story::{SEEN, went};
use super::{names, surveys};

fn day((month, day): Day) -> NaiveDate {
    NaiveDate::from_ymd_opt(2018, month, day).unwrap_or_default()
}

/// An exit as it is told.
struct Told<'a> {
    unit: &'a str,
    name: &'a str,
    kind: ExitKind,
    into: Option<&'a str>,
    reason: &'a str,
    document: &'a str,
    proposed: Day,
    decided: Option<(&'a str, Day)>,
}

const EXITS: [Told<'static>; 4] = [
    Told {
        unit: "shangwu",
        name: "二手车流通协会",
        kind: ExitKind::Deregistered,
        into: None,
        reason: "会员大会决议解散，会员转由行业平台服务，债权债务已清算完毕",
        document: "绿商报〔2018〕31号",
        proposed: (11, 1),
        decided: Some(("绿民注〔2018〕5号", (11, 8))),
    },
    Told {
        unit: "zhujian",
        name: "房地产中介行业协会",
        kind: ExitKind::Merged,
        into: Some("物业管理行业协会"),
        reason: "两协会会员大会分别决议合并，优化整合业务相近的协会",
        document: "绿住建报〔2018〕44号",
        proposed: (11, 12),
        decided: Some(("绿民批〔2018〕9号", (11, 19))),
    },
    Told {
        unit: "wenguang",
        name: "演艺业协会",
        kind: ExitKind::Revoked,
        into: None,
        reason: "连续两年未开展活动、未参加年检，无法联系负责人",
        document: "绿文广报〔2018〕18号",
        proposed: (10, 29),
        decided: Some(("绿民撤〔2018〕2号", (11, 12))),
    },
    Told {
        unit: "shangwu",
        name: "美容美发业协会",
        kind: ExitKind::Deregistered,
        into: None,
        reason: "会员不足三十个，已不具备社会团体条件，理事会提请注销",
        document: "绿商报〔2018〕36号",
        proposed: (11, 20),
        decided: None,
    },
];

/// The teller of this part.
struct Teller<'a> {
    app: &'a Program,
    cast: &'a Cast,
}

/// Tells it all.
pub async fn tell(app: &Program, cast: &Cast) -> Result<(), DemoError> {
    let teller = Teller { app, cast };
    teller.objection().await?;
    teller.amendments().await?;
    for told in &EXITS {
        teller.exit(told).await?;
    }
    teller.another_unit().await?;
    // Rooms were given up meanwhile, and a serving cadre's post came to light.
    teller
        .correct("zhujian", "建筑业协会", (21, "apc"), (11, 9))
        .await?;
    // Money of 2017 that the first edition did not tell of (TC-17).
    teller
        .correct("shangwu", "粮油流通协会", (19, "a"), (11, 14))
        .await?;
    teller.new_bodies().await
}

impl Teller<'_> {
    async fn find(&self, name: &str) -> Result<AssociationId, DemoError> {
        let full = crate::registry::names::key(&format!("长春市绿园区{name}"));
        registry_store::named(&mut self.app.database.read().await?, &full)
            .await?
            .ok_or_else(|| DemoError::Refused(format!("no association {name}")))
    }

    async fn exit(&self, told: &Told<'_>) -> Result<(), DemoError> {
        let id = self.find(told.name).await?;
        let survivor = match told.into {
            Some(name) => Some(self.find(name).await?),
            None => None,
        };
        let proposal = Proposal {
            kind: told.kind,
            reason: told.reason.to_owned(),
            document: told.document.to_owned(),
            survivor,
        };
        let clerk = self.cast.on(told.unit, told.proposed)?;
        let write = self.app.write(&clerk).await?;
        went("exit", exits::save(write, id, SEEN, &proposal).await)?;
        let leader = self
            .cast
            .on(&format!("{}-lead", told.unit), told.proposed)?;
        let write = self.app.write(&leader).await?;
        went("propose", exits::propose(write, id, SEEN).await)?;
        let Some((number, on)) = told.decided else {
            return Ok(());
        };
        let who = self.cast.on("minzheng", on)?;
        let decision = Decision {
            number: number.to_owned(),
            date: day(on),
            opinion: String::new(),
        };
        let write = self.app.write(&who).await?;
        went(
            "decide exit",
            exit::decide(write, id, SEEN, &decision).await,
        )
    }

    async fn objection(&self) -> Result<(), DemoError> {
        let publications = objections::publications(&mut self.app.database.read().await?).await?;
        let Some((publication, _, _)) = publications.first() else {
            return Err(DemoError::Refused("no publication".to_owned()));
        };
        let received = Received {
            publication: *publication,
            on: day((10, 8)),
            objector: "某会员单位".to_owned(),
            content: "认为塑料制品行业协会会员以生产企业为主，应列入2018年名单".to_owned(),
        };
        let write = self.app.write(&self.cast.on("office", (10, 8))?).await?;
        let recorded = roster::record_objection(write, &received).await;
        let id = went("objection", recorded)?;
        let write = self.app.write(&self.cast.on("office", (10, 10))?).await?;
        let answer = "经核，该协会符合条件，由工信局研究后列入增补。";
        let answered = roster::answer_objection(write, id, SEEN, answer).await;
        went("answer", answered)
    }

    async fn amendments(&self) -> Result<(), DemoError> {
        let plastics = self.find("塑料制品行业协会").await?.0;
        let printing = self.find("包装印刷行业协会").await?.0;
        let steps = [
            (
                (10, 16),
                vec![plastics, printing],
                vec![],
                "公示期间收到异议，经核实符合条件，予以增补",
            ),
            (
                (11, 6),
                vec![],
                vec![printing],
                "会员大会正在研究与其他协会整合，改列后续批次",
            ),
        ];
        for (on, added, withdrawn, reason) in steps {
            let head = self.cast.on("office-lead", on)?;
            let amendment = Amendment {
                added,
                withdrawn,
                reason: reason.to_owned(),
            };
            let write = self.app.write(&head).await?;
            went("amend", amend(write, SEEN, &amendment).await)?;
        }
        Ok(())
    }

    async fn another_unit(&self) -> Result<(), DemoError> {
        let id = self.find("信息服务业协会").await?;
        let who = self.cast.on("minzheng", (11, 15))?;
        let handover = Handover {
            to: self.cast.department("shangwu")?,
            to_name: "区商务局".to_owned(),
            on: day((11, 15)),
            document: "绿编发〔2018〕12号".to_owned(),
            document_date: day((11, 13)),
        };
        let write = self.app.write(&who).await?;
        went("another unit", hand_over(write, id, SEEN, &handover).await)
    }

    /// A second edition of a survey, confirmed four days later.
    async fn correct(
        &self,
        unit: &str,
        name: &str,
        (number, traits): (i64, &str),
        (month, first): Day,
    ) -> Result<(), DemoError> {
        let database = &self.app.database;
        let id = self.find(name).await?;
        let head = self.cast.on("office-lead", (month, first))?;
        let reason = "单位报告情况有变化，重新填报";
        let write = self.app.write(&head).await?;
        went("reopen", survey::reopen(write, id, SEEN, reason).await)?;
        let before = survey_store::confirmed(&mut database.read().await?, id).await?;
        let known = before.map(|survey| survey.answers).unwrap_or_default();
        let answers = again(&known, number, traits);
        let scheme = self.app.in_force().await?.scheme;
        for section in &scheme.survey.sections {
            let who = self.cast.on(unit, (month, first + 1))?;
            let mut own = Answers::default();
            for question in &section.questions {
                own.set(question.code(), answers.get(question.code()).cloned());
            }
            let input = SectionInput {
                section,
                answers: own,
                done: true,
            };
            let write = self.app.write(&who).await?;
            went("save", survey::save_section(write, id, SEEN, input).await)?;
        }
        let due = crate::survey::rules::findings(&scheme, &answers);
        let mut sentences = surveys::explanations();
        sentences.retain(|code, _| due.iter().any(|finding| &finding.code == code));
        if !sentences.is_empty() {
            let who = self.cast.on(unit, (month, first + 1))?;
            let write = self.app.write(&who).await?;
            let explained = survey::explain(write, id, SEEN, &sentences).await;
            went("explain", explained)?;
        }
        let leader = self.cast.on(&format!("{unit}-lead"), (month, first + 2))?;
        let write = self.app.write(&leader).await?;
        went("submit", survey::submit(write, id, SEEN).await)?;
        let head = self.cast.on("office-lead", (month, first + 4))?;
        let write = self.app.write(&head).await?;
        went("confirm", survey::confirm(write, id, SEEN).await)
    }

    async fn new_bodies(&self) -> Result<(), DemoError> {
        let bodies = [
            ("gongxin", "新能源汽车服务业协会", 9_101, (9, 20), None),
            ("shangwu", "跨境电商商会", 9_102, (10, 15), Some("NA-2-8")),
        ];
        for (unit, name, number, on, failing) in bodies {
            let who = self.cast.on("minzheng", on)?;
            let scheme = self.app.in_force().await?.scheme;
            let entry = Entry {
                name: format!("长春市绿园区{name}"),
                uscc: credit_code::with_check(&format!("51220106MJ{number:07}")),
                uscc_note: None,
                certificate_no: None,
                registered_on: day(on),
                registrar: scheme.campaign.registrar.clone(),
                domicile: "长春市绿园区普阳街1号".to_owned(),
                legal_representative: names::person(number - 9_040, 1),
                business_scope: "行业自律、信息交流、业务培训、咨询服务".to_owned(),
                member_basis: "same_activity_units".to_owned(),
                direct_registration: true,
            };
            let (write, unit) = (self.app.write(&who).await?, self.cast.department(unit)?);
            let made = registry::register(write, unit, &entry, TieKind::Supervise).await;
            let id = went("new body", made)?;
            let answers: Checked = scheme
                .campaign
                .foundings
                .iter()
                .map(|question| {
                    let (answer, note) = if failing == Some(question.code()) {
                        (Answer::No, "暂借区政府办公楼一间，要求年底前迁出")
                    } else if question.may_not_concern {
                        (Answer::None, "")
                    } else {
                        (Answer::Yes, "")
                    };
                    (question.code().to_owned(), (answer, note.to_owned()))
                })
                .collect();
            let write = self.app.write(&who).await?;
            let checked = registry::check_founding(write, id, SEEN, &answers).await;
            went("founding", checked)?;
        }
        Ok(())
    }
}

/// The answers of a typical association anew; what the register knows stays.
fn again(known: &Answers, number: i64, traits: &str) -> Answers {
    let mut kept = Answers::default();
    let register = [
        "SV-01", "SV-02", "SV-03", "SV-04", "SV-05", "SV-06", "SV-07", "SV-08", "SV-13", "SV-20",
        "SV-92", "SV-94",
    ];
    for code in register {
        kept.set(code, known.get(code).cloned());
    }
    let mut answers = surveys::typical(&kept, number, traits);
    answers.set("SV-95", Some(Value::from("2018-11-12")));
    answers
}
