//! Why an upload is not taken, or not entered.

use crate::database::Explain;
use crate::sheets::cells::Unreadable;

/// Why an act is not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The same file came in before.
    Again(String),
    /// The file cannot be read.
    Unfit(Unreadable),
    /// It cannot be entered in its state.
    NotChecked,
    /// Some rows have errors.
    Wrong(i64),
    /// Nothing in it would change anything.
    Nothing,
    /// Under lock it reads otherwise than it was shown.
    Differs,
    /// A row could not be entered after all.
    Row(String),
}

impl Explain for Refusal {
    fn explain(&self) -> String {
        match self {
            Self::Again(earlier) => format!(
                "内容相同的文件{earlier}。没有重复导入；确需重新核对的，请勾选“重新核对”后再次上传。"
            ),
            Self::Unfit(why) => why.message().to_owned(),
            Self::NotChecked => "这次导入已经办理，或者还在读取核对，请刷新页面。".to_owned(),
            Self::Wrong(rows) => format!("还有{rows}行有错误，没有导入。请更正后重新上传。"),
            Self::Nothing => "表格内容与系统中的一致，没有需要导入的。".to_owned(),
            Self::Differs => {
                "核对之后系统中的内容有变动，没有导入。下面是重新核对的结果，请看过后再确认。"
                    .to_owned()
            }
            Self::Row(why) => format!("没有导入：{why}"),
        }
    }

    fn field(&self) -> Option<(&'static str, &'static str)> {
        matches!(self, Self::Unfit(_)).then_some(("file", "文件"))
    }
}
