//! The completion table as files: a workbook with one column each on A3, and a Word file on A4
//! with what belongs together in one cell (paper.md 0.10). Both are read from the described
//! columns, so that one fact has one figure.

use axum::extract::State;
use axum::response::Response;

use crate::access::{Act, Scope};
use crate::clock::chinese_date;
use crate::closing::rules::Completion;
use crate::closing::store;
use crate::database::Db;
use crate::documents::files::made;
use crate::documents::leaving::{Ledger, Official};
use crate::documents::paper::{Heading, MEDIA_TYPE, Wide, WideColumn, wide_docx};
use crate::paths::closing::COMPLETION;
use crate::registry::mark::Mark;
use crate::scheme::Scheme;
use crate::sheets::books::Size;
use crate::sheets::books::values::said;
use crate::web::leaving::Leaf;
use crate::web::table::{Cell, Column, Shown};
use crate::web::{Allowed, Answer, App, Error, Look};

use super::columns::COLUMNS;

/// The Word file at the page's address.
pub const WORD: Leaf = Leaf {
    list: COMPLETION.pattern(),
    ending: "docx",
    name: CompletionFile::NAME,
    about: "",
    act: Act::CompletionRead,
};

/// Rows that are read at a time: each with all of its checklist and registers.
const ROWS: i64 = 200;
/// Most rows of the Word file; the workbook has all.
const MOST: usize = 2_000;

/// What the table is called.
#[must_use]
pub fn title(scheme: &Scheme) -> String {
    let region = &scheme.campaign.region_name;
    format!("{region}行业协会商会脱钩单位完成情况表")
}

/// The table as it is read.
pub struct CompletionFile {
    app: App,
    scope: Scope,
    unit: String,
    mark: Mark,
}

impl CompletionFile {
    fn of(app: &App, allowed: &Allowed) -> Self {
        let actor = allowed.actor();
        let own = actor.role().is_unit();
        Self {
            app: app.clone(),
            scope: Scope::of(actor),
            unit: if own {
                actor.capacity.department_name.clone()
            } else {
                "全部业务主管单位".to_owned()
            },
            mark: Mark::default(),
        }
    }

    async fn slice(&mut self, db: &mut Db) -> Result<Vec<Completion>, sqlx::Error> {
        let at = (&self.scope, self.app.scheme.as_ref());
        let facts = store::slice(db, at, &mut self.mark, ROWS).await?;
        let today = self.app.clock.today();
        let rows = facts.iter();
        Ok(rows
            .map(|facts| Completion::of(facts, &self.app.scheme, today))
            .collect())
    }

    fn as_of(&self) -> String {
        chinese_date(self.app.clock.today())
    }
}

impl Ledger for CompletionFile {
    type Row = Completion;

    const NAME: &'static str = "完成情况表";

    const COLUMNS: &'static [Column<Completion>] = COLUMNS;

    async fn open(look: Look<'_>) -> Result<Self, Error> {
        Ok(Self::of(look.app, look.allowed))
    }

    async fn next(&mut self, db: &mut Db) -> Result<Vec<Completion>, Error> {
        Ok(self.slice(db).await?)
    }

    fn official(&self) -> Official {
        Official {
            title: vec![
                title(&self.app.scheme),
                format!("填报单位（盖章）：{}　　　　数据截至：{}", self.unit, self.as_of()),
            ],
            signed: "填表人：　　　　　　　审核人：　　　　　　　单位负责人（盖章）：　　　　　　　日期：　　　年　　月　　日".to_owned(),
            size: Size::A3,
        }
    }

    fn lines(&self) -> Vec<String> {
        vec![
            "列出现行名单内的协会，已经注销、撤销、合并的注明。".to_owned(),
            "以主管部门核实的为已办；五项完成率按五分离清单的应办和已办计算，全部办结前不超过99.9%。"
                .to_owned(),
        ]
    }
}

/// A column of the Word file: its head, its common head, the described columns in it with what
/// is said before each where there are several, its share.
struct Stacked(
    &'static str,
    &'static str,
    &'static [(&'static str, &'static str)],
    u32,
);

/// The columns of the Word file; dates have room for ten digits.
const STACKED: &[Stacked] = &[
    Stacked("序号", "", &[("序号", "")], 250),
    Stacked(
        "协会名称、统一社会信用代码、业务主管单位",
        "",
        &[
            ("协会名称", ""),
            ("统一社会信用代码", ""),
            ("业务主管单位", ""),
        ],
        1_640,
    ),
    Stacked("批复文号及日期", "", &[("批复文号及日期", "")], 960),
    Stacked("关系解除", "机构分离", &[("关系解除（项/完成）", "")], 330),
    Stacked(
        "代管事业单位、合署办公",
        "机构分离",
        &[("代管事业单位处置", "代管："), ("合署办公分开", "合署：")],
        660,
    ),
    Stacked("证书换发", "机构分离", &[("证书换发日期", "")], 830),
    Stacked(
        "行政职能剥离、依法保留、转移（项）",
        "职能分离",
        &[
            ("行政职能剥离（项）", "剥离："),
            ("依法保留职能（项）", "保留："),
            ("转移（项）", "转移："),
        ],
        700,
    ),
    Stacked(
        "会计制度、独立账号、拨款取消",
        "资产财务分离",
        &[
            ("会计制度", ""),
            ("独立账号", "账号："),
            ("拨款取消", "拨款："),
        ],
        1_060,
    ),
    Stacked(
        "国有资产（万元）、清查文号及处置",
        "资产财务分离",
        &[
            ("国有资产（万元）", ""),
            ("清查文号", ""),
            ("国有资产处置", ""),
        ],
        960,
    ),
    Stacked(
        "办公用房（㎡）及腾退",
        "资产财务分离",
        &[("办公用房（㎡）", ""), ("腾退日期", "")],
        830,
    ),
    Stacked(
        "应清理/已清理、去留",
        "人员管理分离",
        &[("应清理/已清理", ""), ("去留（留/离）", "")],
        520,
    ),
    Stacked(
        "劳动合同、社保公积金、编制收回",
        "人员管理分离",
        &[
            ("劳动合同（应签/已签）", "合同："),
            ("社保公积金（应参/已参）", ""),
            ("编制收回", "编制："),
        ],
        760,
    ),
    Stacked(
        "接收单位及日期、党组织、外事",
        "党建外事",
        &[("接收单位及日期", ""), ("党组织", ""), ("外事", "外事：")],
        860,
    ),
    Stacked("章程备案", "", &[("章程备案日期", "")], 830),
    Stacked(
        "五项完成率、评定结论",
        "",
        &[("五项完成率", ""), ("评定结论", "")],
        640,
    ),
    Stacked("未完成事项及时限", "", &[("未完成事项及时限", "")], 1_026),
    Stacked("备注", "", &[("备注", "")], 300),
];

