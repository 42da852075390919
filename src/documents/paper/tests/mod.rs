//! Documents written and read back by a reader of the tests' own.

mod forms;
mod letters;
mod page;
mod read;
mod sentences;
mod wides;

use super::{Annex, Block, Bound, Column, Grid, Head, Imprint, Paper, Sentence, docx, title_lines};
use read::Read;

const NAME: &str = "湘西土家族苗族自治州老科学技术工作者协会";

fn area() -> Bound {
    Bound::new("38.50㎡", "摸底第1版")
}

/// A list of functions of so many rows.
fn grid(count: usize) -> Grid {
    let columns = vec![
        Column::new("序号", 8).centre(),
        Column::new("职能", 62),
        Column::new("金额（万元）", 30).right(),
    ];
    let mut grid = Grid::new(columns).caption("职能清单");
    for number in 1..=count {
        grid.push([
            Sentence::from(number.to_string()),
            "质量信誉考核\n第四十条".into(),
            Bound::new("1.20", "职能清单").into(),
        ]);
    }
    grid
}

/// A request with everything that a document can have.
fn request(rows: usize) -> Paper {
    let plan = format!("{NAME}与行政机关脱钩实施方案");
    Paper {
        head: Some(Head {
            mark: "绿园区交通运输局".into(),
            number: "绿交请〔2018〕21号".into(),
            signed_by: Some("周某某".into()),
        }),
        addressee: Some("区脱钩办：".into()),
        blocks: vec![
            Block::First("一、基本情况".into()),
            Block::Second("（一）概况".into()),
            Block::Text(Sentence::new().say("占用办公用房").bind(area()).say("。")),
        ],
        attachments: vec![plan.clone(), "前置审批意见汇总表".into()],
        signatory: Some("绿园区交通运输局".into()),
        date: Some("2018年10月12日".into()),
        note: Some("联系人：刘某某".into()),
        annexes: vec![
            Annex {
                title: title_lines(&plan),
                blocks: vec![Block::Table(grid(rows))],
            },
            Annex {
                title: vec!["前置审批意见汇总表".into()],
                blocks: vec![Block::Table(grid(0))],
            },
        ],
        imprint: Some(Imprint {
            copies: Some("区民政局".into()),
            office: "局办公室".into(),
            date: "2018年10月12日".into(),
        }),
        across: Some("送审稿（第2轮）".into()),
        ..Paper::titled(&format!("关于报送《{plan}》的请示"))
    }
}

fn read(paper: &Paper) -> Read {
    Read::of(&docx(paper).unwrap())
}
