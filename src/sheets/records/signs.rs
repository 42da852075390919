//! By what a row is known that is no record. Strictly: 合计 is a total, the name of an
//! association that begins with it is none.

use crate::sheets::cells::{Row, Value};
use crate::web::answer::text::half_width;

/// Words of totals.
const TOTALS: [&str; 9] = [
    "本页合计",
    "本页小计",
    "合计",
    "总计",
    "小计",
    "共计",
    "累计",
    "总合计",
    "汇总",
];
/// Words before a colon that begin a note.
const NOTES: [&str; 10] = [
    "备注",
    "附注",
    "说明",
    "填表说明",
    "填报说明",
    "填写说明",
    "填报要求",
    "填表要求",
    "注意事项",
    "注",
];
/// Words before a colon that begin a row of signatures.
const SIGNATURES: [&str; 24] = [
    "填表人",
    "制表人",
    "制表",
    "填表",
    "审核人",
    "审核",
    "复核人",
    "复核",
    "负责人签字",
    "负责人签名",
    "单位负责人",
    "分管领导",
    "负责人",
    "经办人",
    "联系人",
    "联系电话",
    "填报人",
    "填报单位",
    "填报时间",
    "填报日期",
    "填表日期",
    "填表时间",
    "单位盖章",
    "日期",
];
/// Words that mark an example.
const EXAMPLES: [&str; 5] = ["填写示例", "填写样例", "示例", "样例", "例"];
/// Words of explanations under a head.
const INSTRUCTIONS: [&str; 14] = [
    "填写",
    "请填",
    "必填",
    "选填",
    "请选",
    "下拉",
    "格式",
    "例如",
    "如:",
    "按照",
    "应与",
    "须与",
    "没有的",
    "18位",
];

/// Characters of which every word of totals has one.
const OF_TOTALS: [char; 2] = ['计', '汇'];

/// What a row shows of itself.
pub(super) struct Signs<'a> {
    /// Cells with content: column and text, in half width without blanks; empty for others
    /// than texts, and where nothing is asked of the cell.
    cells: Vec<(u32, String)>,
    musts: &'a [u32],
}

/// Nothing but white space.
pub(super) fn is_blank(value: &Value) -> bool {
    matches!(value, Value::Text(text) if text.trim().is_empty())
}

impl<'a> Signs<'a> {
    /// Of a row, given the columns without which there is no record. Once records have begun,
    /// only the first cell, those columns and what may be a total are asked about: the others,
    /// most of a long sheet, are not folded.
    pub(super) fn of(row: &Row, musts: &'a [u32], begun: bool) -> Self {
        let mut cells = Vec::with_capacity(row.cells.len());
        for cell in row.cells.iter().filter(|cell| !is_blank(&cell.value)) {
            let asked = !begun || cells.is_empty() || musts.contains(&cell.column);
            let text = match &cell.value {
                Value::Text(text) if asked || text.contains(OF_TOTALS) => folded(text),
                _ => String::new(),
            };
            cells.push((cell.column, text));
        }
        Self { cells, musts }
    }

    pub(super) fn is_blank(&self) -> bool {
        self.cells.is_empty()
    }

    /// 合计 in the first cell, or further right where no name stands.
    pub(super) fn is_total(&self) -> bool {
        self.first().is_some_and(is_total)
            || (self.texts().any(is_total) && self.named().is_none_or(is_total))
    }

    /// 注：…; after a note also a numbered line of it.
    pub(super) fn is_note(&self, after_note: bool) -> bool {
        let Some(first) = self.first() else {
            return false;
        };
        let begins = NOTES.iter().any(|word| {
            first.strip_prefix(word).is_some_and(|rest| {
                let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
                rest.starts_with([':', '、'])
                    || (rest.is_empty() && word.chars().count() > 2)
                    || (rest.starts_with('.') && first.len() > word.len())
            })
        });
        begins
            || first.starts_with('※')
            || (after_note && self.cells.len() == 1 && is_numbered(first))
    }

    /// 填表人：… at the beginning.
    pub(super) fn is_signature(&self) -> bool {
        let Some(first) = self.first() else {
            return false;
        };
        matches!(first, "(盖章)" | "(公章)")
            || SIGNATURES.iter().any(|word| {
                let rest = first.strip_prefix(word).map(without_remark);
                rest.is_some_and(|rest| rest.starts_with(':'))
            })
    }

    /// 示例 or 例：… in the first cell or in the name.
    pub(super) fn is_example(&self) -> bool {
        let marked = |text: &str| {
            EXAMPLES.iter().any(|word| {
                let bracketed = text
                    .strip_prefix('(')
                    .and_then(|text| text.strip_prefix(word))
                    .is_some_and(|rest| rest.starts_with(')'));
                let plain = text.strip_prefix(word).is_some_and(|rest| {
                    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
                    rest.is_empty() || rest.starts_with([':', '('])
                });
                bracketed || plain
            })
        };
        self.first().is_some_and(marked) || self.named().is_some_and(marked)
    }

    /// Words about how to fill in, in most cells and in place of the name.
    pub(super) fn is_instruction(&self) -> bool {
        let tells = |text: &str| INSTRUCTIONS.iter().any(|word| text.contains(word));
        let told = self.texts().filter(|text| tells(text)).count();
        let name = self.named().is_none_or(|name| {
            tells(name)
                && !["协会", "商会", "学会", "联合会"]
                    .iter()
                    .any(|end| name.ends_with(end))
        });
        name && told >= 2 && told * 2 >= self.cells.len()
    }

    fn first(&self) -> Option<&str> {
        self.cells.first().map(|(_, text)| text.as_str())
    }

    fn texts(&self) -> impl Iterator<Item = &str> {
        self.cells.iter().map(|(_, text)| text.as_str())
    }

    /// What stands where the name should.
    fn named(&self) -> Option<&str> {
        let named = |(column, _): &&(u32, String)| self.musts.contains(column);
        self.cells.iter().find(named).map(|(_, text)| text.as_str())
    }
}

fn folded(text: &str) -> String {
    half_width(text)
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            '【' | '〔' | '[' => '(',
            '】' | '〕' | ']' => ')',
            other => other,
        })
        .collect()
}

/// The word, and behind it no more than a number with its unit.
fn is_total(text: &str) -> bool {
    let text = text
        .strip_prefix('(')
        .and_then(|text| text.strip_suffix(')'))
        .unwrap_or(text);
    TOTALS.iter().any(|word| {
        text.strip_prefix(word).is_some_and(|rest| {
            without_remark(rest).chars().all(|c| {
                c.is_ascii_digit()
                    || matches!(
                        c,
                        ':' | '.' | ',' | '共' | '家' | '个' | '户' | '人' | '元' | '万'
                    )
            })
        })
    })
}

/// 2. or (2) or 二、 before more words.
fn is_numbered(text: &str) -> bool {
    let bare = text.trim_start_matches('(');
    let rest =
        bare.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
    rest.len() < bare.len() && rest.starts_with(['.', '、', ')'])
}

/// Without brackets at the beginning: (签字): becomes a colon.
fn without_remark(text: &str) -> &str {
    text.strip_prefix('(')
        .and_then(|rest| rest.split_once(')'))
        .map_or(text, |(_, rest)| rest)
}
