//! A unit's listed associations by track: resolved of applicable, and what their day says.

use chrono::{NaiveDate, TimeDelta};

use crate::database::Db;
use crate::oversight::rules::figures::Counted;

use super::For;

struct Row {
    name: String,
    tracks: Vec<String>,
    applicable: Vec<i32>,
    resolved: Vec<i32>,
    next: Option<NaiveDate>,
    still: bool,
    exited: bool,
}

impl Row {
    fn of(&self, track: &str) -> (i32, i32) {
        let at = self.tracks.iter().position(|each| each == track);
        let value = |all: &[i32]| at.and_then(|at| all.get(at)).copied().unwrap_or(0);
        (value(&self.resolved), value(&self.applicable))
    }

    /// What its day says; the words of the lights (domain 9.2).
    fn light(&self, (done, all): (i32, i32), today: NaiveDate, warn: i64) -> &'static str {
        match self.next {
            _ if self.exited => "已退出",
            _ if self.still => "暂停办理",
            _ if all == 0 => "尚未启动",
            _ if done == all => "已完成",
            Some(next) if next < today => "逾期",
            Some(next) if next <= today + TimeDelta::days(warn) => "临期",
            _ => "正常",
        }
    }
}

/// The table.
pub(super) async fn tracks(db: &mut Db, of: For<'_>) -> Result<Counted, sqlx::Error> {
    let rows = sqlx::query_as!(
        Row,
        r#"select a.name, s.tracks, s.applicable, s.resolved,
                  (select min(p.next_deadline) from association_progress p
                   where p.campaign_id = s.campaign_id and p.association_id = s.association_id) as next,
                  exists (select from suspension z where z.campaign_id = s.campaign_id
                            and z.association_id = s.association_id and z.until_on is null) as "still!",
                  a.exited_on is not null as "exited!"
           from figure_standing s
           join association a on a.campaign_id = s.campaign_id and a.id = s.association_id
           where s.campaign_id = $1 and s.department_id = $2 and s.listed
           order by a.id limit 2000"#,
        db.campaign(),
        of.docket.department,
    )
    .fetch_all(db.connection())
    .await?;
    let five: Vec<_> = of
        .scheme
        .measures
        .tracks
        .iter()
        .filter(|track| track.counts_in_five)
        .collect();
    let warn = of.scheme.campaign.parameters.warn_days;
    let mut heads = vec!["协会".to_owned()];
    heads.extend(five.iter().map(|track| track.name.clone()));
    heads.extend(["合计".to_owned(), "进展".to_owned()]);
    let mut sums = vec![(0, 0); five.len()];
    let mut told = Vec::new();
    for row in &rows {
        let mut cells = vec![row.name.clone()];
        let mut total = (0, 0);
        for (sum, track) in sums.iter_mut().zip(&five) {
            let (done, all) = row.of(&track.code);
            cells.push(format!("{done}/{all}"));
            total = (total.0 + done, total.1 + all);
            *sum = (sum.0 + done, sum.1 + all);
        }
        cells.push(format!("{}/{}", total.0, total.1));
        cells.push(row.light(total, of.today, warn).to_owned());
        told.push(cells);
    }
    if told.len() > 1 {
        let mut cells = vec!["合计".to_owned()];
        cells.extend(sums.iter().map(|(done, all)| format!("{done}/{all}")));
        let all = sums.iter().fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1));
        cells.extend([format!("{}/{}", all.0, all.1), String::new()]);
        told.push(cells);
    }
    Ok(Counted {
        title: "五分离进展（已办/应办）".to_owned(),
        heads,
        rows: told,
        note: String::new(),
    })
}
