//! The list and its amendments as they were announced: the rows word for word (FZ-1), the list
//! as an annex. What became of a row since stands on the page; here a number that has moved
//! says so.

use crate::clock::chinese_date;
use crate::database::Db;
use crate::documents::paper::{
    Annex, Block, Bound, Column, Grid, Head, Paper, Sentence, title_lines,
};
use crate::documents::papers::{Papered, Written};
use crate::roster::rules::announced;
use crate::roster::store::lines::{self as store, Line, Publication};
use crate::scheme::campaign::Campaign;
use crate::web::{Error, Look};

/// The announcement of the list.
pub struct RosterPaper;

/// The paper of an amendment.
pub struct AmendmentPaper;

/// Rows that are asked for at a time.
const SLICE: i64 = 1_000;
/// What the list is called where several were published.
const LISTS: &str = "脱钩名单";

impl Papered for RosterPaper {
    const KIND: &'static str = "脱钩名单公告";

    async fn written(look: Look<'_>) -> Result<Written, Error> {
        let campaign = &look.app.scheme.campaign;
        let publications = store::publications(look.db).await?;
        let rows = published(look.db).await?;
        Ok(Written {
            name: LISTS.to_owned(),
            paper: announcement(campaign, &publications, &rows),
        })
    }
}

impl Papered for AmendmentPaper {
    const KIND: &'static str = "公告";

    async fn written(look: Look<'_>) -> Result<Written, Error> {
        let number = look.allowed.param("number")?.parse();
        let number = number.map_err(|_| Error::Missing)?;
        let rows = store::of_amendment(look.db, number).await?;
        let title = rows.first().and_then(Line::title).ok_or(Error::Missing)?;
        let paper = amendment(&look.app.scheme.campaign, &rows).ok_or(Error::Missing)?;
        Ok(Written {
            name: format!("名单{title}"),
            paper,
        })
    }
}

/// All rows as published.
async fn published(db: &mut Db) -> Result<Vec<Line>, sqlx::Error> {
    let mut rows: Vec<Line> = Vec::new();
    loop {
        let after = rows.last().map_or(0, |row| row.place);
        let next = store::next_published(db, (after, SLICE)).await?;
        if next.is_empty() {
            return Ok(rows);
        }
        rows.extend(next);
    }
}

/// 2018年第1号, as it stands in the rows of a publication.
fn batch(publication: &Publication) -> String {
    format!("{}年第{}号", publication.year, publication.number)
}

/// The announcement; before the first publication it says that there is none, as the page does.
#[must_use]
pub fn announcement(campaign: &Campaign, publications: &[Publication], rows: &[Line]) -> Paper {
    let Some(last) = publications.last() else {
        let mut paper = Paper::titled(&campaign.words.list_title);
        paper.blocks = vec![Block::Text("名单尚未发布。".into())];
        return paper;
    };
    let of = |publication: &Publication| {
        let batch = batch(publication);
        rows.iter().filter(move |row| row.batch == batch)
    };
    let mut paper = Paper::titled(&match publications {
        [one] => format!("关于发布《{}》的公告", one.title),
        _ => format!("关于发布{LISTS}的公告"),
    });
    let signatory = campaign.office();
    paper.head = Some(Head {
        mark: signatory.clone(),
        number: publications
            .iter()
            .map(batch)
            .collect::<Vec<_>>()
            .join("、"),
        signed_by: None,
    });
    let mut text = Sentence::from(format!(
        "根据《{}》（{}），经各业务主管单位推荐、我办审定，",
        campaign.title, campaign.document_number
    ));
    for publication in publications {
        let standing = of(publication).filter(|row| row.later.withdrawn.is_none());
        let count = Bound::new(format!("{}个", publication.lines), batch(publication))
            .against(format!("{}个", standing.count()));
        text = text
            .say(format!("《{}》列入行业协会商会", publication.title))
            .bind(count)
            .say("，");
    }
    paper.blocks = vec![Block::Text(text.say("现予发布。"))];
    paper.attachments = publications.iter().map(|each| each.title.clone()).collect();
    paper.signatory = Some(signatory);
    paper.date = Some(chinese_date(last.published_on));
    let annexes = publications.iter().map(|publication| Annex {
        title: title_lines(&publication.title),
        blocks: vec![Block::Table(list(of(publication)))],
    });
    paper.annexes = annexes.collect();
    paper
}

/// The rows of a list without the reasons, which only the internal version says.
fn list<'a>(rows: impl Iterator<Item = &'a Line>) -> Grid {
    let mut grid = Grid::new(vec![
        Column::new("序号", 7).centre(),
        Column::new("协会名称", 30),
        Column::new("统一社会信用代码", 34).centre(),
        Column::new("业务主管单位", 20),
        Column::new("备注", 9),
    ]);
    for row in rows {
        grid.push([
            row.serial.to_string(),
            row.name.clone(),
            row.uscc.clone().unwrap_or_default(),
            row.unit.clone(),
            row.remarks(),
        ]);
    }
    grid
}

