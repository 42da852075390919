//! The six documents, readings, press reports.

use serde_json::json;

use crate::access::Act;
use crate::demo::DemoError;
use crate::demo::days::{Day, Life, life};
use crate::demo::story::Story;

/// A document: code, lead, its clerk's account, number, issued on, what it concerns.
type Document = (&'static str, &'static str, &'static str, Day, &'static str);

const DOCUMENTS: [Document; 6] = [
    (
        "PD-1",
        "minzheng",
        "绿民发〔2018〕41号",
        (9, 25),
        "T4-01、T4-02",
    ),
    (
        "PD-2",
        "zuzhi",
        "绿组通〔2018〕37号",
        (9, 26),
        "T5-01、T5-02",
    ),
    ("PD-3", "caizheng", "绿财发〔2018〕62号", (9, 27), "T3-06"),
    ("PD-4", "caizheng", "绿财发〔2018〕63号", (9, 28), "T3-10"),
    ("PD-5", "caizheng", "绿财发〔2018〕64号", (9, 28), "T3-07"),
    (
        "PD-6",
        "jiguan",
        "绿机管发〔2018〕19号",
        (10, 10),
        "T3-11、T3-12",
    ),
];

impl Story<'_> {
    pub(super) fn policies(&self) -> Vec<Life<'_>> {
        let mut lives: Vec<Life<'_>> = Vec::new();
        for document in DOCUMENTS {
            lives.push(life(self.document(document)));
        }
        lives.push(life(self.a_reading()));
        lives.push(life(self.a_second_reading()));
        lives.push(life(self.a_report_in_the_press()));
        lives
    }

    async fn document(
        &self,
        (code, lead, number, issued, concerns): Document,
    ) -> Result<(), DemoError> {
        let id = self.own((8, 20), "policy", (lead, code)).await?;
        let draft = [
            (
                "policy_draft",
                json!("已完成调研，起草初稿，拟征求各业务主管单位意见。"),
            ),
            ("policy_concerns", json!(concerns)),
        ];
        self.write_docket((lead, (9, 3)), id, &draft).await?;
        let until = [("policy_until", json!(self.cast.day((9, 14))?.to_string()))];
        self.go((lead, (9, 5)), (id, Act::DocketSend), &until)
            .await?;
        if code == "PD-3" {
            let who = self.cast.on("jiaotong", (9, 11)).await?;
            let write = self.app.write(&who).await?;
            let said = "建议明确2018年已拨付资金的处理办法。";
            let advised = crate::oversight::acts::advise(write, id, said).await;
            crate::demo::story::went("advise", advised)?;
        }
        let reviewed = [("policy_reviewed", json!("征求意见已采纳，局长办公会审定。"))];
        self.go((lead, (9, 20)), (id, Act::DocketAnswer), &reviewed)
            .await?;
        let day = self.cast.day(issued)?.to_string();
        let out = [
            ("policy_number", json!(number)),
            ("policy_issued_on", json!(day)),
            ("policy_from", json!(day)),
        ];
        self.go((lead, issued), (id, Act::DocketFinish), &out)
            .await?;
        let next = (issued.0, issued.1 + 1);
        self.go(("office-lead", next), (id, Act::DocketClose), &[])
            .await?;
        self.carried_out(lead, code).await
    }

    /// PD-8: the lead department reports once at mid-term; one has not.
    async fn carried_out(&self, lead: &str, code: &str) -> Result<(), DemoError> {
        let id = self.own((10, 22), "policy_midterm", (lead, code)).await?;
        if code == "PD-6" {
            return Ok(());
        }
        let mut told = vec![(
            "policy_midterm_text",
            json!("文件印发后已组织培训，各单位按文件执行。"),
        )];
        if code == "PD-5" {
            let rows = json!([{ "key": "1", "year": 2019, "amount": 12_000_000, "note": "行业统计、标准制定等服务" }]);
            told.push(("policy_midterm_budget", rows));
        }
        self.write_docket((lead, (11, 1)), id, &told).await?;
        self.go((lead, (11, 2)), (id, Act::DocketSend), &[]).await?;
        if code == "PD-4" {
            return Ok(());
        }
        self.go(("office-lead", (11, 7)), (id, Act::DocketAccept), &[])
            .await
    }

    async fn a_reading(&self) -> Result<(), DemoError> {
        let told = [
            (
                "reading_question",
                json!("2018年上半年已经拨付的财政拨款怎么办"),
            ),
            (
                "reading_answer",
                json!("说明用途并附使用情况，未使用的退回；由财政局逐笔核实，审计局抽查。"),
            ),
            ("reading_basis", json!("方案三（三）；绿财发〔2018〕62号")),
            ("reading_concerns", json!("T3-06、SV-46")),
        ];
        let id = self
            .begin(("caizheng", (10, 9)), ("reading", None), &told)
            .await?;
        self.go(("caizheng", (10, 9)), (id, Act::DocketSend), &[])
            .await?;
        let from = [("reading_from", json!(self.cast.day((10, 11))?.to_string()))];
        self.go(("office-lead", (10, 11)), (id, Act::DocketAccept), &from)
            .await
    }

    async fn a_second_reading(&self) -> Result<(), DemoError> {
        let told = [
            ("reading_question", json!("退休干部担任协会顾问是否算兼职")),
            (
                "reading_answer",
                json!("担任顾问等名誉职务的，按兼职管理，报组织部门审批。"),
            ),
            ("reading_basis", json!("方案三（四）")),
            ("reading_concerns", json!("T4-02")),
        ];
        let id = self
            .begin(("zuzhi", (11, 19)), ("reading", None), &told)
            .await?;
        self.go(("zuzhi", (11, 20)), (id, Act::DocketSend), &[])
            .await
    }

    async fn a_report_in_the_press(&self) -> Result<(), DemoError> {
        let told = [
            ("news_title", json!("绿园区推进行业协会商会与行政机关脱钩")),
            ("news_on", json!(self.cast.day((10, 18))?.to_string())),
            ("news_medium", json!("长春日报")),
            ("news_link", json!("第3版")),
        ];
        let id = self
            .begin(("office", (10, 19)), ("news", None), &told)
            .await?;
        self.go(("office", (10, 19)), (id, Act::DocketSend), &[])
            .await
    }
}
