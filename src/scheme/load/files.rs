//! A scheme's seven files as text: compiled in, or read from a folder that may inherit from the compiled one.

use std::io::ErrorKind;
use std::path::Path;

use super::{CAMPAIGN, MEASURES, PLAN, PROCESSES, Problem, SURVEY, TABLES, TIMELINE};

/// The seven files as text.
#[derive(Debug, Clone)]
pub struct Files {
    /// campaign.toml
    pub campaign: String,
    /// survey.toml
    pub survey: String,
    /// measures.toml
    pub measures: String,
    /// plan.toml
    pub plan: String,
    /// timeline.toml
    pub timeline: String,
    /// tables.toml
    pub tables: String,
    /// processes.toml
    pub processes: String,
}

/// Name of the scheme that is compiled in.
const LVYUAN: &str = "lvyuan_2018";

impl Files {
    /// The scheme of Lüyuan District, compiled in.
    #[must_use]
    pub fn lvyuan_2018() -> Self {
        Self {
            campaign: include_str!("../lvyuan_2018/campaign.toml").to_owned(),
            survey: include_str!("../lvyuan_2018/survey.toml").to_owned(),
            measures: include_str!("../lvyuan_2018/measures.toml").to_owned(),
            plan: include_str!("../lvyuan_2018/plan.toml").to_owned(),
            timeline: include_str!("../lvyuan_2018/timeline.toml").to_owned(),
            tables: include_str!("../lvyuan_2018/tables.toml").to_owned(),
            processes: include_str!("../lvyuan_2018/processes.toml").to_owned(),
        }
    }

    /// The files of a folder. One that is not there is taken from the scheme that
    /// campaign.toml says it inherits from.
    pub fn read(folder: &Path) -> Result<Self, Vec<Problem>> {
        let mut problems = Vec::new();
        let campaign = folder.join(CAMPAIGN);
        let parent = std::fs::read_to_string(campaign)
            .ok()
            .and_then(|text| inherits(&text));
        let mut read = |file: &'static str| {
            let own = std::fs::read_to_string(folder.join(file));
            let text = match (own, &parent) {
                // Headings are the trade's, not the district's; a folder of before has no processes.
                (Err(error), None) if file == TABLES && error.kind() == ErrorKind::NotFound => {
                    Ok(Files::lvyuan_2018().tables)
                }
                (Err(error), None) if file == PROCESSES && error.kind() == ErrorKind::NotFound => {
                    Ok(Files::lvyuan_2018().processes)
                }
                (Err(error), Some(name)) if error.kind() == ErrorKind::NotFound => {
                    inherited(folder, name, file)
                }
                (own, _) => own,
            };
            // A folder's own processes stand before those that it inherits.
            let text = match (text, &parent) {
                (Ok(own), Some(name)) if file == PROCESSES && folder.join(file).exists() => {
                    let rest = inherited(folder, name, file);
                    rest.map(|rest| format!("{own}\n{rest}"))
                }
                (text, _) => text,
            };
            text.unwrap_or_else(|error| {
                problems.push(Problem {
                    file,
                    line: 0,
                    message: error.to_string(),
                });
                String::new()
            })
        };
        let files = Self {
            campaign: read(CAMPAIGN),
            survey: read(SURVEY),
            measures: read(MEASURES),
            plan: read(PLAN),
            timeline: read(TIMELINE),
            tables: read(TABLES),
            processes: read(PROCESSES),
        };
        if problems.is_empty() {
            Ok(files)
        } else {
            Err(problems)
        }
    }
}

/// `inherits = "…"` of a campaign.toml: the scheme whose files serve where the
/// folder has none of its own.
fn inherits(campaign: &str) -> Option<String> {
    let table: toml::Table = toml::from_str(campaign).ok()?;
    Some(table.get("inherits")?.as_str()?.to_owned())
}

/// A file of the scheme inherited from: compiled in, or in the folder beside.
fn inherited(folder: &Path, name: &str, file: &'static str) -> std::io::Result<String> {
    let files = Files::lvyuan_2018();
    match (name, file) {
        (LVYUAN, SURVEY) => Ok(files.survey),
        (LVYUAN, MEASURES) => Ok(files.measures),
        (LVYUAN, PLAN) => Ok(files.plan),
        (LVYUAN, TIMELINE) => Ok(files.timeline),
        (LVYUAN, TABLES) => Ok(files.tables),
        (LVYUAN, PROCESSES) => Ok(files.processes),
        (_, TABLES) => {
            let own = std::fs::read_to_string(folder.join("..").join(name).join(file));
            Ok(own.unwrap_or(files.tables))
        }
        (_, PROCESSES) => {
            let own = std::fs::read_to_string(folder.join("..").join(name).join(file));
            Ok(own.unwrap_or(files.processes))
        }
        _ => std::fs::read_to_string(folder.join("..").join(name).join(file)),
    }
}
