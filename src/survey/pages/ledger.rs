//! 摸底调查汇总表 (EX-1): a row for each association that has a survey, as its newest
//! edition says. Counts and sums only; no name of a person is in it.

use crate::accounts::pages::narrowed::Narrowed;
use crate::database::Db;
use crate::documents::leaving::{Ledger, Official};
use crate::sheets::books::Size;
use crate::survey::rules::summary::{READ, Staff, Summary};
use crate::survey::store::summary::{self as store, Surveyed};
use crate::web::table::{self, Cell, Column};
use crate::web::{App, Error, Look};

/// The summary.
pub struct Surveys {
    app: App,
    narrowed: Narrowed,
    after: (String, i64),
}

/// A row of it.
pub struct Line {
    of: Surveyed,
    summary: Summary,
}

const MEMBERS: &str = "会员数";
const MONEY: &str = "财政拨款";
const STAFF: &str = "工作人员";
const CADRES: &str = "领导干部兼职";
const WAN: &str = "万元";

impl Line {
    fn staff(&self, count: fn(&Staff) -> i64) -> Cell {
        self.summary.staff.as_ref().map(count).into()
    }

    fn edition(&self) -> Cell {
        let (edition, state) = (self.of.edition, self.of.state.label());
        format!("第{edition}版，{state}").into()
    }

    /// What must be known of the row besides.
    fn remarks(&self) -> Cell {
        let of = &self.of;
        let mut remarks = Vec::new();
        if let (None, Some(number)) = (&of.uscc, &of.certificate_no) {
            remarks.push(format!("登记证号：{number}"));
        }
        if let Some(kind) = of.exit_kind {
            let on = of.exited_on.map(|on| format!("（{on}）"));
            remarks.push(format!("{}{}", kind.done(), on.unwrap_or_default()));
        }
        let unknown = self.summary.staff.map_or(0, |staff| staff.unknown);
        if unknown > 0 {
            remarks.push(format!(
                "另有{unknown}名兼职的退（离）休领导干部未填退（离）休日期，未列入四类"
            ));
        }
        remarks.join("；").into()
    }
}

fn yes(answer: Option<bool>) -> Cell {
    answer.map(|yes| if yes { "是" } else { "否" }).into()
}

const fn year(label: &'static str, cell: fn(&Line) -> Cell) -> Column<Line> {
    table::figures(label, cell).unit(WAN).group(MONEY)
}

const fn wan(label: &'static str, cell: fn(&Line) -> Cell) -> Column<Line> {
    table::figures(label, cell).unit(WAN)
}

const fn kind(label: &'static str, cell: fn(&Line) -> Cell) -> Column<Line> {
    table::figures(label, cell).group(CADRES)
}

impl Ledger for Surveys {
    type Row = Line;

    const NAME: &'static str = "摸底调查汇总表";
    const ABOUT: &'static str = "每个协会一行，列出摸底调查的主要数据和报送情况。";

