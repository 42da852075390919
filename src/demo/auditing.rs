//! What the audit found: one association, which is not the worked example (10.10).

use crate::crossings::finding;
use crate::findings::rules::{Entry, Kind, Level};

use super::DemoError;
use super::days::{Life, life};
use super::story::{Story, went};

impl Story<'_> {
    /// The findings of the audit.
    pub(super) fn audits(&self) -> Vec<Life<'_>> {
        vec![life(self.income_of_others())]
    }

    /// Income that went through the account of the unit.
    async fn income_of_others(&self) -> Result<(), DemoError> {
        let auditor = self.cast.on("shenji", (11, 8)).await?;
        let association = self.find("文化产业商会").await?;
        let entry = Entry {
            kind: Kind::Mismatch,
            level: Level::Normal,
            assets: String::new(),
            summary: "2017年展位服务收入1.60万元由业务主管单位账户代收，未转入协会账户".to_owned(),
            amount_cents: Some(1_600_000),
            found_on: auditor.today(),
            due_on: self.cast.day((12, 10))?,
        };
        let write = self.app.write(&auditor).await?;
        let entered = finding::enter(write, association, &entry).await;
        went("finding", entered).map(|_| ())
    }
}
