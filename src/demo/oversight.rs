//! Problems, documents and readings, reports, visits and audit, as they went.

mod audits;
mod policies;
mod problems;
mod reports;
mod visits;

use serde_json::Value;

use crate::access::Act;
use crate::oversight::acts::beginning::{Entry, begin};
use crate::oversight::acts::{self, Typed};
use crate::oversight::store::Remarks;
use crate::scheme::Answers;

use super::DemoError;
use super::days::{Day, Life};
use super::story::{SEEN, Story, went};

/// Answers by code.
pub(super) type Told<'a> = &'a [(&'a str, Value)];

/// Who, on which day.
pub(super) type On<'a> = (&'a str, Day);

fn answers(told: Told<'_>) -> Answers {
    let mut answers = Answers::default();
    for (code, value) in told {
        answers.set(code, Some(value.clone()));
    }
    answers
}

impl Story<'_> {
    /// All of it.
    pub(super) fn oversight(&self) -> Vec<Life<'_>> {
        let mut lives = self.policies();
        lives.extend(self.problems());
        lives.extend(self.reports());
        lives.extend(self.visits());
        lives.extend(self.samples());
        lives
    }

    /// Begins a docket, about an association or none.
    async fn begin(
        &self,
        (username, day): On<'_>,
        (process, about): (&str, Option<&str>),
        told: Told<'_>,
    ) -> Result<i64, DemoError> {
        let who = self.cast.on(username, day).await?;
        let entry = Entry {
            answers: answers(told),
            association: about.map(|name| self.cast.named(name)),
            link: String::new(),
        };
        let write = self.app.write(&who).await?;
        went("begin", begin(write, process, &entry).await)
    }

    /// Writes a docket.
    async fn write_docket(
        &self,
        (username, day): On<'_>,
        id: i64,
        told: Told<'_>,
    ) -> Result<(), DemoError> {
        let who = self.cast.on(username, day).await?;
        let write = self.app.write(&who).await?;
        went("write", acts::save(write, id, SEEN, &answers(told)).await)
    }

    /// Goes a step of it.
    async fn go(
        &self,
        (username, day): On<'_>,
        (id, act): (i64, Act),
        told: Told<'_>,
    ) -> Result<(), DemoError> {
        self.go_back((username, day), (id, act), (told, &[])).await
    }

    /// The same with what is to be mended, by part.
    async fn go_back(
        &self,
        (username, day): On<'_>,
        (id, act): (i64, Act),
        (told, remarks): (Told<'_>, &[(&str, &str)]),
    ) -> Result<(), DemoError> {
        let who = self.cast.on(username, day).await?;
        let remarks = remarks.iter();
        let typed = Typed {
            answers: answers(told),
            remarks: remarks
                .map(|(code, text)| ((*code).to_owned(), (*text).to_owned()))
                .collect::<Remarks>(),
        };
        let write = self.app.write(&who).await?;
        let outcome = acts::step(write, id, SEEN, (act, &typed)).await;
        went(act.name(), outcome)
    }

    /// The docket of a process that is there by itself: of a department, of a document.
    async fn own(
        &self,
        day: Day,
        process: &str,
        (department, policy): (&str, &str),
    ) -> Result<i64, DemoError> {
        self.cast.days.come(day).await?;
        self.app.brought_up().await?;
        let department = self.cast.department(department)?.0;
        let mut db = self.app.database.read().await?;
        let id = sqlx::query_scalar!(
            "select id from docket where campaign_id = $1 and process = $2 and department_id = $3 and policy = $4
             order by id desc limit 1",
            db.campaign(),
            process,
            department,
            policy,
        )
        .fetch_optional(db.connection())
        .await?;
        id.ok_or_else(|| DemoError::Refused(format!("no {process} {policy}")))
    }

    /// What came out of a docket for an association.
    async fn child(&self, parent: i64, about: &str) -> Result<i64, DemoError> {
        let association = self.find(about).await?;
        let mut db = self.app.database.read().await?;
        let id = sqlx::query_scalar!(
            "select id from docket where campaign_id = $1 and parent_id = $2 and association_id = $3",
            db.campaign(),
            parent,
            association.0,
        )
        .fetch_optional(db.connection())
        .await?;
        id.ok_or_else(|| DemoError::Refused(format!("nothing for {about}")))
    }
}