/// The column of what is open.
pub(super) const OPEN_ITEMS: &str = "未完成事项及时限";
/// More than this stands in the workbook and in the checklist; here it says how much it is.
const OPEN: usize = 4;

/// What is open, as a cell of the page and of the Word file holds it.
pub(super) fn open(text: &str) -> String {
    let all: Vec<&str> = text.split('；').collect();
    if all.len() <= OPEN {
        return text.to_owned();
    }
    let first: Vec<&str> = all.iter().take(OPEN).copied().collect();
    format!("{}；等{}类", first.join("；"), all.len())
}

/// The heads in two rows.
fn headings() -> Vec<Vec<Heading>> {
    let groups = STACKED.chunk_by(|one, other| !one.1.is_empty() && one.1 == other.1);
    let above = groups.map(|group| match group {
        [only] if only.1.is_empty() => Heading::begins(only.0),
        [first, ..] => Heading::over(group.len(), first.1),
        [] => Heading::one(""),
    });
    let below = STACKED.iter().map(|column| match column.1 {
        "" => Heading::goes_on(),
        _ => Heading::one(column.0),
    });
    vec![above.collect(), below.collect()]
}

/// A row of described cells as the Word file has it.
fn stacked(labels: &[String], cells: &[Cell]) -> Vec<String> {
    let text = |(wanted, before): &(&'static str, &'static str)| {
        let at = labels.iter().position(|label| label == wanted)?;
        let text = cells.get(at).map(said).filter(|text| !text.is_empty())?;
        Some(format!("{before}{text}"))
    };
    let column = |column: &Stacked| {
        let texts: Vec<String> = column.2.iter().filter_map(text).collect();
        match column.2 {
            [(OPEN_ITEMS, _)] => open(&texts.join("\n")),
            _ => texts.join("\n"),
        }
    };
    STACKED.iter().map(column).collect()
}

/// The Word file.
pub async fn word(State(app): State<App>, allowed: Allowed) -> Answer {
    let mut file = CompletionFile::of(&app, &allowed);
    let columns = Shown::to(allowed.actor(), COLUMNS);
    let labels: Vec<String> = columns.heads().into_iter().map(|head| head.label).collect();
    let mut rows = Vec::new();
    {
        let mut db = app.read().await?;
        loop {
            let found = file.slice(&mut db).await?;
            if found.is_empty() {
                break;
            }
            for row in &found {
                let number = i64::try_from(rows.len() + 1).unwrap_or(i64::MAX);
                rows.push(stacked(&labels, &columns.cells(number, row)));
            }
            if rows.len() > MOST {
                return Err(Error::Conflict(format!(
                    "协会超过{MOST}个，Word 文件过大，请下载 Excel。"
                )));
            }
        }
    }
    drawn(&app, &file, rows)
}

fn drawn(app: &App, file: &CompletionFile, rows: Vec<Vec<String>>) -> Result<Response, Error> {
    let column = |(at, column): (usize, &Stacked)| match at {
        1 => WideColumn::left(column.3),
        _ => WideColumn::new(column.3),
    };
    let wide = Wide {
        title: title(&app.scheme),
        unit: file.unit.clone(),
        as_of: file.as_of(),
        columns: STACKED.iter().enumerate().map(column).collect(),
        headings: headings(),
        rows,
        signatures: ["填表人", "审核人", "单位负责人", "日期"]
            .map(|role| (role.to_owned(), String::new()))
            .into(),
        across: None,
    };
    let bytes = wide_docx(&wide).map_err(Error::internal)?;
    let name = format!("{}-{}.docx", CompletionFile::NAME, app.clock.today());
    Ok(made(&name, MEDIA_TYPE, bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_described_column_stands_in_the_word_file() {
        let heads: Vec<String> = COLUMNS.iter().map(Column::heading).collect();
        let stood: Vec<&str> = STACKED
            .iter()
            .flat_map(|column| column.2)
            .map(|(label, _)| *label)
            .collect();
        assert_eq!(heads.len(), stood.len());
        for head in &heads {
            assert!(stood.contains(&head.as_str()), "{head}");
        }
    }
}
