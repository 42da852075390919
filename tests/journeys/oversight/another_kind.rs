//! Another kind of report is another piece of the scheme's file and no code.

use axum::http::StatusCode;
use tuogou::scheme::Scheme;
use tuogou::scheme::load::Files;

use super::{At, done, own};
use crate::world::{World, national_scheme};

const MONTHLY: &str = r#"
[[process]]
code = "monthly"
group = "reports"
title = "月度简报"
lead = "每月一份。"
basis = "六（三）"
each = "unit"
from = "issue_date"
due = "phase1_end"
reads = ["office_clerk", "office_leader"]
figures = ["tracks"]
done = ["settled"]
columns = [["number", "编号"], ["unit", "单位"], ["monthly_text", "内容"], ["state", "状态"]]
[process.words]
settled = "已收到"

[[process.question]]
code = "monthly_text"
label = "内容"
type = "longtext"
required = true

[[process.step]]
act = "docket.save"
from = ["draft"]
by = ["unit_clerk"]
label = "填写"
todo = "编写月度简报"
due = "docket"

[[process.step]]
act = "docket.sign"
from = ["draft"]
to = "sent"
by = ["unit_leader"]
label = "签发"
todo = "签发月度简报"
due = "docket"

[[process.step]]
act = "docket.accept"
from = ["sent"]
to = "settled"
by = ["office_leader"]
label = "收到"
todo = "收月度简报"
due = "+2"
"#;

#[tokio::test]
async fn a_further_kind_of_report_is_toml_alone() {
    let mut files = Files::lvyuan_2018();
    files.processes.push_str(MONTHLY);
    let scheme = Scheme::parse(&files).unwrap();
    let world = World::of(scheme).await;
    world.app.brought_up().await.unwrap();
    let report = At {
        world: &world,
        id: own(&world, "monthly", "gongxin").await,
    };
    let clerk = world.sign_in("gongxin").await;
    let desk = world.get(&clerk, "/").await;
    assert!(desk.body.contains("编写月度简报"), "{}", desk.body);
    done(
        &report
            .write("gongxin", &[("monthly_text", "进展顺利。")])
            .await,
    );
    done(&report.go("gongxin-lead", "signature", &[]).await);
    done(&report.go("office-lead", "acceptance", &[]).await);
    let list = world.get(&clerk, "/reports?process=monthly").await;
    assert!(
        list.body.contains("已收到") && list.body.contains("进展顺利。"),
        "{}",
        list.body
    );
    let file = world.get(&clerk, "/reports.xlsx?process=monthly").await;
    assert_eq!(file.status, StatusCode::OK);
    let paper = world.get(&clerk, &format!("{}.docx", report.page())).await;
    assert_eq!(paper.status, StatusCode::OK);
    let other = world.sign_in("shangwu").await;
    assert_eq!(
        world.get(&other, &report.page()).await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn the_national_scheme_has_its_own_reports_and_not_the_districts() {
    let scheme = national_scheme();
    assert!(scheme.process("stage").is_some() && scheme.process("midterm").is_none());
    assert!(
        scheme.process("problem").is_some(),
        "the others are inherited"
    );
    let world = World::national().await;
    world.app.brought_up().await.unwrap();
    let report = At {
        world: &world,
        id: own(&world, "stage", "jiaotong").await,
    };
    let told = [
        ("stage_progress", "进展顺利。"),
        ("stage_plan", "年底前完成。"),
    ];
    done(&report.write("jiaotong", &told).await);
    done(&report.go("jiaotong-lead", "signature", &[]).await);
    done(&report.go("office-lead", "acceptance", &[]).await);
    let clerk = world.sign_in("jiaotong").await;
    let list = world.get(&clerk, "/reports").await;
    assert!(
        list.body.contains("阶段报告") && !list.body.contains("中期报告"),
        "{}",
        list.body
    );
}
