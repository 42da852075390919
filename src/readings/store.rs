//! SQL of readings and documents by what they concern.

use chrono::NaiveDate;

use crate::database::Db;

/// Something that is officially said.
#[derive(Debug, Clone)]
pub struct Reading {
    /// Its docket.
    pub id: i64,
    /// It is a supporting document.
    pub document: bool,
    /// The question, or the document's title.
    pub title: String,
    /// The answer, or the document's number and day.
    pub text: String,
    /// What it concerns.
    pub concerns: Vec<String>,
}

impl Reading {
    /// What stands before it.
    #[must_use]
    pub fn head(&self) -> String {
        if self.document {
            format!("配套文件{}", self.title)
        } else {
            format!("政策口径：{}", self.title)
        }
    }
}

/// What is valid on a day and concerns any of these codes, the newest last.
pub async fn told(
    db: &mut Db,
    codes: &[String],
    today: NaiveDate,
) -> Result<Vec<Reading>, sqlx::Error> {
    sqlx::query_as!(
        Reading,
        r#"select id, process = 'policy' as "document!", title,
                  case when process = 'policy'
                       then concat(answers ->> 'policy_number', '，', from_on, '起实施')
                       else concat(answers ->> 'reading_answer', '（依据：', answers ->> 'reading_basis', '，', from_on, '起施行）')
                  end as "text!", concerns
           from docket
           where campaign_id = $1 and concerns && $2 and process in ('reading', 'policy') and state = 'settled'
             and from_on <= $3
           order by id limit 50"#,
        db.campaign(),
        codes,
        today,
    )
    .fetch_all(db.connection())
    .await
}
