//! What a phrase may be, and those that everybody is offered.

use crate::database::Explain;

/// Most characters of a phrase.
pub const LONGEST: usize = 200;
/// Most phrases of one account: more than a screen of them finds nobody anything.
pub const MOST: usize = 50;
/// What everybody is offered.
pub const STANDARD: [&str; 8] = [
    "材料齐全，符合要求，同意。",
    "请按方案要求补充证明材料。",
    "填报内容与材料不一致，请核对后更正。",
    "请明确责任人和完成时限。",
    "请写明依据的文件名称和文号。",
    "请说明原因，并附情况说明。",
    "涉及资产处置，请补充财政部门批复文件。",
    "请按前次意见补正后重新报送。",
];

/// Why a phrase is not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// It is on the list.
    Known,
    /// There are as many as one can look through.
    TooMany,
}

impl Explain for Refusal {
    fn explain(&self) -> String {
        match self {
            Self::Known => "这条常用语已经有了。".to_owned(),
            Self::TooMany => format!("最多保存{MOST}条常用语，请先删除不用的。"),
        }
    }

    fn field(&self) -> Option<(&'static str, &'static str)> {
        Some(("words", "常用语"))
    }
}

/// Whether one more can be kept beside those that there are.
pub fn may_add(known: &[String], words: &str) -> Result<(), Refusal> {
    if known.iter().any(|each| each == words) || STANDARD.contains(&words) {
        Err(Refusal::Known)
    } else if known.len() >= MOST {
        Err(Refusal::TooMany)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn none_twice_and_no_more_than_one_looks_through() {
        let known = vec!["请补充。".to_owned()];
        assert_eq!(may_add(&known, "请补充。"), Err(Refusal::Known));
        assert_eq!(may_add(&known, STANDARD[0]), Err(Refusal::Known));
        assert_eq!(may_add(&known, "请更正。"), Ok(()));
        let full: Vec<String> = (0..MOST).map(|n| n.to_string()).collect();
        assert_eq!(may_add(&full, "请更正。"), Err(Refusal::TooMany));
    }
}
