//! The office's reply (批复) in the official form (GB/T 9704-2012): number,
//! title, addressee, body. Made from parameters once and then kept as signed.

pub mod cover;
pub mod marks;
pub mod parts;
pub mod replied;
pub mod request;
pub mod rounds;

use chrono::NaiveDate;

use crate::clock::chinese_date;

/// 绿脱钩办〔2018〕3号: no padding, no 第, six-angle brackets (TC-38).
#[must_use]
pub fn number(prefix: &str, year: i32, serial: i32) -> String {
    format!("{prefix}〔{year}〕{serial}号")
}

/// What stands before the conditions of a reply, behind the number of the paragraph.
pub const CONDITIONS: &str = "、实施中须落实以下条件：";

/// What the unit's request is called.
#[must_use]
pub fn request_title(association: &str) -> String {
    format!("关于报送《{association}与行政机关脱钩实施方案》的请示")
}

/// What a reply is made from.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The unit that asked.
    pub unit: &'a str,
    /// The association.
    pub association: &'a str,
    /// Number of the request.
    pub request_number: &'a str,
    /// Conditions, numbered in the text.
    pub conditions: &'a [String],
    /// By when the tracks are carried out.
    pub due: NaiveDate,
}

/// A reply's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Its title.
    pub title: String,
    /// To whom.
    pub addressee: String,
    /// Its paragraphs.
    pub paragraphs: Vec<String>,
}

impl Letter {
    /// The reply to a request (domain 6.3: 收悉 → 原则同意 → 条件 → 要求 → 此复).
    #[must_use]
    pub fn to(request: &Request<'_>) -> Self {
        let Request {
            unit, association, ..
        } = request;
        let mut paragraphs = vec![
            format!(
                "你单位《{}》（{}）收悉。经研究，批复如下：",
                // A title inside a title has single brackets (GB/T 15834).
                request_title(association)
                    .replace('《', "〈")
                    .replace('》', "〉"),
                request.request_number
            ),
            format!("一、原则同意《{association}与行政机关脱钩实施方案》，请按方案组织实施。"),
        ];
        let mut headings = ["二", "三"].into_iter();
        if !request.conditions.is_empty() {
            let heading = headings.next().unwrap_or_default();
            paragraphs.push(format!("{heading}{CONDITIONS}"));
            let numbered = request.conditions.iter().zip(1..);
            paragraphs.extend(numbered.map(|(condition, number)| {
                format!(
                    "{number}.{}。",
                    condition.trim().trim_end_matches(['。', ';', ';'])
                )
            }));
        }
        let heading = headings.next().unwrap_or_default();
        paragraphs.push(format!(
            "{heading}、请明确责任、倒排工期，于{}前完成各项脱钩任务（另有法定时限的除外）；实施进展及时报送我办，遇重大问题及时报告；方案内容确需变更的，须报我办批准。",
            chinese_date(request.due)
        ));
        paragraphs.push("此复。".to_owned());
        Self {
            title: format!("关于{association}与行政机关脱钩实施方案的批复"),
            addressee: format!("{unit}："),
            paragraphs,
        }
    }

    /// As it is kept: title, addressee and paragraphs, one a line.
    #[must_use]
    pub fn text(&self) -> String {
        let lines = [&self.title, &self.addressee]
            .into_iter()
            .chain(&self.paragraphs);
        lines
            .map(|line| line.replace('\n', " "))
            .collect::<Vec<_>>()
            .join("\n")
    }

    /// A reply as it was kept.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let mut lines = text.lines().map(str::to_owned);
        Self {
            title: lines.next().unwrap_or_default(),
            addressee: lines.next().unwrap_or_default(),
            paragraphs: lines.collect(),
        }
    }
}

#[cfg(test)]
mod tests;
