//! The way back above a title: 协会台账 › 汽车维修行业协会 › 任职清理台账 › 任职人员.

use crate::web::guide::{self, Guide};
use crate::web::trail::Trail;

use crate::access::Act;

/// A step of the way back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What it is called.
    pub label: String,
    /// Where it is; none: it is this page, or not the reader's to open.
    pub href: Option<String>,
}

/// The steps to a page from its widest list, the page itself last; none for a list of the
/// menu, which the menu shows. Whoever came from a filtered list goes back to that.
pub(super) fn way(
    page: &Guide,
    path: &str,
    (association, trail): (Option<&str>, &Trail),
    may: impl Fn(Act) -> bool,
) -> Vec<Step> {
    let above = guide::above(page);
    if above.is_empty() {
        return Vec::new();
    }
    let label = |step: &Guide| match association {
        Some(name) if step.act == Act::AssociationRead => name.to_owned(),
        _ => step.name.to_owned(),
    };
    let mut steps: Vec<Step> = above
        .into_iter()
        .map(|step| {
            let depth = step.address.split('/').count();
            let here: Vec<&str> = path.split('/').take(depth).collect();
            let here = here.join("/");
            Step {
                label: label(step),
                href: may(step.act)
                    .then(|| trail.of(&here).map_or_else(|| here.clone(), str::to_owned)),
            }
        })
        .collect();
    steps.push(Step {
        label: label(page),
        href: None,
    });
    steps
}

impl super::Page {
    /// The same page with the list that it stands in above it, where its address does not say
    /// which: a docket is found under its group.
    #[must_use]
    pub fn listed_in(mut self, label: &str, href: String, own: &str) -> Self {
        self.way = vec![Step {
            label: label.to_owned(),
            href: Some(href),
        }];
        // A group of one kind is called as the kind is: said once.
        if own != label {
            self.way.push(Step {
                label: own.to_owned(),
                href: None,
            });
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_leads_where_the_reader_may_go() {
        let page = guide::page("/associations/{association}/plan/suspension").unwrap();
        let path = "/associations/7/plan/suspension";
        let may = |act| act != Act::PlanRead;
        let steps = way(page, path, (Some("物流行业协会"), &Trail::default()), may);
        let told: Vec<(&str, Option<&str>)> = steps
            .iter()
            .map(|step| (step.label.as_str(), step.href.as_deref()))
            .collect();
        assert_eq!(
            told,
            [
                ("协会台账", Some("/associations")),
                ("物流行业协会", Some("/associations/7")),
                ("实施方案", None),
                ("暂停实施方案", None),
            ]
        );
        let list = guide::page("/associations").unwrap();
        assert!(way(list, "/associations", (None, &Trail::default()), |_| true).is_empty());
    }
}
