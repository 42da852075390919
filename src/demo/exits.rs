//! What befell associations themselves: exits, amendments of the list, an objection,
//! a corrected survey, another responsible unit, two new bodies.

use chrono::NaiveDate;
use serde_json::Value;

use crate::crossings::amendment::amend;
use crate::crossings::exit;
use crate::crossings::handover::{Handover, hand_over};
use crate::crossings::standstill;
use crate::exits::acts as exits;
use crate::exits::rules::Decision;
use crate::exits::store::Proposal;
use crate::registry::acts as registry;
use crate::registry::credit_code;
use crate::registry::rules::founding::{Answer, Answers as Checked};
use crate::registry::rules::{ExitKind, TieKind};
use crate::registry::store::Entry;
use crate::roster::acts::{self as roster, Amendment};
use crate::roster::store::objections::{self, Received};
use crate::scheme::Answers;
use crate::survey::acts as survey;
use crate::survey::store as survey_store;

use super::DemoError;
use super::days::{Day, Life, life};
use super::story::{SEEN, Story, went};
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

static EXITS: [Told<'static>; 4] = [
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
        // Its items stand still from then on.
        proposed: (11, 19),
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

impl Story<'_> {
    /// Each befalls one association, or the list.
    pub(super) fn exits(&self) -> Vec<Life<'_>> {
        let mut lives = vec![
            life(self.objection()),
            life(self.added_to_the_list()),
            life(self.taken_off_the_list()),
        ];
        lives.extend(EXITS.iter().map(|told| life(self.exit(told))));
        lives.push(life(self.another_unit()));
        // Rooms were given up meanwhile, and a serving cadre's post came to light.
        lives.push(life(self.correct("建筑业协会", (21, "apc"), (11, 9))));
        // Money of 2017 that the first edition did not tell of (TC-17).
        lives.push(life(self.correct("粮油流通协会", (19, "a"), (11, 14))));
        let founded = ("gongxin", "新能源汽车服务业协会", 9_101);
        lives.push(life(self.founded(founded, (9, 20), None)));
        let founded = ("shangwu", "跨境电商商会", 9_102);
        lives.push(life(self.founded(founded, (10, 15), Some("NA-2-8"))));
        lives
    }

    async fn exit(&self, told: &Told<'_>) -> Result<(), DemoError> {
        let clerk = self.cast.on(told.unit, told.proposed).await?;
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
        let write = self.app.write(&clerk).await?;
        went("exit", exits::save(write, id, SEEN, &proposal).await)?;
        let leader = self.leader(id, told.proposed).await?;
        let write = self.app.write(&leader).await?;
        went("propose", standstill::propose_exit(write, id, SEEN).await)?;
        let Some((number, on)) = told.decided else {
            return Ok(());
        };
        let who = self.cast.on("minzheng", on).await?;
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
        let office = self.cast.on("office", (10, 8)).await?;
        let publications = objections::publications(&mut self.app.database.read().await?).await?;
        let Some((publication, _, _)) = publications.first() else {
            return Err(DemoError::Refused("no publication".to_owned()));
        };
        let received = Received {
            publication: *publication,
            on: office.today(),
            objector: "某会员单位".to_owned(),
            content: "认为塑料制品行业协会会员以生产企业为主，应列入2018年名单".to_owned(),
        };
        let write = self.app.write(&office).await?;
        let recorded = roster::record_objection(write, &received).await;
        let id = went("objection", recorded)?;
        let office = self.cast.on("office", (10, 10)).await?;
        let write = self.app.write(&office).await?;
        let answer = "经核，该协会符合条件，由工信局研究后列入增补。";
        let answered = roster::answer_objection(write, id, SEEN, answer).await;
        went("answer", answered)
    }

    async fn added_to_the_list(&self) -> Result<(), DemoError> {
        self.cast.days.come((10, 16)).await?;
        let added = vec![
            self.find("塑料制品行业协会").await?.0,
            self.find("包装印刷行业协会").await?.0,
        ];
        let amendment = Amendment {
            added,
            reason: "公示期间收到异议，经核实符合条件，予以增补".to_owned(),
            ..Amendment::default()
        };
        self.amend((10, 16), &amendment).await
    }

    async fn taken_off_the_list(&self) -> Result<(), DemoError> {
        self.cast.days.come((11, 6)).await?;
        let amendment = Amendment {
            withdrawn: vec![self.find("包装印刷行业协会").await?.0],
            reason: "会员大会正在研究与其他协会整合，改列后续批次".to_owned(),
            ..Amendment::default()
        };
        self.amend((11, 6), &amendment).await
    }

    async fn amend(&self, on: Day, amendment: &Amendment) -> Result<(), DemoError> {
        let head = self.cast.on("office-lead", on).await?;
        let write = self.app.write(&head).await?;
        went("amend", amend(write, SEEN, amendment).await).map(|_| ())
    }

    async fn another_unit(&self) -> Result<(), DemoError> {
        let who = self.cast.on("minzheng", (11, 15)).await?;
        let id = self.find("信息服务业协会").await?;
        let handover = Handover {
            to: self.cast.department("shangwu")?,
            to_name: "区商务局".to_owned(),
            on: who.today(),
            document: "绿编发〔2018〕12号".to_owned(),
            document_date: day((11, 13)),
        };
        let write = self.app.write(&who).await?;
        went("another unit", hand_over(write, id, SEEN, &handover).await)
    }

    /// A second edition of a survey, confirmed four days later.
    async fn correct(
        &self,
        name: &str,
        (number, traits): (i64, &str),
        (month, first): Day,
    ) -> Result<(), DemoError> {
        let head = self.cast.on("office-lead", (month, first)).await?;
        let id = self.find(name).await?;
        let reason = "单位报告情况有变化，重新填报";
        let write = self.app.write(&head).await?;
        went("reopen", survey::reopen(write, id, SEEN, reason).await)?;
        let filled_in = (month, first + 1);
        self.cast.days.come(filled_in).await?;
        let before = survey_store::confirmed(&mut self.app.database.read().await?, id).await?;
        let known = before.map(|survey| survey.answers).unwrap_or_default();
        let answers = again(&known, number, traits);
        let sections = self.app.in_force().await?.scheme.survey.sections.len();
        self.fill(id, &answers, sections, filled_in).await?;
        self.submit(id, &answers, (month, first + 2)).await?;
        self.confirm(id, (month, first + 4)).await
    }

    /// A body founded after the scheme, and what civil affairs found at it.
    async fn founded(
        &self,
        (unit, name, number): (&str, &str, i64),
        on: Day,
        failing: Option<&str>,
    ) -> Result<(), DemoError> {
        let who = self.cast.on("minzheng", on).await?;
        let scheme = self.app.in_force().await?.scheme;
        let entry = Entry {
            name: self.cast.named(name),
            uscc: credit_code::with_check(&format!("51220106MJ{number:07}")),
            uscc_note: None,
            certificate_no: None,
            registered_on: Some(who.today()),
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
        went("founding", checked)
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
