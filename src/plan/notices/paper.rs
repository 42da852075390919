//! A notice (通报函) as the letter that it is: the ties that are to end, what the unit writes,
//! what is asked, and a slip for the answer (五(二), PL-12).

use chrono::NaiveDate;

use crate::clock::chinese_date;
use crate::documents::paper::{
    Annex, Block, Bound, Column, Form, Grid, Head, Paper, Sentence, title_lines,
};
use crate::documents::papers::{Papered, Written};
use crate::registry::rules::TieKind;
use crate::registry::store::{self as registry, Tie};
use crate::web::{Error, Look};

use super::rules::{Cover, NoticeState, Told};
use super::store::{self, Notice};

/// The letter to one department; a department with a tie has its own and nobody else's.
pub struct NoticePaper;

/// The slip for the answer.
const SLIP: &str = "通报回执";
/// Where the ties are kept.
const REGISTER: &str = "协会台账";
/// What is written where a letter has no number.
const NONE: &str = "无";

impl Papered for NoticePaper {
    const KIND: &'static str = "通报函";

    async fn written(look: Look<'_>) -> Result<Written, Error> {
        let (db, allowed) = (look.db, look.allowed);
        let id = allowed.association()?;
        let asked = allowed.number("notice")?;
        let own = allowed.actor().department();
        let linked = allowed.facts().only_linked(allowed.actor());
        let mut notices = store::of_association(db, id).await?.into_iter();
        let notice = notices
            .find(|notice| notice.id == asked && (!linked || notice.department == own))
            .ok_or(Error::Missing)?;
        let mut ties = registry::ties(db, id).await?;
        ties.retain(|tie| tie.department == notice.department && !tie.is_primary);
        let name = format!(
            "通报函 {} {}",
            notice.association_name, notice.department_name
        );
        Ok(Written {
            name,
            paper: letter(&notice, &ties),
        })
    }
}

/// The letter of a notice as it was sent; `ties` are those between the two as they are today.
#[must_use]
pub fn letter(notice: &Notice, ties: &[Tie]) -> Paper {
    let cover = &notice.cover;
    let mut paper = Paper::titled(&format!(
        "关于{}脱钩涉及有关关系的通报函",
        cover.association
    ));
    paper.head = Some(Head {
        mark: cover.unit.clone(),
        number: match notice.number.trim() {
            NONE => String::new(),
            number => number.to_owned(),
        },
        signed_by: None,
    });
    paper.addressee = Some(format!("{}：", cover.department));
    paper.blocks = vec![
        Block::Text(about(cover, ties)),
        Block::Table(table(&cover.ties, ties)),
        Block::Text(Sentence::from(&notice.text)),
        Block::Text(
            "请你单位确认终止上述关系：同意终止的，请办理终止手续，注明终止关系的文件；有异议的，请写明理由。请填写附后的回执，回复我单位。"
                .into(),
        ),
    ];
    paper.attachments = vec![SLIP.to_owned()];
    paper.annexes = vec![Annex {
        title: title_lines(SLIP),
        blocks: vec![Block::Form(slip(notice))],
    }];
    paper.signatory = Some(cover.unit.clone());
    paper.date = Some(chinese_date(notice.sent_on));
    paper
}

/// How many ties there were when the letter went out, against how many there are.
fn about(cover: &Cover, ties: &[Tie]) -> Sentence {
    let living = ties.iter().filter(|tie| tie.ended_on.is_none()).count();
    let then = format!("{}项", cover.ties.len());
    let count = Bound::new(then, REGISTER).against(format!("{living}项"));
    Sentence::from(format!(
        "按照行业协会商会与行政机关脱钩的要求，我单位拟订《{}与行政机关脱钩实施方案》。你单位与该协会存在下列关系",
        cover.association
    ))
    .bind(count)
    .say("，现予通报：")
}

