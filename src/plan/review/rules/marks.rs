//! What the office finds of a plan while it reads it: each part passes or is to be mended,
//! with a remark. It is kept part by part, so that nobody reads fifteen parts twice, and a
//! return takes the remarks as they stand.

use crate::scheme::Scheme;

use super::parts::PartState;

/// Where a remark on the whole stands.
pub const WHOLE: &str = "";

/// What was found of one part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The part; [`WHOLE`]: the plan.
    pub part: String,
    /// It can stay as it is.
    pub passed: bool,
    /// What is to be mended.
    pub remark: String,
}

/// What was found of a plan in one round.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks(Vec<Mark>);

impl Marks {
    /// Only what says something is kept.
    #[must_use]
    pub fn of(marks: impl IntoIterator<Item = Mark>) -> Self {
        let says = |mark: &Mark| mark.passed || !mark.remark.trim().is_empty();
        Self(marks.into_iter().filter(says).collect())
    }

    /// Nothing but a remark on the whole.
    #[must_use]
    pub fn saying(remark: &str) -> Self {
        Self::of([Mark {
            part: WHOLE.to_owned(),
            passed: false,
            remark: remark.to_owned(),
        }])
    }

    /// Nothing but remarks, each on a part.
    #[must_use]
    pub fn to_mend(remarks: &[(&str, &str)]) -> Self {
        Self::of(remarks.iter().map(|(part, remark)| Mark {
            part: (*part).to_owned(),
            passed: false,
            remark: (*remark).to_owned(),
        }))
    }

    /// Without what is said of the whole, which belongs to one act.
    #[must_use]
    pub fn of_parts(&self) -> Self {
        let marks = self.0.iter();
        Self(marks.filter(|mark| mark.part != WHOLE).cloned().collect())
    }

    /// Each of them.
    #[must_use]
    pub fn all(&self) -> &[Mark] {
        &self.0
    }

    /// What was found of a part.
    #[must_use]
    pub fn on(&self, part: &str) -> Option<&Mark> {
        self.0.iter().find(|mark| mark.part == part)
    }

    /// The remark on the whole.
    #[must_use]
    pub fn opinion(&self) -> &str {
        self.on(WHOLE).map_or("", |mark| mark.remark.as_str())
    }

    /// The parts that are to be mended.
    pub fn remarks(&self) -> impl Iterator<Item = &Mark> {
        let marks = self.0.iter();
        marks.filter(|mark| mark.part != WHOLE && !mark.remark.is_empty())
    }

    /// How many parts passed, and how many are to be mended.
    #[must_use]
    pub fn counts(&self) -> (usize, usize) {
        let passed = self.0.iter().filter(|mark| mark.passed);
        (passed.count(), self.remarks().count())
    }

    /// 通过3个部分，要求补正2个部分.
    #[must_use]
    pub fn told(&self) -> String {
        let (passed, to_mend) = self.counts();
        let said = [
            (passed, PartState::Passed.label()),
            (to_mend, PartState::Remarked.label()),
        ];
        let said = said.into_iter().filter(|(count, _)| *count > 0);
        let said: Vec<String> = said
            .map(|(count, what)| format!("{what}{count}个部分"))
            .collect();
        said.join("，")
    }

    /// What is to be mended, in one sentence: the part's title and the remark.
    #[must_use]
    pub fn words(&self, scheme: &Scheme) -> String {
        let titles = self.remarks().map(|mark| {
            let title = title(scheme, &mark.part);
            format!("{title}：{}", mark.remark)
        });
        let whole = Some(self.opinion().to_owned()).filter(|words| !words.is_empty());
        let words: Vec<String> = titles.chain(whole).collect();
        words.join("；")
    }

    /// The titles of the parts that are to be mended.
    #[must_use]
    pub fn titles(&self, scheme: &Scheme) -> Vec<String> {
        let remarks = self.remarks();
        remarks.map(|mark| title(scheme, &mark.part)).collect()
    }
}

/// What a part is called; the whole is 总的意见.
#[must_use]
pub fn title(scheme: &Scheme, part: &str) -> String {
    let found = scheme.part(part);
    found.map_or_else(|| "总的意见".to_owned(), |part| part.title.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(part: &str, passed: bool, remark: &str) -> Mark {
        Mark {
            part: part.to_owned(),
            passed,
            remark: remark.to_owned(),
        }
    }

    #[test]
    fn what_says_nothing_is_not_kept_and_the_whole_is_no_part() {
        let marks = Marks::of([
            mark("PL-1", true, ""),
            mark("PL-2", false, " "),
            mark("PL-8", false, "请明确负责人"),
            mark(WHOLE, false, "其余无意见"),
        ]);
        assert_eq!(marks.all().len(), 3);
        assert_eq!(marks.counts(), (1, 1));
        assert_eq!(marks.told(), "通过1个部分，要求补正1个部分");
        assert_eq!(marks.opinion(), "其余无意见");
        assert_eq!(marks.of_parts().opinion(), "");
        let scheme = Scheme::lvyuan_2018().unwrap();
        let words = marks.words(&scheme);
        assert!(words.ends_with("：请明确负责人；其余无意见"), "{words}");
        // A code is no word.
        assert!(!words.contains("PL-8"), "{words}");
        assert_eq!(Marks::saying("").all().len(), 0);
    }
}
