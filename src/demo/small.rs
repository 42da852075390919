//! A small demonstration for a scheme that is not Lüyuan's: a dozen associations
//! taken by real acts into several states, on the scheme's own days. Everything in
//! it is fictitious.

use chrono::{Datelike as _, NaiveDate};
use serde_json::json;

use crate::access::Role;
use crate::ids::AssociationId;
use crate::registry::acts as registry;
use crate::registry::credit_code;
use crate::registry::rules::TieKind;
use crate::registry::store::Entry;
use crate::scheme::Answers;
use crate::survey::acts as survey;
use crate::web::Program;

use super::DemoError;
use super::carrying::{Carrying, Until};
use super::cast::{Cast, Company, Person, Unit};
use super::names;
use super::story::{SEEN, Story, went};
use super::surveys::{self, add};

/// The supervising units of a national campaign.
const UNITS: [Unit; 6] = [
    ("gongxin", "工业和信息化部", "工信部", "organ", "applies"),
    ("jiaotong", "交通运输部", "交通部", "organ", "applies"),
    ("shangwu", "商务部", "商务部", "organ", "applies"),
    (
        "guozi",
        "国务院国有资产监督管理委员会",
        "国资委",
        "organ",
        "applies",
    ),
    ("tiyu", "国家体育总局", "体育总局", "organ", "applies"),
    ("jiaoyu", "教育部", "教育部", "organ", "applies"),
];

/// The accounts of contract.md, and clerks and leaders of the other units.
const PEOPLE: [Person; 29] = [
    ("admin", "系统管理员", "minzheng", Role::Sysadmin),
    ("office", "何静", "minzheng", Role::OfficeClerk),
    ("office-lead", "陆国平", "minzheng", Role::OfficeLeader),
    ("office-2", "高岩", "minzheng", Role::OfficeClerk),
    ("office-lead-2", "卢志远", "minzheng", Role::OfficeLeader),
    ("minzheng", "秦梅", "minzheng", Role::CivilReg),
    ("minzheng-lead", "方振海", "minzheng", Role::CivilLeader),
    ("caizheng", "钱立", "caizheng", Role::Finance),
    ("jiguan", "房卫东", "jiguan", Role::Jiguan),
    ("zuzhi", "郑红", "zuzhi", Role::OrgDept),
    ("gongwei", "龚晓", "gongwei", Role::OrgDept),
    ("renshe", "任建华", "renshe", Role::Hrss),
    ("bianban", "边晓光", "bianban", Role::Bianban),
    ("shenji", "沈明", "shenji", Role::Audit),
    ("fagai", "范志强", "fagai", Role::Ndrc),
    ("gongxin", "宫丽", "gongxin", Role::UnitClerk),
    ("gongxin-lead", "龚伟", "gongxin", Role::UnitLeader),
    ("jiaotong", "周敏", "jiaotong", Role::UnitClerk),
    ("jiaotong-lead", "焦永刚", "jiaotong", Role::UnitLeader),
    ("shangwu", "尚洁", "shangwu", Role::UnitClerk),
    ("shangwu-lead", "商建国", "shangwu", Role::UnitLeader),
    ("guozi", "郭姿", "guozi", Role::UnitClerk),
    ("guozi-lead", "国文涛", "guozi", Role::UnitLeader),
    ("tiyu", "田宇", "tiyu", Role::UnitClerk),
    ("tiyu-lead", "狄勇", "tiyu", Role::UnitLeader),
    ("jiaoyu", "焦玉", "jiaoyu", Role::UnitClerk),
    ("jiaoyu-lead", "季学东", "jiaoyu", Role::UnitLeader),
    ("observer", "石林", "observer", Role::Superior),
    ("xiehui", "李秘书长", "jiaotong", Role::Association),
];

/// Who plays.
pub const COMPANY: Company = Company {
    mark: "部",
    units: &UNITS,
    superior: ("observer", "国务院办公厅", "国办", "organ", "applies"),
    people: &PEOPLE,
};

/// How far an association gets.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    Registered,
    Surveying,
    Submitted,
    Plan(Until),
}

/// Unit, name, traits (see `surveys::typical`), how far. The first one has an
/// account of its own.
const ASSOCIATIONS: [(&str, &str, &str, Reach); 12] = [
    (
        "jiaotong",
        "中国内河航标制造协会",
        "rcp",
        Reach::Plan(Until::Percent(90)),
    ),
    (
        "jiaotong",
        "中国客运站场服务协会",
        "",
        Reach::Plan(Until::Percent(100)),
    ),
    (
        "gongxin",
        "中国精密铸件行业协会",
        "r",
        Reach::Plan(Until::Percent(60)),
    ),
    (
        "gongxin",
        "中国工业缝线行业协会",
        "c",
        Reach::Plan(Until::Approved),
    ),
    (
        "gongxin",
        "中国数显量具商会",
        "",
        Reach::Plan(Until::Submitted),
    ),
    (
        "shangwu",
        "中国茶具流通协会",
        "p",
        Reach::Plan(Until::UnderReview),
    ),
    (
        "shangwu",
        "中国冷链设备流通商会",
        "",
        Reach::Plan(Until::Returned),
    ),
    (
        "guozi",
        "中国耐火纤维行业协会",
        "a",
        Reach::Plan(Until::Percent(30)),
    ),
    ("guozi", "中国涂装机具协会", "", Reach::Plan(Until::Draft)),
    ("tiyu", "中国体育场地材料协会", "", Reach::Surveying),
    ("tiyu", "中国冰雪装备促进会", "", Reach::Submitted),
    ("tiyu", "中国健身器械联合会", "", Reach::Registered),
];

