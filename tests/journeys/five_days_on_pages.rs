//! The worked example as people read it: the pages of a demonstration stopped on five days
//! say what domain 12.1 says of them.

use axum::http::StatusCode;
use chrono::NaiveDate;
use tuogou::scheme::Scheme;

use crate::world::{Answer, World};

const EXAMPLE: &str = "汽车维修行业协会";

/// What stands on a page, without the spaces between.
fn read(answer: &Answer) -> String {
    let told = answer.texts("main").concat();
    told.chars().filter(|c| !c.is_whitespace()).collect()
}

async fn page(world: &World, who: &str, path: &str) -> Answer {
    let cookie = world.sign_in(who).await;
    let page = world.get(&cookie, path).await;
    assert_eq!(page.status, StatusCode::OK, "{who} {path}");
    page
}

/// Each of these pages says each of its sentences.
async fn say(world: &World, who: &str, pages: &[(String, &[&str])]) {
    for (path, sentences) in pages {
        let told = read(&page(world, who, path).await);
        for sentence in *sentences {
            assert!(told.contains(sentence), "{path} {sentence}: {told}");
        }
    }
}

/// The list is published, with two of the unit's three associations on it.
async fn on_28_september(world: &World, at: &str) {
    let clerk = world.sign_in("jiaotong").await;
    let own = world.get(&clerk, "/roster").await.location();
    let pages: [(String, &[&str]); 3] = [
        (
            "/public/roster".to_owned(),
            &[
                "2018年第1号",
                "2018年9月28日",
                "汽车维修行业协会51220106MJ00001065区交通运输局",
            ],
        ),
        (
            own,
            &[
                "在管3",
                "应报在管3个的一半，进一2",
                "其中必报1",
                "推荐2",
                "列入名单2",
            ],
        ),
        (
            at.to_owned(),
            &["摸底调查已确认", "脱钩名单必报2018-09-28第1号"],
        ),
    ];
    say(world, "jiaotong", &pages).await;
}

/// The plan is sent, without a body that receives the party work; 工信局 has answered.
async fn on_12_october(world: &World, at: &str) {
    let pages: [(String, &[&str]); 2] = [
        (
            format!("{at}/plan"),
            &[
                "已报送，待脱钩办受理",
                "焦永刚于2018-10-12",
                "（绿交请〔2018〕21号）报送",
                "党建工作接收单位区交通运输局",
            ],
        ),
        (
            format!("{at}/notices"),
            &[
                "区工业和信息化局同意终止关系",
                "2018-10-10（绿交函〔2018〕15号）",
                "签收2018-10-11",
            ],
        ),
    ];
    say(world, "jiaotong", &pages).await;
}

/// The office has sent it back for PL-8, and every approval stands.
async fn on_19_october(world: &World, at: &str) {
    let pages: [(String, &[&str]); 2] = [
        (
            format!("{at}/plan"),
            &[
                "已退回，待补正",
                "未明确接收党建工作的单位",
                "何静2018-10-19",
                "绿组干备〔2018〕17号，2018-10-17",
                "绿批〔2018〕48号，2018-10-18",
            ],
        ),
        ("/".to_owned(), &["补正被退回的实施方案"]),
    ];
    say(world, "jiaotong", &pages).await;
}

/// The reply is given with its condition.
async fn on_24_october(world: &World, at: &str) {
    let pages: [(String, &[&str]); 3] = [
        (
            format!("{at}/plan/reply"),
            &[
                "绿脱钩办〔2018〕3号",
                "（绿交请〔2018〕23号）收悉",
                "1.2018年已拨2.50万元于10月31日前退回或由财政局书面处理（财政局，绿批〔2018〕48号）。",
                "2018年10月24日",
            ],
        ),
        (
            format!("{at}/plan"),
            &[
                "已批复，待启动实施",
                "党建工作接收单位区委组织部",
                "组建方式单独组建",
            ],
        ),
        (
            at.to_owned(),
            &["落实批复条件：2018年已拨2.50万元于10月31日前退回"],
        ),
    ];
    say(world, "jiaotong", &pages).await;
}

/// The items of a measure, as their pages are addressed.
async fn items(world: &World, at: &str, measure: &str) -> Vec<String> {
    let sql = "select i.id from item i join association a on a.id = i.association_id
         where a.name like '%' || $1 || '%' and i.measure = $2 order by i.id";
    let found: Vec<i64> = sqlx::query_scalar(sql)
        .bind(EXAMPLE)
        .bind(measure)
        .fetch_all(world.owner())
        .await
        .unwrap();
    found
        .iter()
        .map(|id| format!("{at}/progress/{id}"))
        .collect()
}

