//! The audit's sample: the worked example is in it, and nothing was found there.

use serde_json::json;

use crate::access::Act;
use crate::demo::DemoError;
use crate::demo::days::{Life, life};
use crate::demo::story::Story;

impl Story<'_> {
    pub(super) fn samples(&self) -> Vec<Life<'_>> {
        vec![life(self.a_sample())]
    }

    async fn a_sample(&self) -> Result<(), DemoError> {
        let told = [
            ("sample_title", json!("2018年资产清查抽查")),
            ("sample_count", json!(3)),
            ("sample_seed", json!("绿审2018-11")),
            ("sample_due", json!(self.cast.day((12, 14))?.to_string())),
        ];
        let sample = self
            .begin(("shenji", (11, 6)), ("audit_sample", None), &told)
            .await?;
        self.go(("shenji", (11, 6)), (sample, Act::DocketSend), &[])
            .await?;
        let check = self.child(sample, "汽车维修行业协会").await?;
        let told = [
            ("check_reason", json!("amount")),
            ("check_on", json!(self.cast.day((11, 13))?.to_string())),
            ("check_posts", json!(true)),
            ("check_assets", json!(true)),
            ("check_policy", json!(true)),
            ("check_exit", json!(true)),
            ("check_result", json!("clean")),
            (
                "check_text",
                json!("资产台账与实物、账簿核对一致，财政拨款使用合规。"),
            ),
        ];
        self.write_docket(("shenji", (11, 14)), check, &told)
            .await?;
        self.go(("shenji", (11, 14)), (check, Act::DocketSend), &[])
            .await
    }
}