/// Tells the story.
pub async fn tell(app: &Program, password: &str) -> Result<(), DemoError> {
    let cast = Cast::assemble(app, password, &COMPANY).await?;
    let story = Story { app, cast };
    let mut entered = Vec::new();
    for ((unit, name, traits, reach), number) in ASSOCIATIONS.into_iter().zip(1..) {
        let id = story.enter_national((unit, name), number).await?;
        if entered.is_empty() {
            story.invite(id).await?;
        }
        if reach != Reach::Registered {
            story
                .survey_national((id, unit), (number, traits), reach)
                .await?;
        }
        entered.push((unit, id, reach));
    }
    story.plans(&entered).await
}

impl Story<'_> {
    async fn enter_national(
        &self,
        (unit, name): (&str, &str),
        number: i32,
    ) -> Result<AssociationId, DemoError> {
        let scheme = self.app.in_force().await?.scheme;
        let campaign = &scheme.campaign;
        let seventeen = format!("51{}MJ{:07}", campaign.region_code, 10_000 + number * 13);
        let entry = Entry {
            name: name.to_owned(),
            uscc: credit_code::with_check(&seventeen),
            uscc_note: None,
            certificate_no: None,
            registered_on: NaiveDate::from_ymd_opt(1990 + number, 5, 18).unwrap_or_default(),
            registrar: campaign.registrar.clone(),
            domicile: format!("北京市某大街{}号", 100 + number),
            legal_representative: names::person(number.into(), 1),
            business_scope: "行业自律、信息交流、业务培训、咨询服务".to_owned(),
            member_basis: "same_activity_units".to_owned(),
            direct_registration: false,
        };
        let who = self.cast.on(unit, (8, 20))?;
        let (write, unit) = (self.app.write(&who).await?, self.cast.department(unit)?);
        let made = registry::register(write, unit, &entry, TieKind::Supervise).await;
        went("register", made)
    }

    /// What a typical association of Lüyuan says otherwise here.
    async fn here(&self, traits: &str, answers: &mut Answers) -> Result<(), DemoError> {
        let scheme = self.app.in_force().await?.scheme;
        let campaign = &scheme.campaign;
        let base = campaign.parameters.survey_base_date;
        add(
            answers,
            &json!({
                "SV-18-2": "010-60000000", "SV-42-1": "某银行北京分行", "SV-74": campaign.party_body,
                "SV-53": [{ "key": "1", "base_date": base, "manner": "self", "report_no": "自查表", "surplus": 0, "shortage": 0 }],
                "SV-91": "this_batch", "SV-95": self.cast.day((9, 10))?,
            }),
        );
        if traits.contains('r') {
            add(
                answers,
                &json!({ "SV-55": [{ "key": "1", "location": "部机关办公楼", "room_no": "312", "owner": "部机关服务局",
                    "provision": "free", "area": 3_850, "intention": "vacate", "vacate_by": self.cast.day((12, 20))? }] }),
            );
        }
        if traits.contains('a') {
            let year = (base.year() - 1).to_string();
            add(
                answers,
                &json!({ "SV-46": [{ "key": "1", "year": year, "class": "project", "amount": 3_000_000,
                    "budget_unit": "业务主管单位", "channel": "部门预算" }] }),
            );
        }
        Ok(())
    }

    async fn survey_national(
        &self,
        (id, unit): (AssociationId, &str),
        (number, traits): (i32, &str),
        reach: Reach,
    ) -> Result<(), DemoError> {
        self.decide_scope(id, (8, 29)).await?;
        let known = self.known(id).await?;
        let mut answers = surveys::typical(&known, number.into(), traits);
        self.here(traits, &mut answers).await?;
        let sections = match reach {
            Reach::Surveying => 3,
            _ => self.app.in_force().await?.scheme.survey.sections.len(),
        };
        self.fill((id, unit), &answers, sections, (9, 5)).await?;
        if reach == Reach::Surveying {
            return Ok(());
        }
        self.submit(id, unit, &answers, (9, 11)).await?;
        if reach == Reach::Submitted {
            return Ok(());
        }
        self.confirm(id, (9, 14)).await
    }

    /// List, plans and tracks. All that should take part do: a unit recommends all
    /// of its associations (应脱尽脱).
    async fn plans(&self, entered: &[(&str, AssociationId, Reach)]) -> Result<(), DemoError> {
        let carrying = Carrying {
            app: self.app,
            cast: &self.cast,
        };
        let mut open = Vec::new();
        for (unit, name, ..) in UNITS {
            let own = entered.iter().filter(|(of, _, _)| *of == unit);
            // A unit without associations says so (TC-04).
            if own.clone().next().is_none() {
                let who = self.cast.on(&format!("{unit}-lead"), (9, 13))?;
                let write = self.app.write(&who).await?;
                went("nil", survey::report_nil(write, SEEN).await)?;
                continue;
            }
            let ready = own
                .clone()
                .all(|(_, _, reach)| matches!(reach, Reach::Plan(_)));
            if ready {
                let own: Vec<AssociationId> = own.map(|(_, id, _)| *id).collect();
                carrying.recommend(unit, &own, &[]).await?;
            } else {
                open.push(name.to_owned());
            }
        }
        carrying.publish(&open).await?;
        for ((unit, id, reach), number) in entered.iter().zip(1..) {
            if let Reach::Plan(until) = reach {
                carrying.plan((*id, unit), number, *until).await?;
            }
        }
        Ok(())
    }
}
