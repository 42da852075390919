//! Every code stands once. Parts of a plan carry the codes of their questions, so
//! each kind of piece that is not a question is counted by itself.

use std::collections::BTreeSet;

use super::{CAMPAIGN, Checker, MEASURES, PLAN, PROCESSES, SURVEY, TIMELINE};

impl Checker<'_> {
    pub(super) fn unique_codes(&mut self) {
        let scheme = self.scheme;
        let questions = self
            .all_questions()
            .map(|(file, question)| (file, question.position(), question.code()));
        let checks = scheme.survey.checks.iter();
        let checks = checks.map(|check| (SURVEY, check.position(), check.code()));
        let own = scheme.measures.measures.iter();
        let own = own.flat_map(|measure| &measure.checks);
        let checks = checks.chain(own.map(|check| (MEASURES, check.position(), check.code())));
        let measures = scheme.measures.measures.iter();
        let measures = measures.map(|measure| (MEASURES, measure.position(), measure.code()));
        let approvals = scheme.measures.approvals.iter();
        let approvals = approvals.map(|approval| (MEASURES, approval.position(), approval.code()));
        let spanned = scheme
            .timeline
            .tasks
            .iter()
            .map(|task| (TIMELINE, &task.code));
        let departments = scheme.campaign.departments.iter();
        let departments = departments.map(|department| (CAMPAIGN, &department.code));
        let policies = scheme.campaign.policies.iter();
        let policies = policies.map(|policy| (CAMPAIGN, &policy.code));
        let spanned = spanned.chain(departments).chain(policies);
        let spanned =
            spanned.map(|(file, code)| (file, code.span().start, code.get_ref().as_str()));
        let foundings = scheme.campaign.foundings.iter();
        let foundings = foundings.map(|question| (CAMPAIGN, question.position(), question.code()));
        let all = questions.chain(checks).chain(measures);
        let processes = scheme.processes.processes.iter();
        let processes = processes.map(|process| (PROCESSES, process.position(), process.code()));
        let all = all.chain(approvals).chain(foundings).chain(processes);
        let mut seen = BTreeSet::new();
        let twice: Vec<_> = all
            .chain(spanned)
            .filter(|(_, _, code)| !seen.insert(*code))
            .collect();
        for (file, position, code) in twice {
            self.problem(file, position, format!("code {code} stands twice"));
        }
        self.headings();
    }

    /// Sections, parts and tracks, whose codes carry no place of their own.
    fn headings(&mut self) {
        let scheme = self.scheme;
        let sections = scheme.survey.sections.iter();
        let sections: Vec<&str> = sections.map(|section| section.code.as_str()).collect();
        let parts: Vec<&str> = scheme
            .plan
            .parts
            .iter()
            .map(|part| part.code.as_str())
            .collect();
        let tracks = scheme.measures.tracks.iter();
        let tracks: Vec<&str> = tracks.map(|track| track.code.as_str()).collect();
        for (file, kind, codes) in [
            (SURVEY, "section", sections),
            (PLAN, "part", parts),
            (MEASURES, "track", tracks),
        ] {
            let mut seen = BTreeSet::new();
            for code in codes {
                if !seen.insert(code) {
                    let position = last_heading(self.text(file), kind, code);
                    self.problem(file, position, format!("code {code} stands twice"));
                }
            }
        }
    }
}

/// Where the last `[[kind]]` with a code stands.
fn last_heading(text: &str, kind: &str, code: &str) -> usize {
    let code = format!("code = \"{code}\"");
    text.match_indices(&format!("[[{kind}]]"))
        .filter_map(|(start, _)| {
            let piece = text.get(start..)?;
            let end = piece.find("\n[").unwrap_or(piece.len());
            Some(start + piece.get(..end)?.find(&code)?)
        })
        .last()
        .unwrap_or(0)
}
