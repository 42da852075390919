//! What can be wrong with measures, prior approvals and supporting documents.

use super::parts::{fitting_values, offered};
use super::{AnswerType, CAMPAIGN, Checker, MEASURES, Measure, Owner, conditions};
use crate::scheme::measures::Per;
use crate::scheme::persons::PersonCategory;

impl Checker<'_> {
    pub(super) fn measures(&mut self) {
        let scheme = self.scheme;
        for measure in &scheme.measures.measures {
            let owner = (MEASURES, measure.position(), measure.code());
            if scheme.track(&measure.track).is_none() {
                self.wrong(owner, &format!("no track {}", measure.track));
            }
            self.deadline(owner, measure);
            self.competences(owner, &measure.verify);
            self.condition(owner, &measure.when, true);
            if let Some(to) = &measure.exempts_to
                && scheme.measure(to).is_none()
            {
                self.wrong(owner, &format!("no measure {to}"));
            }
            if let Some(per) = &measure.per {
                self.per(owner, per);
            }
            self.facts(owner, measure);
            if let Some(by) = &measure.settled_by
                && scheme.part(by).is_none()
                && scheme.approval(by).is_none()
            {
                self.wrong(owner, &format!("no part and no approval {by}"));
            }
        }
    }

    /// Facts are numbered after their measure, and single answers.
    fn facts(&mut self, owner: Owner<'_>, measure: &Measure) {
        for fact in &measure.facts {
            let place = (MEASURES, fact.position(), fact.code());
            let own = fact.code().strip_prefix(measure.code());
            if !own.is_some_and(|rest| rest.starts_with('-')) {
                self.wrong(place, "a fact is numbered after its measure");
            }
            if matches!(
                fact.kind,
                AnswerType::Rows | AnswerType::Choices | AnswerType::Total
            ) {
                self.wrong(place, "a fact is one answer");
            }
        }
        for kind in &measure.records {
            if !measure.evidence.contains(kind) {
                self.wrong(owner, &format!("{kind} is no kind of its evidence"));
            }
        }
        for (code, column) in &measure.same_as_row {
            let table = measure.per.as_ref().map(|per| per.rows.as_str());
            let table = table.and_then(|table| self.scheme.question(table));
            let own = measure.facts.iter().any(|fact| fact.code() == code);
            if !own || table.is_none_or(|table| table.column(column).is_none()) {
                self.wrong(
                    owner,
                    &format!("{code} is compared with no column {column}"),
                );
            }
        }
    }

    fn deadline(&mut self, owner: Owner<'_>, measure: &Measure) {
        let due = measure.deadline.as_str();
        let known = matches!(due, "plan" | "appropriation");
        if !known && self.scheme.campaign.parameters.date(due).is_none() {
            self.wrong(owner, &format!("no date is named {due}"));
        }
    }

    fn per(&mut self, owner: Owner<'_>, per: &Per) {
        let table = per.rows.as_str();
        let Some(question) = self
            .scheme
            .question(table)
            .filter(|question| question.kind == AnswerType::Rows)
        else {
            self.wrong(owner, &format!("{table} is not a table of the survey"));
            return;
        };
        for name in &per.label {
            if question.column(name).is_none() {
                self.wrong(owner, &format!("{table} has no column {name}"));
            }
        }
        if let [column, values @ ..] = per.only.as_slice() {
            let mut wrong = Vec::new();
            fitting_values(question, column, values, &mut wrong);
            for message in wrong {
                self.wrong(owner, &message);
            }
        }
        if let Some(name) = &per.named {
            let rules = conditions::ROW_RULES;
            if !rules
                .iter()
                .any(|(known, of, _)| known == name && *of == table)
            {
                self.wrong(
                    owner,
                    &format!("no choice of rows of {table} is named {name}"),
                );
            }
        }
        for letter in &per.category {
            if !PersonCategory::ALL
                .iter()
                .any(|known| known.key() == letter)
            {
                self.wrong(
                    owner,
                    &format!("no category of persons has the letter {letter}"),
                );
            }
        }
        let register = question
            .column("identity")
            .is_some_and(|column| offered(column.kind));
        if !per.category.is_empty() && !register {
            self.wrong(owner, &format!("{table} is no register of persons"));
        }
    }

    pub(super) fn approvals(&mut self) {
        for approval in &self.scheme.measures.approvals {
            let owner = (MEASURES, approval.position(), approval.code());
            self.condition(owner, &approval.when, false);
            self.competences(owner, &approval.ask);
            if approval.ask.is_empty() {
                self.wrong(owner, "nobody is asked");
            }
        }
    }

    fn competences(&mut self, owner: Owner<'_>, codes: &[String]) {
        let departments = &self.scheme.campaign.departments;
        for code in codes {
            if !departments
                .iter()
                .any(|department| department.competences.contains(code))
            {
                self.wrong(owner, &format!("no department has the competence {code}"));
            }
        }
    }

    pub(super) fn policies(&mut self) {
        let campaign = &self.scheme.campaign;
        for policy in &campaign.policies {
            let owner = (
                CAMPAIGN,
                policy.code.span().start,
                policy.code.get_ref().as_str(),
            );
            for code in policy.with.iter().chain([&policy.lead]) {
                let known = campaign
                    .departments
                    .iter()
                    .any(|department| department.code.get_ref() == code);
                if !known {
                    self.wrong(owner, &format!("no department {code}"));
                }
            }
        }
    }
}
