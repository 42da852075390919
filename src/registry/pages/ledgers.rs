//! What an association's registers hold, in numbers, each leading to its register.

use crate::paths;
use crate::registry::rules::Stage;
use crate::registry::store::summary::Held;
use crate::web::answer::money;

use super::steps::Told;

/// A register in a number.
pub struct LedgerView {
    /// The number with its unit.
    pub figure: String,
    /// Of what, and what of it is open.
    pub label: String,
    /// The register; none: not theirs to open.
    pub href: Option<String>,
}

/// Hundredths of a square metre.
fn area(hundredths: i64) -> String {
    format!("{}.{:02}㎡", hundredths / 100, hundredths % 100)
}

impl Told<'_> {
    /// The registers that there are.
    pub(super) fn ledgers(&self) -> Vec<LedgerView> {
        let (of, opens) = (self.of, self.opens);
        if of.stage < Stage::SurveyConfirmed {
            return Vec::new();
        }
        let mut ledgers = vec![self.posts()];
        let assets = opens.assets.then(|| paths::holdings::ASSETS.at(of.id));
        let functions = opens
            .functions
            .then(|| paths::holdings::FUNCTIONS.at(of.id));
        let [all, pending] = self.sums(["-all", "-pending"], "asset-");
        ledgers.push(LedgerView {
            figure: format!("{}万元", money::show(all.1)),
            label: with_open("资产", all.0, "项", ("待处置", pending.0)),
            href: assets.clone(),
        });
        let [all, open] = self.sums(["all", "open"], "room-");
        if all.0 > 0 {
            ledgers.push(LedgerView {
                figure: area(all.1),
                label: with_open("办公用房", all.0, "处", ("待腾退", open.0)),
                href: assets.clone(),
            });
        }
        let paid = self.all("money-");
        let [found, open] = self.sums(["found", "open"], "anomaly-");
        if paid.0 > 0 {
            ledgers.push(LedgerView {
                figure: format!("{}万元", money::show(paid.1)),
                label: with_open("财政拨款", paid.0, "笔", ("须处理", open.0.min(found.0))),
                href: assets,
            });
        }
        let [found, open] = self.sums(["found", "open"], "function-");
        let [moved, waits] = self.sums(["found", "open"], "transfer-");
        ledgers.push(LedgerView {
            figure: (found.0 + moved.0).to_string(),
            label: with_open(
                "职能",
                found.0 + moved.0,
                "项",
                ("待移交", open.0 + waits.0),
            ),
            href: functions,
        });
        ledgers.extend(self.entries());
        ledgers
    }

    /// What is entered as it happens.
    fn entries(&self) -> [LedgerView; 3] {
        let (of, summary, opens) = (self.of, self.summary, self.opens);
        [
            LedgerView {
                figure: summary.activities.to_string(),
                label: with_open("重大业务活动", 0, "", ("未结束", summary.activities_open)),
                href: opens
                    .activities
                    .then(|| paths::activities::ACTIVITIES.at(of.id)),
            },
            LedgerView {
                figure: summary.registrations.to_string(),
                label: with_open("登记和备案", 0, "", ("未决定", summary.registrations_open)),
                href: (opens.registrations).then(|| paths::registrations::REGISTRATIONS.at(of.id)),
            },
            LedgerView {
                figure: summary.findings.to_string(),
                label: with_open("审计问题", 0, "", ("未销号", summary.findings_open)),
                href: opens.findings.then(|| paths::findings::FINDINGS.at(of.id)),
            },
        ]
    }

    fn posts(&self) -> LedgerView {
        let summary = self.summary;
        LedgerView {
            figure: summary.posts.to_string(),
            label: match summary.cleared_on {
                Some(day) => format!("任职人员 · {day}清理完毕"),
                None if summary.posts == 0 => "任职人员".to_owned(),
                None => "任职人员 · 清理中".to_owned(),
            },
            href: self.opens.posts.then(|| paths::posts::POSTS.at(self.of.id)),
        }
    }

    /// Rows and sum of what begins and ends so.
    fn sums<const N: usize>(&self, ends: [&str; N], begins: &str) -> [(i64, i64); N] {
        ends.map(|end| {
            self.of_figures(|held| held.figure.starts_with(begins) && held.figure.ends_with(end))
        })
    }

    fn all(&self, begins: &str) -> (i64, i64) {
        self.of_figures(|held| held.figure.starts_with(begins))
    }

    fn of_figures(&self, meant: impl Fn(&Held) -> bool) -> (i64, i64) {
        let held = self.summary.held.iter().filter(|held| meant(held));
        held.fold((0, 0), |sum, held| (sum.0 + held.lines, sum.1 + held.sum))
    }
}

/// 资产2项 · 待处置1.
fn with_open(what: &str, count: i64, unit: &str, (open, left): (&str, i64)) -> String {
    let all = if unit.is_empty() {
        what.to_owned()
    } else {
        format!("{what}{count}{unit}")
    };
    if left > 0 {
        format!("{all} · {open}{left}")
    } else {
        all
    }
}
