//! Dockets in each state in which somebody has a form.

use super::Stage;

const NEW: &str = "/dockets/new/problem";

/// A problem as somebody raises it.
async fn raised(stage: &mut Stage<'_>, who: &str, (title, level): (&str, &str)) -> String {
    let typed = [
        ("association", ""),
        ("problem_title", title),
        ("problem_kind", "other"),
        ("problem_level", level),
        ("problem_gap", "no"),
        ("problem_policy", ""),
    ];
    stage.fill(who, NEW, &typed).await
}

/// Problems on their way: one in nobody's work yet, one that is reported to be solved; of grave
/// ones one with the office, one with a department.
pub async fn problems(stage: &mut Stage<'_>) {
    let page = raised(stage, "gongxin", ("会员单位重复登记", "normal")).await;
    stage.finds("gongxin", page.clone());
    stage.finds("office", page);

    let page = raised(stage, "gongxin", ("档案移交没有地点", "normal")).await;
    for step in ["taking", "finish"] {
        let action = format!("{page}/{step}");
        stage.act("gongxin", (&page, &action), &[]).await;
    }
    stage.finds("gongxin", page);

    for (title, handed) in [("会费账户被冻结", false), ("办公用房被查封", true)] {
        let page = raised(stage, "shangwu", (title, "major")).await;
        let sending = format!("{page}/sending");
        stage.act("shangwu-lead", (&page, &sending), &[]).await;
        if handed {
            let assignment = format!("{page}/assignment");
            let typed = [("problem_handler", "caizheng")];
            stage.act("office", (&page, &assignment), &typed).await;
            stage.finds("caizheng", page.clone());
        }
        stage.finds("office", page.clone());
        stage.finds("office-lead", page);
    }
}

/// A document on which everybody may say something.
pub async fn policy(stage: &mut Stage<'_>) {
    let sql = "select id from docket where id > $1 and policy = $2 and process = 'policy'";
    let id = stage.number(sql, 0, "PD-1").await;
    let page = format!("/dockets/{id}");
    let edit = format!("{page}/edit");
    let typed = [("policy_concerns", "T4-01")];
    stage.fill("minzheng", &edit, &typed).await;
    let sending = format!("{page}/sending");
    stage.act("minzheng", (&page, &sending), &[]).await;
    stage.finds("jiaoyu", page);
}
