//! The plan: drafted, approved of, sent back, replied to, begun.

use super::{Way, pairs, person_of};

impl Way<'_> {
    /// 方案: derived from the survey, completed part by part, asked for, signed.
    pub(super) async fn plan(&self) {
        let person = &self.person;
        let soon = self.world().app.clock.today() + chrono::Days::new(22);
        let soon = soon.to_string();
        let content = [
            ("PL-7.nil", "yes"),
            ("PL-7-1", "通过行业服务收入维持运转"),
            ("PL-8-1", "zuzhi"),
            ("PL-8-2", "4"),
            ("PL-8-3", "branch"),
            ("PL-8-4", soon.as_str()),
            ("PL-8-5", "季会长"),
            ("PL-9.nil", "yes"),
            ("PL-13.1.risk", "脱钩期间服务会员的工作中断"),
            ("PL-13.1.measure", "业务主管单位指定专人协调"),
            ("PL-14.nil", "yes"),
            ("PL-15-1", "yes"),
            ("PL-15-2", "yes"),
        ];
        self.at("jiaoyu", "/plan").await;
        person.press("编制实施方案").await;
        person.sees("实施方案已按摸底情况生成").await;
        for part in &self.world().scheme().plan.parts {
            let of_part = |name: &str| {
                part.questions.iter().any(|question| {
                    name.split('.').next() == Some(question.code()) || name == question.code()
                })
            };
            let values: Vec<(&str, &str)> = content
                .into_iter()
                .filter(|(name, _)| of_part(name))
                .collect();
            if !values.is_empty() {
                self.open(&format!("/plan/parts/{}", part.code)).await;
                person.fill_in(&pairs(&values)).await;
                person.press("保存本部分").await;
                person.sees("本部分已保存").await;
            }
        }
        person.press("一并报请有关部门批准").await;
        person.sees("待批").await;
        self.submit_plan(&self.number("教请", 6)).await;
    }

    async fn submit_plan(&self, number: &str) {
        self.at("jiaoyu-lead", "/plan").await;
        self.person.fill("request_number", number).await;
        self.person.press("以单位名义报送脱钩办").await;
        self.person.sees("实施方案已报送脱钩办").await;
    }

    /// Every department that was asked answers; one of them on conditions.
    pub(super) async fn prior_approvals(&self) {
        let asked: Vec<(i64, String)> = sqlx::query_as(
            "select id, competence from prior_approval where association_id = $1 and state = 'requested' order by id",
        )
        .bind(self.id)
        .fetch_all(self.world().owner())
        .await
        .unwrap();
        assert!(!asked.is_empty(), "the plan asks for nothing");
        for ((id, competence), number) in asked.iter().zip(1..) {
            let on_conditions = number == 1;
            self.at(person_of(competence), &format!("/plan/approvals/{id}"))
                .await;
            let verdict = if on_conditions { "conditions" } else { "agree" };
            let document = self.number("批", 200 + number);
            let today = self.today();
            let mut values = vec![
                ("verdict", verdict),
                ("document_number", document.as_str()),
                ("document_date", today.as_str()),
                ("opinion", "同意。"),
            ];
            if on_conditions {
                values.push(("conditions", "腾退前完成房屋交接"));
            }
            self.person.fill_in(&pairs(&values)).await;
            self.person.press("出具审批意见").await;
            self.person.sees("审批意见已出具").await;
        }
    }

    /// Sent back to one part, mended, sent again, checked, replied to, begun.
    pub(super) async fn reply(&self) {
        let person = &self.person;
        self.at("office", "/plan").await;
        person.choose("pass-PL-1", "yes").await;
        person.fill("remark-PL-8", "请明确党组织负责人").await;
        person.press("退回补正").await;
        person.sees("实施方案已退回补正").await;
        self.at("jiaoyu", "/plan/parts/PL-8").await;
        person.sees("请明确党组织负责人").await;
        person.fill("PL-8-5", "季会长（支部书记）").await;
        person.press("保存本部分").await;
        self.submit_plan(&self.number("教请", 7)).await;
        self.at("office", "/plan").await;
        person.sees("季会长（支部书记）").await;
        person.fill("opinion", "材料齐全。").await;
        person.press("受理，转负责人审批").await;
        self.signed().await;
        let prefix = &self.world().scheme().campaign.reply_prefix;
        let year = self.world().app.clock.today().format("%Y");
        person.sees(&format!("{prefix}〔{year}〕")).await;
        person.sees("腾退前完成房屋交接").await;
        self.at("jiaoyu-lead", "/plan").await;
        person.press("启动实施").await;
        person.sees("已启动实施").await;
    }

    /// The reply: before the supporting documents are out it says why it goes first (PD-7).
    async fn signed(&self) {
        let person = &self.person;
        self.at("office-lead", "/plan/reply/new").await;
        if person.reads().await.contains("尚未印发") {
            person.press("签发批复").await;
            person.sees("项配套文件没有印发").await;
            person
                .fill("opinion", "配套文件正在会签，方案成熟，先行批复。")
                .await;
        }
        person.press("签发批复").await;
        person.sees("已批复，文号已编定").await;
    }
}
