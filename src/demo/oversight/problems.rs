//! Problems: one solved, one grave on its way, one that shows a gap, one just raised.

use serde_json::{Value, json};

use crate::access::Act;
use crate::demo::DemoError;
use crate::demo::days::{Life, life};
use crate::demo::story::Story;

fn problem(title: &str, text: &str, kind: &str, level: &str) -> Vec<(&'static str, Value)> {
    vec![
        ("problem_title", json!(title)),
        ("problem_text", json!(text)),
        ("problem_kind", json!(kind)),
        ("problem_level", json!(level)),
    ]
}

impl Story<'_> {
    pub(super) fn problems(&self) -> Vec<Life<'_>> {
        vec![
            life(self.a_bank_account()),
            life(self.whose_house()),
            life(self.how_to_buy()),
            life(self.who_will_not_choose()),
        ]
    }

    async fn a_bank_account(&self) -> Result<(), DemoError> {
        let told = problem(
            "开户银行要求提供业务主管单位同意函，独立账号迟迟办不下来",
            "协会申请开立独立账号，开户银行仍按旧办法要求业务主管单位出具同意函。",
            "assets",
            "normal",
        );
        let id = self
            .begin(
                ("gongxin", (10, 29)),
                ("problem", Some("装备制造业协会")),
                &told,
            )
            .await?;
        let due = [("problem_due", json!(self.cast.day((11, 9))?.to_string()))];
        self.go(("gongxin", (10, 30)), (id, Act::DocketTake), &due)
            .await?;
        let result = [(
            "problem_result",
            json!("已与开户银行沟通，按登记证书和批复办理，11月7日开户。"),
        )];
        self.go(("gongxin", (11, 8)), (id, Act::DocketFinish), &result)
            .await?;
        let closing = [("problem_closing", json!("已核对开户许可证原件。"))];
        self.go(("gongxin-lead", (11, 9)), (id, Act::DocketClose), &closing)
            .await
    }

    async fn whose_house(&self) -> Result<(), DemoError> {
        let mut told = problem(
            "办公用房由原商业局出资购置，权属有争议",
            "协会现用办公用房42平方米，购置时由原商业局和协会共同出资，登记在协会名下，双方对权属意见不一。",
            "assets",
            "normal",
        );
        told.push(("problem_causes", json!(["dispute"])));
        told.push((
            "problem_help",
            json!("请财政局、机关事务管理局明确权属认定的办法。"),
        ));
        let id = self
            .begin(("shangwu", (11, 5)), ("problem", Some("家具商会")), &told)
            .await?;
        self.go(("shangwu-lead", (11, 6)), (id, Act::DocketSend), &[])
            .await?;
        let due = self.cast.day((11, 14))?.to_string();
        let handed = [
            ("problem_handler", json!("caizheng")),
            ("problem_answer_due", json!(due)),
        ];
        self.go(("office", (11, 7)), (id, Act::DocketAssign), &handed)
            .await?;
        let opinion = [(
            "problem_opinion",
            json!(
                "按出资比例界定：原商业局出资部分确认为国有资产，由协会按规定办理有偿使用或者购买手续。"
            ),
        )];
        self.go(("caizheng", (11, 13)), (id, Act::DocketAnswer), &opinion)
            .await?;
        let ruling = [
            (
                "problem_ruling",
                json!("同意财政局意见，由商务局指导协会于11月底前完成权属界定。"),
            ),
            (
                "problem_ruled_on",
                json!(self.cast.day((11, 15))?.to_string()),
            ),
            ("problem_meeting", json!("绿脱钩办纪要〔2018〕3号")),
            (
                "problem_done_due",
                json!(self.cast.day((11, 29))?.to_string()),
            ),
        ];
        self.go(("office-lead", (11, 16)), (id, Act::DocketDecide), &ruling)
            .await
    }

    async fn how_to_buy(&self) -> Result<(), DemoError> {
        let mut told = problem(
            "取消拨款后承接购买服务没有目录，不知从何申请",
            "协会2018年起不再有财政拨款，拟承接行业统计服务，购买服务实施意见没有列明可以购买的项目。",
            "policy",
            "normal",
        );
        told.push(("problem_gap", json!(true)));
        told.push(("problem_policy", json!("PD-5")));
        let id = self
            .begin(
                ("gongxin", (11, 2)),
                ("problem", Some("中小企业促进会")),
                &told,
            )
            .await?;
        let due = [("problem_due", json!(self.cast.day((11, 20))?.to_string()))];
        self.go(("gongxin", (11, 5)), (id, Act::DocketTake), &due)
            .await?;
        let gap = self
            .own((11, 5), "policy_gap", ("caizheng", "PD-5"))
            .await?;
        let answer = [(
            "gap_answer",
            json!("2019年购买服务指导性目录12月印发，行业统计列入；印发前按一事一议办理。"),
        )];
        self.go(("caizheng", (11, 9)), (gap, Act::DocketSend), &answer)
            .await
    }

    async fn who_will_not_choose(&self) -> Result<(), DemoError> {
        let mut told = problem(
            "一名在协会任职的在编人员不作去留选择",
            "经两次谈话，当事人以待遇未明确为由不作选择，影响人员分离。",
            "people",
            "normal",
        );
        told.push(("problem_causes", json!(["refusal"])));
        self.begin(
            ("zhujian", (11, 21)),
            ("problem", Some("建筑业协会")),
            &told,
        )
        .await
        .map(|_| ())
    }
}
