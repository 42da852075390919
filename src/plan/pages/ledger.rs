//! 批复登记表 (EX-6): every reply by its number, those that are void too, with its conditions
//! and what became of each.

use crate::accounts::pages::narrowed::Narrowed;
use crate::database::Db;
use crate::documents::leaving::{Ledger, SLICE};
use crate::plan::conditions::rules::ConditionState;
use crate::plan::review::rules::{CONDITIONS, Letter};
use crate::plan::review::store::replies::{self as store, Demanded, Place, Replied};
use crate::web::table::{self, Cell, Column};
use crate::web::{Error, Look};

/// The register.
pub struct Replies {
    narrowed: Narrowed,
    after: Place,
}

/// A reply.
pub struct Line {
    of: Replied,
    letter: Letter,
    conditions: String,
}

impl Line {
    fn of(of: Replied, demanded: &[Demanded]) -> Self {
        let own = demanded
            .iter()
            .filter(|each| each.plan == of.plan && of.conditions == Some(each.list));
        Self {
            letter: Letter::read(&of.text),
            conditions: own.map(became).collect::<Vec<_>>().join("\n"),
            of,
        }
    }

    /// The association as the reply calls it.
    fn association(&self) -> Cell {
        let named = self.letter.association();
        named.unwrap_or(&self.of.association).into()
    }

    /// The unit as the reply calls it.
    fn unit(&self) -> Cell {
        match self.letter.unit() {
            "" => (&self.of.unit).into(),
            unit => unit.into(),
        }
    }

    fn request(&self) -> Cell {
        match self.letter.request_number() {
            Some(number) => number.into(),
            None => (&self.of.request_number).into(),
        }
    }

    fn state(&self) -> Cell {
        match self.of.voided_on {
            Some(on) => format!("已作废（{on}），文号保留").into(),
            None => self.of.state.label().into(),
        }
    }
}

/// 1.请于10月31日前退回（时限2018-10-31，已落实，2018-11-01确认，退库通知书）.
fn became(each: &Demanded) -> String {
    let mut told = vec![format!("时限{}", each.due), each.state.label().to_owned()];
    match each.state {
        ConditionState::Confirmed => {
            told.extend(each.confirmed_on.map(|on| format!("{on}确认")));
            told.extend(each.document_number.clone());
        }
        ConditionState::Reported => {
            told.extend(each.reported_on.map(|on| format!("{on}报告")));
        }
        ConditionState::Open | ConditionState::Returned | ConditionState::Void => {}
    }
    let text = each.text.trim().trim_end_matches(['。', ';', '；']);
    format!("{}.{text}（{}）", each.number, told.join("，"))
}

impl Ledger for Replies {
    type Row = Line;

    const NAME: &'static str = "批复登记表";
    const ABOUT: &'static str = "每份批复的文号、日期、条件和落实情况，作废的注明。";

    const COLUMNS: &'static [Column<Line>] = &[
        table::short("文号", |line: &Line| line.of.number.clone().into())
            .head()
            .wide(22),
        table::words("协会", Line::association),
        table::short("单位", Line::unit).wide(22),
        table::short("请示文号", Line::request).wide(20),
        table::short("收文日", |line: &Line| line.of.received_on.into()),
        table::short("批复日", |line: &Line| line.of.replied_on.into()),
        table::words("条件", |line: &Line| line.conditions.clone().into()).wide(60),
        table::short("状态", Line::state).wide(26),
    ];

    async fn open(look: Look<'_>) -> Result<Self, Error> {
        Ok(Self {
            narrowed: Narrowed::of(look.db, look.allowed).await?,
            after: Place::default(),
        })
    }

    async fn next(&mut self, db: &mut Db) -> Result<Vec<Line>, Error> {
        let from = (&self.after, SLICE);
        let found = store::slice(db, from, self.narrowed.unit, CONDITIONS).await?;
        if let Some(last) = found.last() {
            self.after = Place {
                year: last.year,
                serial: last.serial,
                number: last.number.clone(),
            };
        }
        let mut plans: Vec<i64> = found.iter().map(|each| each.plan).collect();
        plans.dedup();
        let demanded = store::conditions(db, &plans).await?;
        let found = found.into_iter();
        Ok(found.map(|each| Line::of(each, &demanded)).collect())
    }

    fn filters(&self) -> Vec<String> {
        self.narrowed.filters()
    }

    fn lines(&self) -> Vec<String> {
        vec![
            "协会、单位、请示文号为批复时的文字；单位的筛选按现业务主管单位。".to_owned(),
            "收文日为批复所依据的请示报送脱钩办的日期；作废的批复文号保留，不再编给其他批复。"
                .to_owned(),
        ]
    }
}