const ITEMS: [(&str, &[&[&str]]); 8] = [
    (
        "T1-01",
        &[
            &[
                "完成日期2018-10-25",
                "2018-10-25终止（绿交发〔2018〕40号）",
                "绿交发〔2018〕40号2018-10-25区交通运输局",
            ],
            &[
                "完成日期2018-10-26",
                "2018-10-26终止（绿工信发〔2018〕19号）",
                "绿工信发〔2018〕19号2018-10-26区工业和信息化局",
            ],
        ],
    ),
    ("T3-03", &[&["完成日期2018-10-30"]]),
    ("T3-05", &[&["完成日期2018-11-02"]]),
    (
        "T3-06",
        &[&[
            "逾期完成",
            "完成日期2018-10-30",
            "核实2018-11-01",
            "处理方式已退回",
            "处理日期2018-10-30",
            "区财政局",
        ]],
    ),
    ("T4-06", &[&["完成日期2018-11-12"]]),
    (
        "T4-08",
        &[&[
            "应签劳动合同人数3",
            "已签劳动合同人数3",
            "全部签订日期2018-11-01",
        ]],
    ),
    (
        "T5-01",
        &[&[
            "接收单位区委组织部",
            "接收日期2018-11-14",
            "移交党员人数4",
            "完成日期2018-11-14",
        ]],
    ),
    (
        "T5-02",
        &[&[
            "组建方式单独组建",
            "批准（任命）日期2018-11-15",
            "完成日期2018-11-15",
        ]],
    ),
];

/// 35 of 38 are done, one of them late; three wait for their own days.
async fn on_22_november(world: &World, at: &str) {
    let pages: [(String, &[&str]); 4] = [
        (
            at.to_owned(),
            &[
                "2018-10-25终止（绿交发〔2018〕40号）",
                "2018-10-26终止（绿工信发〔2018〕19号）",
            ],
        ),
        (
            format!("{at}/progress"),
            &[
                "已完成35项，共38项，92.1%",
                "机构分离4/580.0%",
                "职能分离7/7100.0%",
                "资产财务分离9/1181.8%，其中1项逾期完成",
                "人员管理分离12/12100.0%",
                "党建、外事等事项分离3/3100.0%",
            ],
        ),
        (
            format!("{at}/assets"),
            &["已退回2018-10-30缴款书0031号2018-11-01已退回，财政局已核实"],
        ),
        (format!("{at}/plan"), &["已落实时限2018-10-31"]),
    ];
    say(world, "jiaotong", &pages).await;
    for (measure, sentences) in ITEMS {
        let addresses = items(world, at, measure).await;
        assert_eq!(addresses.len(), sentences.len(), "{measure}");
        for (path, sentences) in addresses.into_iter().zip(sentences) {
            say(world, "jiaotong", &[(path, sentences)]).await;
        }
    }
    let late = page(world, "jiaotong", &format!("{at}/progress?light=done_late")).await;
    let late = late.texts("main tbody tr:not(.group)");
    assert_eq!(late.len(), 1, "{late:?}");
    assert!(
        late.iter().all(|line| line.starts_with("T3-06")),
        "{late:?}"
    );
    let all = page(world, "jiaotong", &format!("{at}/progress")).await;
    let open = all.texts("main tbody tr:not(.group)");
    let open = open.iter().filter(|row| row.contains("未开始"));
    let open: Vec<&str> = open
        .filter_map(|row| row.split_whitespace().next())
        .collect();
    let own: Vec<&&str> = open.iter().filter(|code| !code.starts_with("T6")).collect();
    assert_eq!(own, [&"T1-02", &"T3-11", &"T3-12"]);
}

#[tokio::test]
async fn the_pages_of_five_days_say_what_the_domain_says() {
    let world = World::empty(Scheme::lvyuan_2018().unwrap()).await;
    let days = [
        "2018-09-28",
        "2018-10-12",
        "2018-10-19",
        "2018-10-24",
        "2018-11-22",
    ];
    let days = days.map(|day| day.parse::<NaiveDate>().unwrap());
    world
        .told(&days, async |world, today| {
            let id = world.association(EXAMPLE).await;
            let at = format!("/associations/{id}");
            match today.to_string().as_str() {
                "2018-09-28" => on_28_september(world, &at).await,
                "2018-10-12" => on_12_october(world, &at).await,
                "2018-10-19" => on_19_october(world, &at).await,
                "2018-10-24" => on_24_october(world, &at).await,
                _ => on_22_november(world, &at).await,
            }
        })
        .await;
}
