//! The associations of the demonstration, and how far each gets. Names and codes are
//! fictitious.

use super::cast::UNITS;

/// How far an association gets in the story.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// Entered, nothing more.
    Registered,
    /// The survey is half filled in.
    Surveying,
    /// The survey waits for the leader's signature or the office.
    Submitted,
    /// The survey came back with opinions.
    Returned,
    /// The survey is confirmed; a later batch.
    Confirmed,
    /// As far as the story goes.
    Far,
}

impl Reach {
    /// The survey is not confirmed: the unit cannot recommend yet and is late (TC-54).
    const fn keeps_the_unit(self) -> bool {
        matches!(self, Self::Surveying | Self::Submitted | Self::Returned)
    }
}

/// How far a listed association gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Until {
    /// The plan is being written.
    Draft,
    /// Prior approvals are waited for.
    Submitted,
    /// The plan came back.
    Returned,
    /// The office's head has it.
    UnderReview,
    /// Replied to.
    Approved,
    /// Carried out up to a share of the items, in per cent.
    Percent(usize),
    /// The worked example: all but three.
    Example,
}

impl Until {
    /// The plan is replied to.
    const fn is_replied(self) -> bool {
        matches!(self, Self::Approved | Self::Percent(_) | Self::Example)
    }
}

/// An association: unit, name without the district, how far, peculiarities.
pub struct Told {
    /// Code of the responsible unit.
    pub unit: &'static str,
    /// Name after 长春市绿园区.
    pub name: &'static str,
    /// How far it gets.
    pub reach: Reach,
    /// What is special: letters, see `surveys::typical`.
    pub traits: &'static str,
}

const fn told(unit: &'static str, name: &'static str, reach: Reach, traits: &'static str) -> Told {
    Told {
        unit,
        name,
        reach,
        traits,
    }
}

/// The worked example of domain 12.1.
pub static EXAMPLE: Told = told("jiaotong", "汽车维修行业协会", Reach::Far, "");

/// All others.
pub static OTHERS: [Told; 42] = [
    told("jiaotong", "物流行业协会", Reach::Far, "r"),
    told("jiaotong", "机动车驾驶员培训协会", Reach::Confirmed, ""),
    told("gongxin", "汽车零部件行业协会", Reach::Far, "ar"),
    told("gongxin", "装备制造业协会", Reach::Far, "c"),
    told("gongxin", "轨道客车配套商会", Reach::Far, ""),
    told("gongxin", "信息服务业协会", Reach::Far, "p"),
    told("gongxin", "中小企业促进会", Reach::Far, "ac"),
    told("gongxin", "节能环保产业协会", Reach::Confirmed, ""),
    told("gongxin", "塑料制品行业协会", Reach::Confirmed, ""),
    told("gongxin", "包装印刷行业协会", Reach::Confirmed, ""),
    told("gongxin", "企业家联合会", Reach::Confirmed, "c"),
    told("shangwu", "餐饮业商会", Reach::Far, ""),
    told("shangwu", "电子商务协会", Reach::Far, "p"),
    told("shangwu", "家政服务业协会", Reach::Far, "r"),
    told("shangwu", "二手车流通协会", Reach::Far, ""),
    told("shangwu", "家具商会", Reach::Far, "c"),
    told("shangwu", "美容美发业协会", Reach::Confirmed, ""),
    told("shangwu", "洗染业协会", Reach::Confirmed, ""),
    told("shangwu", "粮油流通协会", Reach::Confirmed, ""),
    told("shangwu", "酒类流通行业协会", Reach::Confirmed, ""),
    told("zhujian", "建筑业协会", Reach::Far, "arp"),
    told("zhujian", "物业管理行业协会", Reach::Far, "r"),
    told("zhujian", "房地产中介行业协会", Reach::Far, ""),
    told("zhujian", "装饰装修行业协会", Reach::Far, "c"),
    told("zhujian", "建材商会", Reach::Confirmed, ""),
    told("zhujian", "园林绿化行业协会", Reach::Confirmed, ""),
    told("zhujian", "供热行业协会", Reach::Confirmed, ""),
    told("nongye", "蔬菜种植协会", Reach::Far, "a"),
    told("nongye", "畜牧业协会", Reach::Far, ""),
    told("nongye", "农资流通商会", Reach::Far, ""),
    told("nongye", "花卉协会", Reach::Returned, ""),
    told("nongye", "农产品加工业协会", Reach::Surveying, ""),
    told("nongye", "奶业协会", Reach::Submitted, ""),
    told("wenguang", "文化产业商会", Reach::Far, "p"),
    told("wenguang", "印刷出版物发行业协会", Reach::Far, ""),
    told("wenguang", "演艺业协会", Reach::Far, ""),
    told("wenguang", "上网服务业协会", Reach::Confirmed, ""),
    told("wenguang", "工艺美术业协会", Reach::Confirmed, ""),
    told("gongshanglian", "民营企业商会", Reach::Far, "c"),
    told("gongshanglian", "青年企业家商会", Reach::Far, ""),
    told("gongshanglian", "女企业家商会", Reach::Registered, ""),
    told("gongshanglian", "浙江商会", Reach::Confirmed, ""),
];

/// How far the plans get, in turn; the worked example's has its own end.
const ENDS: [Until; 12] = [
    Until::Percent(100),
    Until::Percent(90),
    Until::Submitted,
    Until::Percent(70),
    Until::Percent(100),
    Until::UnderReview,
    Until::Percent(50),
    Until::Returned,
    Until::Percent(80),
    Until::Approved,
    Until::Draft,
    Until::Percent(30),
];

/// An association's part in the story.
#[derive(Clone, Copy)]
pub struct Part {
    /// The association.
    pub told: &'static Told,
    /// Its number among all, the worked example's is 0.
    pub number: i64,
    /// How far its plan gets, where it is listed.
    pub until: Option<Until>,
}

/// All parts, unit by unit, in the order in which they act where they act on one day.
#[must_use]
pub fn parts() -> Vec<Part> {
    let mut ends = ENDS.iter().copied().cycle();
    let mut parts = Vec::new();
    for (unit, ..) in UNITS {
        for (told, number) in OTHERS.iter().zip(1..).filter(|(told, _)| told.unit == unit) {
            let listed = told.reach == Reach::Far && recommends(unit);
            let until = if listed { ends.next() } else { None };
            parts.push(Part {
                told,
                number,
                until,
            });
        }
    }
    // Two replies come before the worked example's, which is number three.
    let replied = |part: &Part| part.until.is_some_and(Until::is_replied);
    let second = parts.iter().enumerate().filter(|(_, part)| replied(part));
    let second = second.map(|(place, _)| place).nth(1);
    let example = Part {
        told: &EXAMPLE,
        number: 0,
        until: Some(Until::Example),
    };
    parts.insert(second.map_or(0, |place| place + 1), example);
    parts
}

/// All associations of a unit.
pub fn of_unit(unit: &str) -> impl Iterator<Item = &'static Told> {
    let all = std::iter::once(&EXAMPLE).chain(&OTHERS);
    all.filter(move |told| told.unit == unit)
}

/// Whether a unit recommends: it has associations, and all its surveys are confirmed.
#[must_use]
pub fn recommends(unit: &str) -> bool {
    of_unit(unit).next().is_some() && !of_unit(unit).any(|told| told.reach.keeps_the_unit())
}
