//! Documents of every kind, made by the public interface alone.

use tuogou::documents::paper::{
    Annex, Block, Bound, Column, Form, Grid, Head, Heading, Imprint, Paper, Sentence, Wide,
    WideColumn, title_lines,
};

/// The longest real name of an association (`tests/data/lists`).
pub const LONGEST: &str = "湘西土家族苗族自治州老科学技术工作者协会";

/// A full page and more of one character: 28 to the line.
pub fn full() -> Paper {
    Paper {
        blocks: vec![Block::Text("很".repeat(28 * 60).into())],
        ..Paper::default()
    }
}

fn list(rows: usize) -> Block {
    let columns = vec![
        Column::new("序号", 10).centre(),
        Column::new("职能名称", 60),
        Column::new("金额（万元）", 30).right(),
    ];
    let mut grid = Grid::new(columns).caption("职能清单");
    for number in 1..=rows {
        let name = format!("{LONGEST}受委托承担的质量信誉考核组织工作");
        let amount = Bound::new("1,234.50", "职能清单");
        grid.push([
            Sentence::from(number.to_string()),
            name.into(),
            amount.into(),
        ]);
    }
    Block::Table(grid)
}

/// A request with the plan and a table as attachments.
pub fn request(rows: usize) -> Paper {
    let plan = format!("{LONGEST}与行政机关脱钩实施方案");
    let area = Bound::new("38.50㎡", "摸底第1版");
    Paper {
        head: Some(Head {
            mark: "长春市绿园区交通运输局".into(),
            number: "绿交请〔2018〕21号".into(),
            signed_by: Some("周某某".into()),
        }),
        addressee: Some("区行业协会商会与行政机关脱钩办公室：".into()),
        blocks: vec![
            Block::First("一、基本情况".into()),
            Block::Second("（一）协会概况".into()),
            Block::Text(
                Sentence::new()
                    .say("协会占用行政办公用房")
                    .bind(area)
                    .say("。"),
            ),
            Block::Text("妥否，请批示。".into()),
        ],
        attachments: vec![plan.clone(), "前置审批意见汇总表".into()],
        signatory: Some("长春市绿园区交通运输局".into()),
        date: Some("2018年10月12日".into()),
        note: Some("联系人：刘某某，联系电话：0431-00000000".into()),
        annexes: vec![
            Annex {
                title: title_lines(&plan),
                blocks: vec![Block::First("一、总体要求".into()), list(rows)],
            },
            Annex {
                title: vec!["前置审批意见汇总表".into()],
                blocks: vec![list(0)],
            },
        ],
        across: Some("送审稿（第2轮）".into()),
        ..Paper::titled(&format!("关于报送《{plan}》的请示"))
    }
}

/// A reply with so many lines more; the imprint stands at the foot of its last page.
pub fn reply(lines: usize) -> Paper {
    let office = "绿园区行业协会商会与行政机关脱钩办公室";
    let mut blocks = vec![Block::Text("你单位请示收悉。经研究，批复如下：".into())];
    blocks.extend((0..lines).map(|_| Block::Text("请按方案组织实施。".into())));
    blocks.push(Block::Text("此复。".into()));
    Paper {
        head: Some(Head {
            mark: office.into(),
            number: "绿脱钩办〔2018〕3号".into(),
            signed_by: None,
        }),
        addressee: Some("区交通运输局：".into()),
        blocks,
        signatory: Some(office.into()),
        date: Some("2018年10月24日".into()),
        imprint: Some(Imprint {
            copies: Some(
                "区委组织部，区财政局、区人社局、区编办、区直机关事务管理局、区民政局".into(),
            ),
            office: "绿园区脱钩办公室".into(),
            date: "2018年10月24日".into(),
        }),
        ..Paper::titled(&format!("关于{LONGEST}与行政机关脱钩实施方案的批复"))
    }
}

/// A blank form.
pub fn form() -> Paper {
    let mut form = Form::new().caption("一、基本情况");
    form.row("协会名称", "", 1);
    form.two(("成立登记日期", ""), ("会员数", ""));
    form.row("审核意见", "", 6);
    let signed = ["填表人", "审核人", "单位负责人（盖章）", "日期"];
    Paper {
        blocks: vec![Block::Form(form), list(0)],
        signatures: signed.map(|role| (role.to_owned(), String::new())).to_vec(),
        ..Paper::titled("绿园区行业协会商会脱钩摸底调查表")
    }
}

/// The completion table, on A4 landscape.
pub fn wide(rows: usize) -> Wide {
    let shares = [400, 3_000, 2_000, 1_000, 1_000, 5_356];
    let row = [
        "1",
        "汽车维修行业协会\n51220106MJ00001065",
        "2018-10-24",
        "2/2",
        "不涉及",
        "",
    ];
    Wide {
        title: "绿园区行业协会商会脱钩单位完成情况表".into(),
        unit: "区交通运输局".into(),
        as_of: "2018年11月22日".into(),
        columns: shares.map(WideColumn::new).to_vec(),
        headings: vec![
            vec![
                Heading::begins("序号"),
                Heading::begins("协会名称及统一社会信用代码"),
                Heading::begins("批复日期"),
                Heading::over(2, "机构分离"),
                Heading::begins("备注"),
            ],
            vec![
                Heading::goes_on(),
                Heading::goes_on(),
                Heading::goes_on(),
                Heading::one("关系解除"),
                Heading::one("合署分开"),
                Heading::goes_on(),
            ],
        ],
        rows: vec![row.map(str::to_owned).to_vec(); rows],
        signatures: vec![
            ("填表人".into(), "刘某某".into()),
            ("审核人".into(), String::new()),
        ],
        across: Some("送审稿".into()),
    }
}
