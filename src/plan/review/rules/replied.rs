//! What a reply says of itself, read from its text as it was signed: an association or a
//! unit that has another name by now had this one (FZ-1).

use super::Letter;

impl Letter {
    /// The unit that it answers.
    #[must_use]
    pub fn unit(&self) -> &str {
        self.addressee.trim_end_matches('：')
    }

    /// The association; none: the title is not one of ours.
    #[must_use]
    pub fn association(&self) -> Option<&str> {
        let rest = self.title.strip_prefix("关于")?;
        rest.strip_suffix("与行政机关脱钩实施方案的批复")
    }

    /// The number of the request that it answers.
    #[must_use]
    pub fn request_number(&self) -> Option<&str> {
        let first = self.paragraphs.first()?;
        let (before, _) = first.rsplit_once("）收悉")?;
        let (_, number) = before.rsplit_once("》（")?;
        Some(number)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Request;
    use super::*;

    #[test]
    fn a_letter_says_to_whom_on_what_and_of_whom() {
        let request = Request {
            unit: "区交通运输局",
            association: "长春市绿园区汽车维修（养护）行业协会",
            request_number: "绿交请〔2018〕21号",
            conditions: &["明确责任（含时限）".to_owned()],
            due: "2018-11-20".parse().unwrap(),
        };
        let letter = Letter::read(&Letter::to(&request).text());
        assert_eq!(letter.unit(), request.unit);
        assert_eq!(letter.association(), Some(request.association));
        assert_eq!(letter.request_number(), Some(request.request_number));
        assert!(letter.text().contains(super::super::CONDITIONS));
        let none = Letter::read("");
        assert_eq!((none.association(), none.request_number()), (None, None));
    }
}
