//! Tables that are counted for a docket, by the names that the scheme gives them.

mod tracks;

use chrono::NaiveDate;

use crate::database::Db;
use crate::oversight::rules::figures::Counted;
use crate::oversight::rules::sampling::ordered;
use crate::scheme::Scheme;
use crate::scheme::processes::Process;

use super::Docket;
use super::found::problems_of;

/// What tables are counted for.
#[derive(Debug, Clone, Copy)]
pub struct For<'a> {
    /// The scheme.
    pub scheme: &'a Scheme,
    /// The process.
    pub process: &'a Process,
    /// The docket.
    pub docket: &'a Docket,
    /// The day.
    pub today: NaiveDate,
}

/// Its tables as they stand.
pub async fn counted(db: &mut Db, of: For<'_>) -> Result<Vec<Counted>, sqlx::Error> {
    let mut found = Vec::new();
    for name in &of.process.figures {
        match name.as_str() {
            "tracks" => found.push(tracks::tracks(db, of).await?),
            "problems" => found.push(problems(db, of).await?),
            "visit_sample" => found.push(visit_sample(db, of).await?),
            "audit_sample" => found.push(audit_sample(db, of).await?),
            _ => {}
        }
    }
    Ok(found)
}

fn heads(heads: &[&str]) -> Vec<String> {
    heads.iter().map(ToString::to_string).collect()
}

/// The problems that were picked, as they stand.
async fn problems(db: &mut Db, of: For<'_>) -> Result<Counted, sqlx::Error> {
    let picked = of.docket.answers.choices(&of.process.picks);
    let picked: Vec<i64> = picked.iter().filter_map(|id| id.parse().ok()).collect();
    let all = problems_of(db, of.docket.department, &picked).await?;
    let rows = all.into_iter().filter(|each| picked.contains(&each.id));
    let process = of.scheme.process("problem");
    let rows = rows.map(|each| {
        let state = process.map(|process| each.state.called(process));
        vec![
            each.number.to_string(),
            each.title,
            each.association.unwrap_or_default(),
            each.level.label().to_owned(),
            state.unwrap_or_default(),
        ]
    });
    Ok(Counted {
        title: "存在的问题".to_owned(),
        heads: heads(&["编号", "问题", "协会", "级别", "状态"]),
        rows: rows.collect(),
        note: String::new(),
    })
}

/// An association that may be drawn.
struct Candidate {
    id: i64,
    name: String,
    unit: String,
    chosen: bool,
}

/// All late and a sample of the rest (SU-2), in the order of their digests.
async fn visit_sample(db: &mut Db, of: For<'_>) -> Result<Counted, sqlx::Error> {
    let all = sqlx::query_as!(
        Candidate,
        r#"select s.association_id as id, a.name, u.short_name as unit,
                  exists (select from association_progress p where p.campaign_id = s.campaign_id
                            and p.association_id = s.association_id and p.next_deadline < $2)
                  and not exists (select from suspension z where z.campaign_id = s.campaign_id
                                    and z.association_id = s.association_id and z.until_on is null) as "chosen!"
           from figure_standing s
           join association a on a.campaign_id = s.campaign_id and a.id = s.association_id and a.exited_on is null
           join department u on u.campaign_id = a.campaign_id and u.id = a.department_id
           where s.campaign_id = $1 and s.listed order by s.association_id"#,
        db.campaign(),
        of.today,
    )
    .fetch_all(db.connection())
    .await?;
    Ok(drawn(of, all, ("round_seed", "round_count", "红灯")))
}

/// Whose state assets reach the threshold or who had appropriation, and a sample of the rest
/// (AU-1).
async fn audit_sample(db: &mut Db, of: For<'_>) -> Result<Counted, sqlx::Error> {
    let threshold = of.scheme.campaign.parameters.audit_asset_threshold;
    let cents = threshold.saturating_mul(1_000_000);
    let all = sqlx::query_as!(
        Candidate,
        r#"select s.association_id as id, a.name, u.short_name as unit,
                  exists (select from holding_standing h where h.campaign_id = s.campaign_id
                            and h.association_id = s.association_id
                            and (h.figure = 'asset-state-all' and h.sum >= $2
                                 or h.figure like 'money-%' and h.figure not like '%-purchase' and h.sum > 0)) as "chosen!"
           from figure_standing s
           join association a on a.campaign_id = s.campaign_id and a.id = s.association_id and a.exited_on is null
           join department u on u.campaign_id = a.campaign_id and u.id = a.department_id
           where s.campaign_id = $1 and s.listed order by s.association_id"#,
        db.campaign(),
        cents,
    )
    .fetch_all(db.connection())
    .await?;
    Ok(drawn(of, all, ("sample_seed", "sample_count", "按金额")))
}

/// The list of a sample: those chosen by rule, then the drawn ones in their order.
fn drawn(of: For<'_>, all: Vec<Candidate>, (seed, count, why): (&str, &str, &str)) -> Counted {
    let answers = &of.docket.answers;
    let seed = answers.text(seed).unwrap_or_default().to_owned();
    let take = answers.number(count).unwrap_or(0);
    let take = usize::try_from(take).unwrap_or(0);
    let (chosen, rest): (Vec<Candidate>, Vec<Candidate>) =
        all.into_iter().partition(|each| each.chosen);
    let (by_rule, others) = (chosen.len(), rest.len());
    let numbers: Vec<i64> = rest.iter().map(|each| each.id).collect();
    let mut rows: Vec<Vec<String>> = chosen
        .into_iter()
        .map(|each| {
            vec![
                each.id.to_string(),
                each.name,
                each.unit,
                why.to_owned(),
                "—".to_owned(),
            ]
        })
        .collect();
    if !seed.is_empty() {
        for (digest, number) in ordered(&seed, &numbers).into_iter().take(take) {
            let found = rest.iter().find(|each| each.id == number);
            let Some(each) = found else { continue };
            rows.push(vec![
                number.to_string(),
                each.name.clone(),
                each.unit.clone(),
                "随机抽取".to_owned(),
                digest,
            ]);
        }
    }
    Counted {
        title: "名单".to_owned(),
        heads: heads(&[
            "系统编号",
            "协会",
            "业务主管单位",
            "选取理由",
            "SHA-256（种子:系统编号）",
        ]),
        rows,
        note: format!(
            "{why}{by_rule}个全部列入；其余{others}个按“种子:系统编号”的SHA-256值由小到大排列，取前{take}个。"
        ),
    }
}
