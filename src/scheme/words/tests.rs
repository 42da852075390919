//! Words stand where they are named, line for line.

use super::Vocabulary;
use crate::scheme::Scheme;
use crate::scheme::load::Files;

fn vocabulary() -> Vocabulary {
    Vocabulary::of(&toml::from_str(&Files::lvyuan_2018().campaign).unwrap())
}

#[test]
fn days_years_departments_and_words() {
    let vocabulary = vocabulary();
    for (name, word) in [
        ("implement_due", Some("2018年11月20日")),
        ("implement_due.year", Some("2018")),
        ("survey_base_date.year-3", Some("2015")),
        ("zuzhi", Some("区委组织部")),
        ("zuzhi.short", Some("组织部")),
        ("party_body", Some("区委组织部")),
        ("batch", Some("2018年")),
        ("region_name", Some("绿园区")),
        ("list_ratio_den", Some("2")),
        ("appropriation_years", Some("2017、2018")),
        ("implement_due.month", None),
        ("batch.year", None),
        ("nobody", None),
    ] {
        assert_eq!(vocabulary.word(name).as_deref(), word, "{name}");
    }
}

#[test]
fn no_braces_are_left_in_the_schemes_words() {
    let scheme = Scheme::lvyuan_2018().unwrap();
    let told = format!("{scheme:?}");
    assert!(!told.contains("{{"), "a word was not put in");
    let years = scheme.question("SV-46").unwrap();
    let offered: Vec<&str> = years
        .column("year")
        .unwrap()
        .options
        .iter()
        .map(|option| option.value.as_str())
        .collect();
    assert_eq!(offered, ["2015", "2016", "2017", "2018"]);
}

#[test]
fn an_unknown_word_is_named_with_its_line() {
    let mut files = Files::lvyuan_2018();
    files.plan = files
        .plan
        .replacen("{{implement_due}}", "{{implement_duty}}", 1);
    let line = files
        .plan
        .lines()
        .position(|line| line.contains("implement_duty"))
        .unwrap()
        + 1;
    let found = Scheme::parse(&files).unwrap_err();
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].line, line);
    assert_eq!(found[0].file, "plan.toml");
    assert_eq!(found[0].message, "no word is named implement_duty");
}

#[test]
fn sections_are_cited_as_this_document_numbers_them() {
    let mut files = Files::lvyuan_2018();
    files
        .campaign
        .push_str("\n[sections]\n\"四·2\" = \"错\"\n\"四·2·1\" = \"六\"\n");
    let scheme = Scheme::parse(&files).unwrap();
    assert_eq!(scheme.part("PL-2").unwrap().basis, "六");
}

#[test]
fn the_national_scheme_inherits_whole_files_and_says_them_in_its_own_words() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/scheme/national_2019");
    let national = Scheme::load(&folder).unwrap();
    let lvyuan = Scheme::lvyuan_2018().unwrap();
    assert_eq!(national.campaign.inherits.as_deref(), Some("lvyuan_2018"));
    for ((kind, ours), (_, theirs)) in national.counts().into_iter().zip(lvyuan.counts()) {
        if kind.starts_with("survey") || ["tracks", "measures", "plan parts"].contains(&kind) {
            assert_eq!(ours, theirs, "{kind}");
        }
    }
    let told = format!(
        "{:?}{:?}{:?}{:?}",
        national.survey, national.measures, national.plan, national.timeline
    );
    for word in [
        "绿园",
        "长春",
        "区委",
        "区财政",
        "区级",
        "2018年脱钩",
        "四·",
        "{{",
    ] {
        assert!(!told.contains(word), "the national scheme says {word}");
    }
    assert!(told.contains("中央和国家机关工委已接收"));
    let parameters = &national.campaign.parameters;
    assert_eq!(
        (parameters.list_ratio_num, parameters.list_ratio_den),
        (1, 1)
    );
    assert_eq!(parameters.final_report_due.to_string(), "2020-12-31");
}

#[test]
fn a_folder_that_inherits_from_nobody_known_says_so() {
    let folder = std::env::temp_dir().join(format!("tuogou-inherits-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(
        folder.join("campaign.toml"),
        "inherits = \"no_such_scheme\"\n",
    )
    .unwrap();
    let problems = Scheme::load(&folder).unwrap_err();
    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!(problems.len(), 4, "{problems:?}");
}