/// The paper of an amendment; nothing where these are no rows of one.
#[must_use]
pub fn amendment(campaign: &Campaign, rows: &[Line]) -> Option<Paper> {
    let first = rows.first()?;
    let (kind, title, on) = (first.kind?, first.title()?, first.amended_on?);
    let mut paper = Paper::titled(announced::amendment(kind));
    let signatory = campaign.office();
    paper.head = Some(Head {
        mark: signatory.clone(),
        number: title.clone(),
        signed_by: None,
    });
    let count = Bound::new(format!("{}个", rows.len()), format!("名单{title}"));
    let text = Sentence::from(format!(
        "经审定，对《{}》作如下{}，涉及行业协会商会",
        campaign.words.list_title,
        kind.label()
    ));
    let reason = first.because.as_deref().unwrap_or_default();
    paper.blocks = vec![
        Block::Text(text.bind(count).say("：")),
        Block::Table(changes(rows)),
        Block::Text(format!("理由：{reason}").into()),
    ];
    paper.signatory = Some(signatory);
    paper.date = Some(chinese_date(on));
    Some(paper)
}

fn changes(rows: &[Line]) -> Grid {
    let mut grid = Grid::new(vec![
        Column::new("序号", 7).centre(),
        Column::new("事项", 9).centre(),
        Column::new("协会名称", 28),
        Column::new("统一社会信用代码", 30).centre(),
        Column::new("业务主管单位", 18),
        Column::new("备注", 8),
    ]);
    for (number, row) in (1..).zip(rows) {
        grid.push([
            format!("{number}"),
            row.change.label().to_owned(),
            row.name.clone(),
            row.uscc.clone().unwrap_or_default(),
            row.unit.clone(),
            row.remark.clone(),
        ]);
    }
    grid
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::documents::paper::docx;
    use crate::roster::rules::amendments::AmendmentKind;
    use crate::roster::rules::lines::{Change, Source};
    use crate::roster::store::lines::Later;
    use crate::scheme::Scheme;

    fn day() -> NaiveDate {
        NaiveDate::from_ymd_opt(2018, 9, 28).unwrap()
    }

    fn line(serial: i32) -> Line {
        Line {
            place: i64::from(serial),
            association: i64::from(serial),
            serial,
            change: Change::Published,
            name: format!("长春市绿园区第{serial}行业协会"),
            uscc: Some("51220106MJ00001065".to_owned()),
            unit: "绿园区交通运输局".to_owned(),
            batch: "2018年第1号".to_owned(),
            remark: String::new(),
            reason: "推荐".to_owned(),
            source: Source::Kept,
            kind: None,
            number: None,
            amended_on: None,
            because: None,
            later: Later::default(),
        }
    }

    fn publication(lines: i32) -> Publication {
        Publication {
            title: "2018年行业协会商会与行政机关脱钩名单".to_owned(),
            year: 2018,
            number: 1,
            published_on: day(),
            lines,
        }
    }

    #[test]
    fn the_list_is_an_annex_without_reasons_and_its_number_says_when_it_has_moved() {
        let campaign = Scheme::lvyuan_2018().unwrap().campaign;
        let mut rows: Vec<Line> = (1..=45).map(line).collect();
        let paper = announcement(&campaign, &[publication(45)], &rows);
        assert_eq!(paper.bounds()[0].shown, "45个");
        assert!(paper.stands());
        let [Block::Table(grid)] = paper.annexes[0].blocks.as_slice() else {
            panic!("{:?}", paper.annexes)
        };
        assert_eq!(grid.rows.len(), 45);
        let said: Vec<String> = paper.sentences().iter().map(|each| each.text()).collect();
        assert!(
            !said
                .iter()
                .any(|each| each.contains("推荐") && !each.contains("审定"))
        );
        docx(&paper).unwrap();
        rows[0].later.withdrawn = Some((1, day()));
        let paper = announcement(&campaign, &[publication(45)], &rows);
        assert_eq!(paper.bounds()[0].now.as_deref(), Some("44个"));
    }

    #[test]
    fn before_it_is_published_nothing_is_said_of_it() {
        let campaign = Scheme::lvyuan_2018().unwrap().campaign;
        let paper = announcement(&campaign, &[], &[]);
        assert!(paper.annexes.is_empty() && paper.bounds().is_empty());
        assert_eq!(paper.sentences()[0].text(), "名单尚未发布。");
    }

    #[test]
    fn an_amendment_says_number_kind_reason_and_day() {
        let campaign = Scheme::lvyuan_2018().unwrap().campaign;
        let rows = [Line {
            change: Change::Withdrawn,
            kind: Some(AmendmentKind::Withdraw),
            number: Some(3),
            amended_on: Some(day()),
            because: Some("会员大会决议改列后续批次".to_owned()),
            ..line(1)
        }];
        let paper = amendment(&campaign, &rows).unwrap();
        assert_eq!(paper.head.as_ref().unwrap().number, "撤出第3号");
        assert_eq!(paper.date.as_deref(), Some("2018年9月28日"));
        let said: Vec<String> = paper.sentences().iter().map(|each| each.text()).collect();
        assert!(said.contains(&"理由：会员大会决议改列后续批次".to_owned()));
        assert!(said.contains(&"长春市绿园区第1行业协会".to_owned()));
        assert_eq!(amendment(&campaign, &[line(1)]), None);
    }
}
