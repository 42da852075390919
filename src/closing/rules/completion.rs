//! A row of the completion table.

use chrono::NaiveDate;

use crate::figures::arithmetic;
use crate::ids::AssociationId;
use crate::progress::rules::facts::ENDS_TIES;
use crate::scheme::Scheme;

use super::reading::{NOT_BEGUN, Reading};
use super::{Facts, Said, Share};

/// What the table (EX-7) says of an association, column after column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// The association.
    pub association: AssociationId,
    /// 协会名称, with how it left or that it stands still (FD-4).
    pub name: String,
    /// 统一社会信用代码; 无 where it has an old certificate (SV-02).
    pub code: String,
    /// 业务主管单位, the unit responsible today.
    pub unit: String,
    /// 批复文号及日期: the reply in force (EX-6).
    pub reply: Said<String>,
    /// 关系解除: ties on the checklist and such as are verified as ended (T1-01).
    pub ties: Said<Share>,
    /// 代管事业单位处置: merged (T1-07) or handed to another department (T1-08).
    pub institutions: Said<String>,
    /// 合署办公分开 (T1-09).
    pub shared: Said<String>,
    /// 证书换发日期: the register of registration (T1-02).
    pub certificate: Said<NaiveDate>,
    /// 行政职能剥离: verified as ended (T2-02).
    pub stripped: Said<i64>,
    /// 依法保留: kept by law (T2-03), or exempted instead of ended.
    pub kept: Said<i64>,
    /// 转移: verified as handed over (T2-05).
    pub handed: Said<i64>,
    /// 会计制度 (T3-01).
    pub system: Said<String>,
    /// 独立账号 (T3-03, SV-42).
    pub account: Said<String>,
    /// 拨款取消 (T3-06).
    pub money: Said<String>,
    /// 清查文号: the survey's inventory (SV-53, T3-08).
    pub inventory: Said<String>,
    /// 国有资产: net value in cents of what is the state's or provisionally so (SV-51, T3-09).
    pub assets: Said<i64>,
    /// 国有资产处置: approved and carried out on the register (T3-10).
    pub disposition: Said<String>,
    /// 办公用房: area occupied, in hundredths of m² (SV-55).
    pub area: Said<i64>,
    /// 腾退日期: the last handover, once all are accepted (T3-11).
    pub vacated: Said<NaiveDate>,
    /// 应清理/已清理: the register of posts, categories A to F (T4-03 to T4-07).
    pub cleared: Said<Share>,
    /// 去留: civil servants in full posts, stayed and left (T4-06).
    pub choice: Said<String>,
    /// 劳动合同: required and signed (T4-08, SV-63).
    pub contracts: Said<Share>,
    /// 社保公积金: required and insured (T4-10, SV-64-1).
    pub insurance: Said<String>,
    /// 编制收回 (T4-11).
    pub posts_back: Said<i64>,
    /// 接收单位及日期 (T5-01).
    pub receiver: Said<String>,
    /// 党组织 (T5-02).
    pub party_body: Said<String>,
    /// 外事 (T5-03).
    pub foreign: Said<String>,
    /// 章程备案日期: the register of registration (T6-01).
    pub charter: Said<NaiveDate>,
    /// 五项完成率: as the pages print it (7.8).
    pub rate: Said<String>,
    /// 未完成事项及时限: mandatory items of the five separations that are not resolved.
    pub unfinished: String,
}

impl Completion {
    /// The row of an association under the rules of a day.
    #[must_use]
    pub fn of(facts: &Facts, scheme: &Scheme, today: NaiveDate) -> Self {
        let reading = Reading {
            facts,
            scheme,
            today,
        };
        Self {
            association: facts.id,
            name: named(facts),
            code: facts.uscc.clone().unwrap_or_else(|| "无".to_owned()),
            unit: facts.unit.clone(),
            reply: replied(facts),
            ties: reading.share(ENDS_TIES),
            institutions: reading.institutions(),
            shared: reading.shared(),
            certificate: reading.certificate(),
            stripped: reading.stripped(),
            kept: reading.kept(),
            handed: reading.handed(),
            system: reading.system(),
            account: reading.account(),
            money: reading.money(),
            inventory: reading.inventory(),
            assets: reading.assets(),
            disposition: reading.disposition(),
            area: reading.area(),
            vacated: reading.vacated(),
            cleared: reading.cleared(),
            choice: reading.choice(),
            contracts: reading.contracts(),
            insurance: reading.insurance(),
            posts_back: reading.posts_back(),
            receiver: reading.receiver(),
            party_body: reading.party_body(),
            foreign: reading.foreign(),
            charter: reading.charter(),
            rate: rate(facts),
            unfinished: reading.unfinished(),
        }
    }
}

/// The name, with how it left, or that it stands still.
fn named(facts: &Facts) -> String {
    let name = &facts.name;
    match facts.exit {
        Some(kind) => format!("{name}（{}）", kind.done()),
        None if facts.still => format!("{name}（暂停办理）"),
        None => name.clone(),
    }
}

fn replied(facts: &Facts) -> Said<String> {
    match &facts.reply {
        Some((number, on)) => Said::Is(format!("{number}，{on}")),
        None => Said::instead("未批复"),
    }
}

/// Who left has no rate: what was not done is not called for any more, and the rest of it
/// would read as a whole.
fn rate(facts: &Facts) -> Said<String> {
    if let Some(kind) = facts.exit {
        return Said::instead(kind.done());
    }
    if facts.items.is_empty() {
        return Said::instead(NOT_BEGUN);
    }
    let (resolved, applicable) = facts.counted;
    Said::Is(arithmetic::percent(resolved, applicable))
}
