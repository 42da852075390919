//! What became of functions, money, assets and rooms in the demonstration: the
//! worked example's exact figures (domain 12.1), and the others' rooms and money.

use chrono::NaiveDate;
use serde_json::{Value, json};

use crate::crossings::delay::approve_delay;
use crate::holdings::acts::{self as holdings, At};
use crate::holdings::rules::Register;
use crate::holdings::rules::book::Book;
use crate::holdings::store::{self, Words};
use crate::ids::AssociationId;
use crate::scheme::conditions::kept_by_law;

use super::DemoError;
use super::associations::Until;
use super::days::Day;
use super::story::{SEEN, Story, went};

/// The worked example buys statistics for 3.00 万元 (PL-7).
pub(super) fn purchases() -> Value {
    json!({
        "PL-7": [{ "key": "1", "service": "行业统计", "content": "全区机动车维修行业统计，每季度一次", "buyer": "区交通运输局",
            "budget": 3_000_000, "source": "部门预算", "manner": "单一来源", "period": "2019年" }],
    })
}

/// What is recorded on a row, and on which day.
type Told = (Register, String, Value, Day);

impl Story<'_> {
    /// Computers, furniture and the like of state property go back on 6 November.
    fn told(&self, book: &Book<'_>, until: Until) -> Result<Vec<Told>, DemoError> {
        let mut told = Vec::new();
        for row in book.rows(Register::Function) {
            if !kept_by_law(&row) {
                let facts = json!({ "ended_on": self.cast.day((10, 29))?, "document": "绿交发〔2018〕41号" });
                told.push((Register::Function, row.key().to_owned(), facts, (10, 29)));
            }
        }
        for (row, number) in book.rows(Register::Transfer).iter().zip(1..) {
            let section = book
                .planned(row)
                .and_then(|planned| planned.text("section"));
            let on = self.cast.day((11, 5))?;
            let facts = json!({ "handed_on": on, "record": format!("绿交移〔2018〕{number}号"),
                "measure": format!("绿交监〔2018〕{number}号"), "measure_on": on, "section": section.unwrap_or("业务科") });
            told.push((Register::Transfer, row.key().to_owned(), facts, (11, 5)));
        }
        let on = self.cast.day((10, 30))?;
        for row in book.rows(Register::Appropriation) {
            if book.anomaly(&row).is_some() {
                let facts = json!({ "handling": "repaid", "handled_on": on, "document": "缴款书0031号",
                    "note": "2018年3月拨付的项目经费全额退回区财政" });
                let key = row.key().to_owned();
                told.push((Register::Appropriation, key, facts, (10, 30)));
            }
        }
        for row in book.rows(Register::Asset) {
            if book.public(&row) {
                let facts = json!({ "disposition": "return", "returned": row.number("net") });
                told.push((Register::Asset, row.key().to_owned(), facts, (10, 30)));
            }
        }
        for row in book.rows(Register::Custody) {
            let facts = json!({ "agreed_on": self.cast.day((10, 29))?, "agreement": "无",
                "article": "依法独立开展活动，与其他社会组织之间不存在代管、协管和挂靠关系。" });
            told.push((Register::Custody, row.key().to_owned(), facts, (10, 29)));
        }
        told.extend(rooms(book, until, on));
        // The worked example rents its premises in December.
        for row in book.rows(Register::Premises) {
            if until != Until::Example {
                let facts = json!({ "nature": "rent", "address": "景阳大路2288号", "started_on": on,
                    "paper": "房屋租赁合同" });
                told.push((Register::Premises, row.key().to_owned(), facts, (10, 30)));
            }
        }
        Ok(told)
    }
}

/// Who is far gives its room back; who is not asks for time. The worked example's
/// room 312 is not yet handed over.
fn rooms(book: &Book<'_>, until: Until, on: NaiveDate) -> Vec<Told> {
    let rows = book.rows(Register::Room);
    rows.iter()
        .filter_map(|row| match until {
            Until::Percent(share) if share >= 60 => {
                let facts = json!({ "vacated_on": on, "given_up": row.number("area"), "record": "用房移交清单" });
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

impl Story<'_> {
    /// Records, signs and decides what the items of the checklist rest on.
    pub(super) async fn record_holdings(
        &self,
        id: AssociationId,
        until: Until,
    ) -> Result<(), DemoError> {
        let scheme = &self.app.in_force().await?.scheme;
        let source = store::source(&mut self.app.database.read().await?, id).await?;
        let mut told = self.told(&source.book(scheme), until)?;
        told.sort_by_key(|(.., day)| *day);
        let signed = (10, 31);
        for (register, key, facts, day) in told.iter().filter(|(.., day)| *day < signed) {
            self.record(id, (*register, key), facts, *day).await?;
        }
        let decided = |told: &&Told| told.0.decision().is_some();
        if told.iter().any(|told| decided(&told)) {
            let leader = self.leader(id, signed).await?;
            let write = self.app.write(&leader).await?;
            went("send holdings", holdings::submit(write, id, SEEN).await)?;
        }
        for (register, key, _, _) in told.iter().filter(decided) {
            self.decide_holding(id, *register, key).await?;
        }
        for (register, key, facts, day) in told.iter().filter(|(.., day)| *day > signed) {
            self.record(id, (*register, key), facts, *day).await?;
        }
        for (_, key, _, _) in told.iter().filter(|told| told.0 == Register::Asset) {
            let on = (11, 6);
            let facts = json!({ "completed_on": self.cast.day(on)?, "paper": "固定资产收回清单" });
            self.record(id, (Register::Completion, key), &facts, on)
                .await?;
        }
        Ok(())
    }

    async fn record(
        &self,
        id: AssociationId,
        (register, key): (Register, &str),
        facts: &Value,
        day: Day,
    ) -> Result<(), DemoError> {
        let clerk = self.clerk(id, day).await?;
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
        let (who, document, note) = match register {
            Register::Room => ("jiguan", "绿管验〔2018〕9号", "房卫东"),
            Register::Delay => ("jiguan", "绿管函〔2018〕11号", "同意延期，期间不得转借"),
            Register::Asset => ("caizheng", "绿财资〔2018〕26号", "同意收回"),
            _ => ("caizheng", "绿财函〔2018〕31号", "已退回，核实无误"),
        };
        let who = self.cast.on(who, (11, 1)).await?;
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