fn table(told: &[Told], ties: &[Tie]) -> Grid {
    let mut grid = Grid::new(vec![
        Column::new("关系类型", 12).centre(),
        Column::new("通过的下属单位", 20),
        Column::new("依据文件", 28),
        Column::new("起始日期", 18).centre(),
        Column::new("现状", 22),
    ]);
    for each in told {
        let kind = TieKind::from_key(&each.kind).map_or("", TieKind::label);
        let since = each
            .started_on
            .map(|on| Bound::new(on.to_string(), REGISTER));
        let living = Bound::new("尚未终止", REGISTER);
        let tie = ties.iter().find(|tie| tie.id == each.id);
        let stands = match tie.and_then(|tie| tie.ended_on.map(|on| (on, &tie.ended_by))) {
            Some((on, by)) => {
                let by = by.as_deref().unwrap_or_default();
                living.against(format!("已于{on}终止{by}"))
            }
            None => living,
        };
        grid.push([
            kind.into(),
            each.via.as_deref().unwrap_or_default().into(),
            Sentence::from(&each.basis),
            since.map_or_else(Sentence::new, Sentence::from),
            stands.into(),
        ]);
    }
    grid
}

/// The answer, or room for it.
fn slip(notice: &Notice) -> Form {
    let day = |on: Option<NaiveDate>| on.map_or_else(String::new, |on| on.to_string());
    let said = match notice.state() {
        NoticeState::Sent | NoticeState::Read => "□同意终止关系　□有异议".to_owned(),
        state => state.label().to_owned(),
    };
    let mut form = Form::new();
    form.row("协会名称", &notice.cover.association, 1);
    form.row("被通报部门", &notice.cover.department, 1);
    form.two(
        ("签收日期", day(notice.read_on)),
        ("回复日期", day(notice.answered_on)),
    );
    form.row("意见", said, 1);
    form.row("说明", notice.answer.clone().unwrap_or_default(), 4);
    let document = notice.document_number.clone().unwrap_or_default();
    form.row("终止关系的文件", document, 1);
    form.row("单位（盖章）", "", 2);
    form
}

#[cfg(test)]
mod tests {
    use sqlx::types::Json;

    use super::*;
    use crate::ids::{AssociationId, DepartmentId};

    fn day(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2018, month, day).unwrap()
    }

    fn notice() -> Notice {
        Notice {
            id: 1,
            association: AssociationId(1),
            association_name: "长春市绿园区汽车维修行业协会".to_owned(),
            department: DepartmentId(2),
            department_name: "绿园区工业和信息化局".to_owned(),
            unit_name: "绿园区交通运输局".to_owned(),
            number: "无".to_owned(),
            text: "拟终止联系关系。".to_owned(),
            sent_on: day(10, 9),
            read_on: None,
            answered_on: None,
            closed_on: None,
            agrees: None,
            answer: None,
            document_number: None,
            cover: Json(Cover {
                association: "长春市绿园区汽车维修行业协会".to_owned(),
                unit: "绿园区交通运输局".to_owned(),
                department: "绿园区工业和信息化局".to_owned(),
                ties: vec![Told {
                    id: 1,
                    kind: TieKind::Liaise.key().to_owned(),
                    via: None,
                    basis: "绿工信〔2010〕3号".to_owned(),
                    started_on: Some(day(1, 1)),
                }],
            }),
            version: 1,
        }
    }

    fn tie(ended_on: Option<NaiveDate>) -> Tie {
        Tie {
            id: 1,
            kind: TieKind::Liaise,
            department: DepartmentId(2),
            department_name: "绿园区工业和信息化局".to_owned(),
            via_subordinate: None,
            basis: "绿工信〔2010〕3号".to_owned(),
            started_on: Some(day(1, 1)),
            ended_on,
            ended_by: None,
            is_primary: false,
            version: 1,
        }
    }

    #[test]
    fn a_tie_that_has_ended_since_the_letter_went_out_is_marked() {
        let before = letter(&notice(), &[tie(None)]);
        assert!(before.stands());
        assert_eq!(before.bounds()[0].shown, "1项");
        let after = letter(&notice(), &[tie(Some(day(11, 1)))]);
        assert_eq!(after.bounds()[0].now.as_deref(), Some("0项"));
        // The letter keeps its row, and its names, whatever they are called today.
        assert_eq!(after.bounds()[2].shown, "尚未终止");
        let mut renamed = notice();
        renamed.association_name = "长春市绿园区汽车维修与检测行业协会".to_owned();
        assert_eq!(letter(&renamed, &[]).title, before.title);
        // A letter without a number shows none.
        assert_eq!(after.head.unwrap().number, "");
    }
}
