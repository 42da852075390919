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

use super::DemoError;
use super::associations::Until;
use super::cast::{Company, Person, Unit};
use super::days::{Life, life};
use super::names;
use super::story::{Story, went};
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
    place: "",
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

/// Unit, name, traits (see `surveys::typical`), how far.
type Told = (&'static str, &'static str, &'static str, Reach);

/// The first one has an account of its own.
static ASSOCIATIONS: [Told; 12] = [
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

impl Story<'_> {
    /// All that happens; what happens on one day happens in this order.
    pub(super) fn national(&self) -> Vec<Life<'_>> {
        let mut lives = Vec::new();
        for (told, number) in ASSOCIATIONS.into_iter().zip(1..) {
            lives.push(life(self.association_national(told, number)));
        }
        for (unit, ..) in UNITS {
            lives.push(life(self.list_of_national(unit)));
        }
        let late = UNITS.iter().any(|(unit, ..)| !is_ready(unit));
        lives.push(life(self.publish(late)));
        lives
    }

    /// One association, from its entry as far as it gets.
    async fn association_national(
        &self,
        (unit, name, traits, reach): Told,
        number: i32,
    ) -> Result<(), DemoError> {
        let id = self.enter_national((unit, name), number).await?;
        if number == 1 {
            self.invite(id).await?;
        }
        if reach != Reach::Registered {
            self.survey_national(id, (number, traits), reach).await?;
        }
        match (reach, usize::try_from(number)) {
            (Reach::Plan(until), Ok(serial)) => self.plan(id, serial, until).await,
            _ => Ok(()),
        }
    }

    async fn enter_national(
        &self,
        (unit, name): (&str, &str),
        number: i32,
    ) -> Result<AssociationId, DemoError> {
        let who = self.cast.on(unit, (8, 20)).await?;
        let scheme = self.app.in_force().await?.scheme;
        let campaign = &scheme.campaign;
        let seventeen = format!("51{}MJ{:07}", campaign.region_code, 10_000 + number * 13);
        let entry = Entry {
            name: self.cast.named(name),
            uscc: credit_code::with_check(&seventeen),
            uscc_note: None,
            certificate_no: None,
            registered_on: NaiveDate::from_ymd_opt(1990 + number, 5, 18),
            registrar: campaign.registrar.clone(),
            domicile: format!("北京市某大街{}号", 100 + number),
            legal_representative: names::person(number.into(), 1),
            business_scope: "行业自律、信息交流、业务培训、咨询服务".to_owned(),
            member_basis: "same_activity_units".to_owned(),
            direct_registration: false,
        };
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
        id: AssociationId,
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
        self.fill(id, &answers, sections, (9, 5)).await?;
        if reach == Reach::Surveying {
            return Ok(());
        }
        self.submit(id, &answers, (9, 11)).await?;
        if reach == Reach::Submitted {
            return Ok(());
        }
        self.confirm(id, (9, 14)).await
    }

    /// All that should take part do: a unit recommends all of its associations
    /// (应脱尽脱), or says that it has none (TC-04).
    async fn list_of_national(&self, unit: &str) -> Result<(), DemoError> {
        if of_unit(unit).next().is_none() {
            return self.report_nil(unit).await;
        }
        if !is_ready(unit) {
            return Ok(());
        }
        self.cast.days.come((9, 17)).await?;
        let mut listed = Vec::new();
        for (_, name, ..) in of_unit(unit) {
            listed.push(self.find(name).await?);
        }
        self.recommend(unit, &listed, &[]).await
    }
}

fn of_unit(unit: &str) -> impl Iterator<Item = &'static Told> {
    ASSOCIATIONS.iter().filter(move |(of, ..)| *of == unit)
}

/// Whether nothing keeps a unit from recommending.
fn is_ready(unit: &str) -> bool {
    of_unit(unit).all(|(.., reach)| matches!(reach, Reach::Plan(_)))
}
