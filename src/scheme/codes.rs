//! No code without its words: a sentence that was written with the bare code of a measure,
//! a task, a prior approval or a part of the plan is read with what that is called.

use super::Scheme;

impl Scheme {
    /// What a code stands for, where it is one of the scheme's.
    #[must_use]
    pub fn called(&self, code: &str) -> Option<&str> {
        let measure = self.measure(code).map(|found| found.text.as_str());
        let task = || self.task(code).map(|found| found.text.as_str());
        let approval = || self.approval(code).map(|found| found.title.as_str());
        let parts = || self.plan.parts.iter().find(|part| part.code == code);
        let part = || parts().map(|found| found.title.as_str());
        measure.or_else(task).or_else(approval).or_else(part)
    }

    /// The same sentence with words at each code that has none beside it: 核实：T4-06 becomes
    /// 核实：“任职的在职公务员自愿选择去留”（T4-06）. What stands in brackets, or follows its own
    /// words, is left as it is.
    #[must_use]
    pub fn spelled(&self, sentence: &str) -> String {
        let mut told = String::with_capacity(sentence.len());
        let (mut rest, mut depth) = (sentence, 0_u8);
        while let Some(sign) = rest.chars().next() {
            let code = leading_code(rest);
            if !code.is_empty() {
                let fresh = !told.ends_with(|last: char| last.is_ascii_alphanumeric());
                let words = self
                    .called(code)
                    .filter(|words| fresh && depth == 0 && !sentence.contains(words));
                match words {
                    Some(words) => told.extend(["“", words, "”（", code, "）"]),
                    None => told.push_str(code),
                }
                rest = rest.get(code.len()..).unwrap_or_default();
                continue;
            }
            match sign {
                '（' | '(' => depth = depth.saturating_add(1),
                '）' | ')' => depth = depth.saturating_sub(1),
                _ => {}
            }
            told.push(sign);
            rest = rest.get(sign.len_utf8()..).unwrap_or_default();
        }
        told
    }
}

/// Capital letters, then figures and dashes: T4-06, PH-14, PA-1.
fn leading_code(text: &str) -> &str {
    let letters = text.chars().take_while(char::is_ascii_uppercase).count();
    let all = text
        .chars()
        .take_while(|sign| sign.is_ascii_uppercase() || sign.is_ascii_digit() || *sign == '-')
        .count();
    match text.get(..all) {
        Some(code) if letters > 0 && code.contains('-') => code,
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_code_is_read_with_its_words() {
        let scheme = Scheme::lvyuan_2018().unwrap();
        let called = |code: &str| scheme.called(code).unwrap().to_owned();
        let (measure, task) = (called("T4-06"), called("PH-14"));
        for (written, read) in [
            (
                "核实：T4-06（人员2）".to_owned(),
                format!("核实：“{measure}”（T4-06）（人员2）"),
            ),
            (
                "调整PH-14的时间".to_owned(),
                format!("调整“{task}”（PH-14）的时间"),
            ),
            (format!("T4-06 {measure}"), format!("T4-06 {measure}")),
            ("须办理（T4-06）".to_owned(), "须办理（T4-06）".to_owned()),
            (
                "绿脱钩办〔2018〕7号，X9-99".to_owned(),
                "绿脱钩办〔2018〕7号，X9-99".to_owned(),
            ),
        ] {
            assert_eq!(scheme.spelled(&written), read);
        }
    }
}