    const COLUMNS: &'static [Column<Line>] = &[
        table::serial(),
        table::words("协会名称", |line: &Line| line.of.name.clone().into()).head(),
        table::code("统一社会信用代码", |line: &Line| {
            (&line.of.uscc).into()
        }),
        table::short("业务主管单位", |line: &Line| {
            line.of.unit.clone().into()
        })
        .wide(20),
        table::words("其他关系单位及类型", |line: &Line| {
            line.summary.ties.clone().into()
        })
        .wide(26),
        table::short("成立日期", |line: &Line| {
            line.summary.registered_on.into()
        }),
        table::figures("单位", |line: &Line| line.summary.units.into()).group(MEMBERS),
        table::figures("个人", |line: &Line| line.summary.persons.into()).group(MEMBERS),
        table::figures("合计", |line: &Line| line.summary.members.into()).group(MEMBERS),
        table::words("会员主体性质", |line: &Line| {
            line.summary.basis.clone().into()
        })
        .wide(18),
        table::short("是否纳入", |line: &Line| line.of.scope.label().into()),
        table::short("合署办公", |line: &Line| yes(line.summary.joint)),
        table::words("代管事业单位", |line: &Line| {
            line.summary.institutions.clone().into()
        })
        .wide(16),
        table::figures("行政职能项数", |line: &Line| {
            line.summary.functions.into()
        }),
        table::figures("拟转移项数", |line: &Line| {
            line.summary.transfers.into()
        }),
        table::words("会计制度", |line: &Line| {
            line.summary.accounting.clone().into()
        })
        .wide(18),
        table::short("独立账号", |line: &Line| yes(line.summary.account)),
        year("2016年", |line| {
            Cell::money(line.summary.appropriated(2016))
        }),
        year("2017年", |line| {
            Cell::money(line.summary.appropriated(2017))
        }),
        year("2018年", |line| {
            Cell::money(line.summary.appropriated(2018))
        }),
        wan("资产总额", |line| Cell::money(line.summary.assets)),
        wan("负债", |line| Cell::money(line.summary.debts)),
        wan("净资产", |line| Cell::money(line.summary.net)),
        wan("国有资产", |line| Cell::money(line.summary.state_owned)),
        table::figures("办公用房面积", |line: &Line| {
            Cell::area(line.summary.rooms)
        })
        .unit("平方米"),
        table::figures("专职", |line: &Line| line.staff(|staff| staff.full)).group(STAFF),
        table::figures("兼职", |line: &Line| line.staff(|staff| staff.part)).group(STAFF),
        table::figures("公务员任职", |line: &Line| {
            line.staff(|staff| staff.servants)
        }),
        kind("现职", |line| line.staff(|staff| staff.incumbent)),
        kind("未办理退（离）休手续", |line| {
            line.staff(|staff| staff.off_post)
        }),
        kind("退（离）休不满三年", |line| {
            line.staff(|staff| staff.under_three)
        }),
        kind("退（离）休满三年", |line| {
            line.staff(|staff| staff.over_three)
        }),
        table::figures("事业编制", |line: &Line| line.summary.posts.into()),
        table::figures("劳动合同数", |line: &Line| {
            line.summary.contracts.into()
        }),
        table::figures("党员数", |line: &Line| line.summary.party_members.into()),
        table::short("党组织", |line: &Line| {
            line.summary.party_body.clone().into()
        }),
        table::figures("外事事项", |line: &Line| line.summary.foreign.into()),
        table::short("单位意见", |line: &Line| {
            line.summary.opinion.clone().into()
        })
        .wide(18),
        table::short("版本", Line::edition).wide(22),
        table::words("备注", Line::remarks).wide(26),
    ];

    async fn open(look: Look<'_>) -> Result<Self, Error> {
        Ok(Self {
            app: look.app.clone(),
            narrowed: Narrowed::of(look.db, look.allowed).await?,
            after: (String::new(), 0),
        })
    }

    async fn next(&mut self, db: &mut Db) -> Result<Vec<Line>, Error> {
        let after = (self.after.0.as_str(), self.after.1);
        let found = store::slice(db, after, self.narrowed.unit, READ).await?;
        if let Some(last) = found.last() {
            self.after = (last.sort_key.clone(), last.id);
        }
        let line = |of: Surveyed| Line {
            summary: Summary::of(&self.app.scheme, &of.answers.0, [&of.unit, &of.unit_short]),
            of,
        };
        Ok(found.into_iter().map(line).collect())
    }

    fn filters(&self) -> Vec<String> {
        self.narrowed.filters()
    }

    fn lines(&self) -> Vec<String> {
        let base = self.app.scheme.campaign.parameters.survey_base_date;
        vec![
            "每个协会一行，以最新一版摸底调查为准；“版本”一栏写明版次和状态，尚未确认的数字以后可能改动。".to_owned(),
            format!("存量数字以{base}为准，领导干部退（离）休年限按该日计算；名称、代码、业务主管单位和是否纳入以协会台账为准。"),
            "财政拨款含基本、项目、离退休和分流人员安置，不含购买服务；国有资产含暂按国有管理的，按净值计。".to_owned(),
        ]
    }

    fn official(&self) -> Official {
        Official {
            size: Size::A3,
            ..Official::default()
        }
    }
}
