//! Work groups, major activities, reminders, a moved window and an order of
//! supervision: what the office and the units did beside the journey.

use chrono::NaiveDate;

use crate::web::App;
use crate::workgroups::acts as workgroups;
use crate::workgroups::rules::{Content, Member, Risk, Step};

use super::DemoError;
use super::carrying::Day;
use super::cast::{Cast, UNITS};
use super::story::went;

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2018, month, day).unwrap_or_default()
}

/// What a unit's work group looks like; `parts` of it are written (1 to 4).
fn content(number: usize, parts: usize) -> Content {
    let full = Content {
        leader: format!("组长{number}"),
        leader_post: "局长".to_owned(),
        members: vec![
            Member {
                name: format!("副组长{number}"),
                post: "分管副局长".to_owned(),
            },
            Member {
                name: format!("成员{number}"),
                post: "行业管理科科长".to_owned(),
            },
        ],
        liaison_name: format!("联络员{number}"),
        liaison_phone: format!("0431-8760{:04}", 1200 + number * 7),
        liaison_joined: Some(true),
        timetable: vec![
            step("完成所主管协会摸底调查", day(9, 12), "行业管理科"),
            step("推荐参加2018年脱钩的名单", day(9, 19), "办公室"),
            step("逐个制定实施方案并报送", day(10, 17), "行业管理科"),
            step("五项分离全部办结", day(11, 16), "各有关科室"),
        ],
        risks: vec![
            risk(
                "兼职、任职人员清理中协会负责人空缺",
                "提前指导召开会员大会，依章程推选负责人",
                "人事科",
            ),
            risk(
                "资产权属不清引发争议",
                "会同财政局逐项清查，权属未定前不得处置",
                "财务科",
            ),
        ],
    };
    Content {
        liaison_name: if parts > 1 {
            full.liaison_name
        } else {
            String::new()
        },
        liaison_phone: if parts > 1 {
            full.liaison_phone
        } else {
            String::new()
        },
        liaison_joined: full.liaison_joined.filter(|_| parts > 1),
        timetable: if parts > 2 {
            full.timetable
        } else {
            Vec::new()
        },
        risks: if parts > 3 { full.risks } else { Vec::new() },
        ..full
    }
}

fn step(what: &str, due: NaiveDate, who: &str) -> Step {
    Step {
        what: what.to_owned(),
        due,
        who: who.to_owned(),
    }
}

fn risk(risk: &str, measure: &str, owner: &str) -> Risk {
    Risk {
        risk: risk.to_owned(),
        measure: measure.to_owned(),
        owner: owner.to_owned(),
    }
}

/// Tells it all.
pub async fn tell(app: &App, cast: &Cast) -> Result<(), DemoError> {
    for ((unit, ..), number) in UNITS.iter().zip(1..) {
        // 农业局 is late with its work group, 教育局 has none at all.
        match *unit {
            "jiaoyu" => {}
            "nongye" => {
                group(app, cast, (unit, number), &[(2, (9, 6))]).await?;
                group(app, cast, (unit, number), &[(3, (9, 18))]).await?;
            }
            _ => group(app, cast, (unit, number), &[(3, (8, 22)), (4, (9, 10))]).await?,
        }
    }
    let who = cast.on("office", (9, 11))?;
    let unit = cast.department("shangwu")?;
    went("note", workgroups::note(&app.database, &who, unit).await?)?;
    let who = cast.on("office", (9, 11))?;
    let unit = cast.department("zhujian")?;
    let parts = [crate::workgroups::rules::Part::Risks];
    let reason = "未写明人员安置方面的风险，请补充。";
    went(
        "return",
        workgroups::return_(&app.database, &who, unit, (&parts, reason)).await?,
    )?;
    Ok(())
}

/// A unit writes up to so many parts and reports them, each time on a day.
async fn group(
    app: &App,
    cast: &Cast,
    (unit, number): (&str, usize),
    steps: &[(usize, Day)],
) -> Result<(), DemoError> {
    let department = cast.department(unit)?;
    for (parts, on) in steps {
        let version = version(app, department).await?;
        let who = cast.on(unit, *on)?;
        let content = content(number, *parts);
        let saved = workgroups::save(&app.database, &who, (department, version), &content);
        went("workgroup", saved.await?)?;
        let who = cast.on(&format!("{unit}-lead"), *on)?;
        let version = version + 1;
        let sent = workgroups::report(&app.database, &who, (department, version));
        went("report", sent.await?)?;
    }
    Ok(())
}

/// The version of a unit's work group; 0 before the first.
async fn version(app: &App, unit: crate::ids::DepartmentId) -> Result<i32, DemoError> {
    let (pool, campaign) = (app.database.pool(), app.database.campaign().0);
    let groups = crate::workgroups::store::workgroups(pool, campaign, Some(unit)).await?;
    Ok(groups.get(&unit.0).map_or(0, |group| group.version))
}
