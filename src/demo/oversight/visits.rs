//! A round of visits: drawn, decided, two visits made, one of them with corrections.

use serde_json::json;

use crate::access::Act;
use crate::demo::DemoError;
use crate::demo::days::{Day, Life, life};
use crate::demo::story::Story;

impl Story<'_> {
    pub(super) fn visits(&self) -> Vec<Life<'_>> {
        vec![life(self.a_round())]
    }

    async fn a_round(&self) -> Result<(), DemoError> {
        let team = "脱钩办高岩、民政局秦梅、发改局范志强";
        let told = [
            ("round_title", json!("第一轮督导")),
            ("round_from", json!(self.cast.day((11, 12))?.to_string())),
            ("round_to", json!(self.cast.day((11, 23))?.to_string())),
            ("round_team", json!(team)),
            ("round_count", json!(4)),
            ("round_seed", json!("20181109")),
        ];
        let round = self
            .begin(("office", (11, 9)), ("visit_round", None), &told)
            .await?;
        self.go(("office", (11, 9)), (round, Act::DocketSend), &[])
            .await?;
        self.go(("office-lead", (11, 9)), (round, Act::DocketAccept), &[])
            .await?;
        let mut drawn = self.drawn(round).await?.into_iter();
        if let Some(first) = drawn.next() {
            let owner = first.1;
            let corrections = json!([
                { "key": "1", "what": "资产台账与实物不一致，补登投影仪1台", "owner": owner, "due": self.cast.day((11, 30))?.to_string() },
                { "key": "2", "what": "补齐办公用房移交手续", "owner": owner, "due": self.cast.day((12, 7))?.to_string() },
            ]);
            self.visited(first.0, ((11, 15), (11, 16)), corrections)
                .await?;
        }
        match drawn.next() {
            Some(second) => {
                let days = ((11, 19), (11, 20));
                self.visited(second.0, days, json!([])).await
            }
            None => Ok(()),
        }
    }

    async fn visited(
        &self,
        id: i64,
        (on, signed): (Day, Day),
        corrections: serde_json::Value,
    ) -> Result<(), DemoError> {
        let told = [
            ("visit_reason", json!("random")),
            ("visit_on", json!(self.cast.day((11, 14))?.to_string())),
            ("visit_team", json!("脱钩办高岩、民政局秦梅、发改局范志强")),
            ("visit_t1", json!("批复和通报齐全，原关系均有终止文件。")),
            ("visit_t3", json!("抽查资产台账5项，与实物核对。")),
            ("visit_t4", json!("核对辞职文件和劳动合同原件。")),
            (
                "visit_originals",
                json!([
                    { "key": "1", "item": "批复原件", "true": true },
                    { "key": "2", "item": "资产清查报告", "true": corrections.as_array().is_none_or(Vec::is_empty), "note": "以现场核对为准" },
                ]),
            ),
            ("visit_corrections", corrections),
        ];
        self.write_docket(("office", on), id, &told).await?;
        self.go(("office", on), (id, Act::DocketSend), &[]).await?;
        self.go(("office-lead", signed), (id, Act::DocketAccept), &[])
            .await
    }

    /// The visits of a round, with their units' codes.
    async fn drawn(&self, round: i64) -> Result<Vec<(i64, String)>, DemoError> {
        let mut db = self.app.database.read().await?;
        let rows = sqlx::query!(
            "select d.id, u.code from docket d
             join department u on u.campaign_id = d.campaign_id and u.id = d.department_id
             where d.campaign_id = $1 and d.parent_id = $2 order by d.id",
            db.campaign(),
            round,
        )
        .fetch_all(db.connection())
        .await?;
        Ok(rows.into_iter().map(|row| (row.id, row.code)).collect())
    }
}
