//! What became of functions, money, assets and rooms in the demonstration: the
//! worked example's exact figures (domain 12.1), and the others' rooms and money.

use serde_json::{Value, json};

use crate::crossings::delay::approve_delay;
use crate::holdings::acts::{self as holdings, At};
use crate::holdings::rules::Register;
use crate::holdings::rules::book::Book;
use crate::holdings::store::{self, Words};
use crate::ids::AssociationId;
use crate::scheme::conditions::kept_by_law;

use super::DemoError;
use super::carrying::{Carrying, Day, Until};
use super::story::{SEEN, went};

/// The worked example buys statistics for 3.00 万元 (PL-7).
pub(super) fn purchases() -> Value {
    json!({
        "PL-7": [{ "key": "1", "service": "行业统计", "content": "全区机动车维修行业统计，每季度一次", "buyer": "区交通运输局",
            "budget": 3_000_000, "source": "部门预算", "manner": "单一来源", "period": "2019年" }],
    })
}

/// What is recorded on a row, and on which day.
type Told = (Register, String, Value, Day);

/// Computers, furniture and the like of state property go back on 6 November.
fn told(book: &Book<'_>, until: Until) -> Vec<Told> {
    let mut told = Vec::new();
    for row in book.rows(Register::Function) {
        if !kept_by_law(&row) {
            let facts = json!({ "ended_on": "2018-10-29", "document": "绿交发〔2018〕41号" });
            told.push((Register::Function, row.key().to_owned(), facts, (10, 29)));
        }
    }
    for (row, number) in book.rows(Register::Transfer).iter().zip(1..) {
        let section = book
            .planned(row)
            .and_then(|planned| planned.text("section"));
        let facts = json!({ "handed_on": "2018-11-05", "record": format!("绿交移〔2018〕{number}号"),
            "measure": format!("绿交监〔2018〕{number}号"), "measure_on": "2018-11-05", "section": section.unwrap_or("业务科") });
        told.push((Register::Transfer, row.key().to_owned(), facts, (11, 5)));
    }
    for row in book.rows(Register::Appropriation) {
        if book.anomaly(&row).is_some() {
            let facts = json!({ "handling": "repaid", "handled_on": "2018-10-30", "document": "缴款书0031号",
                "note": "2018年3月拨付的项目经费全额退回区财政" });
            told.push((
                Register::Appropriation,
                row.key().to_owned(),
                facts,
                (10, 30),
            ));
        }
    }
    for row in book.rows(Register::Asset) {
        if book.public(&row) {
            let facts = json!({ "disposition": "return", "returned": row.number("net") });
            told.push((Register::Asset, row.key().to_owned(), facts, (10, 30)));
        }
    }
    told.extend(rooms(book, until));
    told
}

/// Who is far gives its room back; who is not asks for time. The worked example's
/// room 312 is not yet handed over.
fn rooms(book: &Book<'_>, until: Until) -> Vec<Told> {
    let rows = book.rows(Register::Room);
    rows.iter()
        .filter_map(|row| match until {
            Until::Percent(share) if share >= 60 => {
                let facts = json!({ "vacated_on": "2018-10-30", "given_up": row.number("area"), "record": "用房移交清单" });
                Some((Register::Room, row.key().to_owned(), facts, (10, 30)))
            }
            Until::Percent(_) => {
                let facts = json!({ "until": "2019-03-31", "reason": "新办公场所装修，春节后搬迁" });
                Some((Register::Delay, row.key().to_owned(), facts, (10, 30)))
            }
            _ => None,
        })
        .collect()
}

impl Carrying<'_> {
    /// Records, signs and decides all that is to be decided before items rest on it.
    pub(super) async fn record_holdings(
        &self,
        (id, unit): (AssociationId, &str),
        until: Until,
    ) -> Result<(), DemoError> {
        let scheme = &self.app.in_force().await?.scheme;
        let source = self.holdings(id).await?;
        let told = told(&source.book(scheme), until);
        for (register, key, facts, day) in &told {
            self.record((id, unit), (*register, key), facts, *day)
                .await?;
        }
        let decided = |told: &&Told| told.0.decision().is_some();
        if told.iter().any(|told| decided(&told)) {
            let leader = self.cast.on(&format!("{unit}-lead"), (10, 31))?;
            let write = self.app.write(&leader).await?;
            went("send holdings", holdings::submit(write, id, SEEN).await)?;
        }
        for (register, key, _, _) in told.iter().filter(decided) {
            self.decide_holding(id, *register, key).await?;
        }
        for (register, key, _, _) in &told {
            if *register == Register::Asset {
                let facts = json!({ "completed_on": "2018-11-06", "paper": "固定资产交还清单" });
                let row = (Register::Completion, key.as_str());
                self.record((id, unit), row, &facts, (11, 6)).await?;
            }
        }
        Ok(())
    }

    async fn holdings(&self, id: AssociationId) -> Result<store::Source, DemoError> {
        Ok(store::source(&mut self.app.database.read().await?, id).await?)
    }

    async fn record(
        &self,
        (id, unit): (AssociationId, &str),
        (register, key): (Register, &str),
        facts: &Value,
        day: Day,
    ) -> Result<(), DemoError> {
        let clerk = self.cast.on(unit, day)?;
        let facts = serde_json::from_value(facts.clone()).unwrap_or_default();
        let at = At {
            association: id,
            register,
            key,
        };
        let write = self.app.write(&clerk).await?;
        let saved = holdings::save(write, at, SEEN, &facts).await;
        went(register.label(), saved)
    }

    /// 财政局 on money and assets, 机关事务管理局 on rooms.
    async fn decide_holding(
        &self,
        id: AssociationId,
        register: Register,
        key: &str,
    ) -> Result<(), DemoError> {
        let (who, day, document, note) = match register {
            Register::Room => ("jiguan", (11, 1), "绿管验〔2018〕9号", "房卫东"),
            Register::Delay => (
                "jiguan",
                (11, 1),
                "绿管函〔2018〕11号",
                "同意延期，期间不得转借",
            ),
            Register::Asset => ("caizheng", (11, 1), "绿财资〔2018〕26号", "同意交还"),
            _ => (
                "caizheng",
                (11, 1),
                "绿财函〔2018〕31号",
                "已退回，核实无误",
            ),
        };
        let who = self.cast.on(who, day)?;
        let at = At {
            association: id,
            register,
            key,
        };
        let words = Words {
            document: document.to_owned(),
            note: note.to_owned(),
        };
        let write = self.app.write(&who).await?;
        let decided = if register == Register::Delay {
            approve_delay(write, at, SEEN, words).await
        } else {
            holdings::decide(write, at, SEEN, words).await
        };
        went("decide holding", decided)
    }
}
