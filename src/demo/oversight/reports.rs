//! The mid-term round: in time, late, returned by part, nil, and one that is still owed.

use serde_json::{Value, json};

use crate::access::Act;
use crate::demo::DemoError;
use crate::demo::days::{Day, Life, life};
use crate::demo::story::Story;

/// How far a unit gets.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Until {
    Drafted,
    Sent,
    Returned,
    Again,
    Accepted,
}

/// A unit, its leader's account, the day of its report, how far it gets.
const UNITS: [(&str, &str, Day, Until); 7] = [
    ("gongxin", "gongxin-lead", (11, 2), Until::Accepted),
    ("jiaotong", "jiaotong-lead", (11, 5), Until::Accepted),
    ("shangwu", "shangwu-lead", (11, 5), Until::Again),
    ("zhujian", "zhujian-lead", (11, 8), Until::Returned),
    ("wenguang", "wenguang-lead", (11, 9), Until::Sent),
    ("jiaoyu", "jiaoyu-lead", (11, 5), Until::Accepted),
    (
        "gongshanglian",
        "gongshanglian-lead",
        (11, 5),
        Until::Drafted,
    ),
];

fn parts(trouble: &str) -> Vec<(&'static str, Value)> {
    vec![
        (
            "midterm_progress",
            json!("名单内的协会均已报送实施方案，已批复的按方案推进，各项完成情况见附表。"),
        ),
        (
            "midterm_steps",
            json!("成立工作组，明确专职联络员；逐个协会排出时间表，每周调度一次。"),
        ),
        ("midterm_trouble", json!(trouble)),
        (
            "midterm_advice",
            json!("建议有关部门加快前置审批，统一人员去留的口径。"),
        ),
    ]
}

impl Story<'_> {
    pub(super) fn reports(&self) -> Vec<Life<'_>> {
        let mut lives: Vec<Life<'_>> = Vec::new();
        for unit in UNITS {
            lives.push(life(self.report(unit)));
        }
        lives
    }

    async fn report(
        &self,
        (unit, lead, day, until): (&str, &str, Day, Until),
    ) -> Result<(), DemoError> {
        let id = self.own((10, 22), "midterm", (unit, "")).await?;
        // 教育局 has no association on the list: a nil report needs no words.
        if unit != "jiaoyu" {
            let told = parts("部分协会办公用房腾退和人员去留进展较慢。");
            self.write_docket((unit, (11, 1)), id, &told).await?;
        }
        if until == Until::Drafted {
            return Ok(());
        }
        self.go((lead, day), (id, Act::DocketSign), &[]).await?;
        match until {
            Until::Accepted => {
                self.go(("office-lead", (11, 12)), (id, Act::DocketAccept), &[])
                    .await
            }
            Until::Again | Until::Returned => {
                let remarks = [("midterm_trouble", "请写明涉及哪些协会、卡在哪个部门。")];
                let back = (id, Act::DocketReturn);
                self.go_back(("office", (11, 12)), back, (&[], &remarks))
                    .await?;
                if until == Until::Returned {
                    return Ok(());
                }
                let told = parts(
                    "家具商会办公用房权属有争议，已提请脱钩办研究；电子商务协会等待组织部审批。",
                );
                self.write_docket((unit, (11, 14)), id, &told).await?;
                self.go((lead, (11, 15)), (id, Act::DocketSign), &[])
                    .await?;
                self.go(("office-lead", (11, 19)), (id, Act::DocketAccept), &[])
                    .await
            }
            Until::Drafted | Until::Sent => Ok(()),
        }
    }
}
