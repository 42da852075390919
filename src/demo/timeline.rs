//! Work groups, major activities and a moved window: what the office and the
//! units did beside the journey.

use chrono::NaiveDate;

use crate::activities::acts::{self as major, At};
use crate::activities::rules::Kind;
use crate::activities::store::Entry;
use crate::crossings::window::{Wanted, move_window};
use crate::workgroups::acts as workgroups;
use crate::workgroups::rules::{Content, Member, Risk, Step};

use super::DemoError;
use super::associations::EXAMPLE;
use super::cast::UNITS;
use super::days::{Day, Life, life};
use super::names::person;
use super::story::{SEEN, Story, went};

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2018, month, day).unwrap_or_default()
}

/// Numbers of names that no association has.
fn family(unit: usize) -> i64 {
    i64::try_from(unit).unwrap_or_default() + 70
}

/// What a unit's work group looks like; `parts` of it are written (1 to 4).
fn content(number: usize, parts: usize) -> Content {
    let full = Content {
        leader: person(family(number), 0),
        leader_post: "局长".to_owned(),
        members: vec![
            Member {
                number: 0,
                name: person(family(number), 1),
                post: "分管副局长".to_owned(),
            },
            Member {
                number: 0,
                name: person(family(number), 2),
                post: "行业管理科科长".to_owned(),
            },
        ],
        liaison_name: person(family(number), 3),
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
        number: 0,
        what: what.to_owned(),
        due,
        who: who.to_owned(),
    }
}

fn risk(risk: &str, measure: &str, owner: &str) -> Risk {
    Risk {
        number: 0,
        risk: risk.to_owned(),
        measure: measure.to_owned(),
        owner: owner.to_owned(),
    }
}

impl Story<'_> {
    /// 农业局 is late with its work group, 教育局 has none at all. Then what the office
    /// says to them, and a window that it moves.
    pub(super) fn work_groups(&self) -> Vec<Life<'_>> {
        let mut lives = Vec::new();
        for ((unit, ..), number) in UNITS.into_iter().zip(1..) {
            let steps: &[(usize, Day)] = match unit {
                "jiaoyu" => continue,
                "nongye" => &[(2, (9, 6)), (3, (9, 18))],
                _ => &[(3, (8, 22)), (4, (9, 10))],
            };
            lives.push(life(self.work_group((unit, number), steps)));
        }
        lives.push(life(self.read_of_work_groups()));
        lives.push(life(self.window()));
        lives
    }

    /// A unit writes up to so many parts and reports them, each time on a day.
    async fn work_group(
        &self,
        (unit, number): (&str, usize),
        steps: &[(usize, Day)],
    ) -> Result<(), DemoError> {
        let department = self.cast.department(unit)?;
        for (parts, on) in steps {
            let clerk = self.cast.on(unit, *on).await?;
            let write = self.app.write(&clerk).await?;
            let content = content(number, *parts);
            let saved = workgroups::save(write, department, SEEN, &content);
            went("workgroup", saved.await)?;
            let leader = self.cast.on(&format!("{unit}-lead"), *on).await?;
            let write = self.app.write(&leader).await?;
            let sent = workgroups::report(write, department, SEEN);
            went("report", sent.await)?;
        }
        Ok(())
    }

    async fn read_of_work_groups(&self) -> Result<(), DemoError> {
        let office = self.cast.on("office", (9, 11)).await?;
        for unit in ["shangwu", "jiaotong", "gongxin", "wenguang"] {
            let write = self.app.write(&office).await?;
            let unit = self.cast.department(unit)?;
            went("note", workgroups::note(write, unit, SEEN).await)?;
        }
        let write = self.app.write(&office).await?;
        let unit = self.cast.department("zhujian")?;
        let parts = [crate::workgroups::rules::Part::Risks];
        let reason = "未写明人员安置方面的风险，请补充。";
        let returned = workgroups::return_(write, unit, SEEN, &parts, reason);
        went("return", returned.await)
    }

    /// The office's head gives plans three working days more.
    async fn window(&self) -> Result<(), DemoError> {
        let head = self.cast.on("office-lead", (10, 17)).await?;
        let moved = Wanted {
            task: "PH-11".to_owned(),
            days: (day(10, 1), day(10, 24)),
            reason: "部分单位名单发布较晚，统一顺延三个工作日。".to_owned(),
        };
        // Another scheme has other days: there is nothing to tell of them.
        let scheme = self.app.in_force().await?.scheme;
        let ordered = scheme
            .task(&moved.task)
            .map(|task| crate::timeline::rules::ordered(&scheme, task));
        let usual = (day(10, 1), Some(day(10, 19)));
        if ordered.is_none_or(|window| (window.from, window.due) != usual) {
            return Ok(());
        }
        let write = self.app.write(&head).await?;
        let done = move_window(write, SEEN, &moved);
        went("move a window", done.await)
    }

    /// What the worked example did during the reform (MA-2).
    pub(super) fn activities(&self) -> Vec<Life<'_>> {
        vec![life(self.fair()), life(self.disposal())]
    }

    /// A fair that was held.
    async fn fair(&self) -> Result<(), DemoError> {
        self.cast.days.come((10, 15)).await?;
        let association = self.find(EXAMPLE.name).await?;
        let fair = Entry {
            kind: Kind::Event,
            title: "举办汽车维修技能展示会".to_owned(),
            held_on: day(10, 27),
            amount_cents: Some(3_600_000),
            procedure: "章程规定经理事会审议，报业务主管单位批准".to_owned(),
            candidates: Vec::new(),
            declared: false,
        };
        let clerk = self.clerk(association, (10, 15)).await?;
        let registered = major::register(self.app.write(&clerk).await?, association, &fair);
        let at = At {
            association,
            activity: went("activity", registered.await)?,
        };
        let lead = self.leader(association, (10, 16)).await?;
        let write = self.app.write(&lead).await?;
        went("activity", major::approve(write, at, SEEN, false).await)?;
        let clerk = self.clerk(association, (11, 1)).await?;
        let write = self.app.write(&clerk).await?;
        let result = "展示会如期举行，费用由协会会费列支。";
        let finished = major::finish(write, at, SEEN, result, day(10, 27));
        went("activity", finished.await)
    }

    /// A disposal that waits for finance.
    async fn disposal(&self) -> Result<(), DemoError> {
        self.cast.days.come((11, 19)).await?;
        let association = self.find(EXAMPLE.name).await?;
        let disposal = Entry {
            kind: Kind::Disposal,
            title: "报废旧检测设备一批".to_owned(),
            held_on: day(11, 28),
            amount_cents: Some(1_250_000),
            procedure: "脱钩期间资产处置须报财政局批准".to_owned(),
            candidates: Vec::new(),
            declared: false,
        };
        let clerk = self.clerk(association, (11, 19)).await?;
        let registered = major::register(self.app.write(&clerk).await?, association, &disposal);
        went("activity", registered.await).map(|_| ())
    }
}
