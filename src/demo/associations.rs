//! The associations of the demonstration. Names and codes are fictitious.

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

/// The worked example of domain 12.1; it is told by itself.
pub const EXAMPLE: &str = "汽车维修行业协会";

/// All others.
pub const OTHERS: [Told; 42] = [
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
