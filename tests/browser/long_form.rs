//! The comforts of a long form: questions that appear with an answer, sums while one types, rows
//! by keys and from a spreadsheet, and what is typed is there again at another browser.

use serde_json::{Value, json};

use super::person::{PATIENCE, Person, Site};

const PASTE: &str = "(name, text) => {
  const field = document.querySelector(`[name='${name}']`);
  const data = new DataTransfer();
  data.setData('text/plain', text);
  field.focus();
  field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  return document.querySelectorAll('.pasted td.off').length;
}";

/// What stands in a field.
async fn value(person: &Person, name: &str) -> Value {
    let script = format!("document.querySelector('[name=\"{name}\"]')?.value ?? null");
    person.ask(&script).await
}

/// Presses a button of the page that does not leave it.
async fn touch(person: &Person, label: &str) {
    let script = format!(
        "(() => {{ const button = [...document.querySelectorAll('main button')].find((each) => each.textContent.trim() === '{label}'); button.click(); return true; }})()"
    );
    assert_eq!(person.ask(&script).await, json!(true), "no button {label}");
}

async fn waits_for(person: &Person, script: &str) {
    for _ in 0..PATIENCE {
        if person.ask(script).await == json!(true) {
            return;
        }
    }
    panic!("never: {script}");
}

#[tokio::test]
async fn a_long_form_helps_whoever_fills_it_in() {
    let site = Site::open().await;
    let id = site.world.association("花卉协会").await;
    let sections = format!("/associations/{id}/survey/sections");
    let Some(clerk) = Person::sign_in(&site, "nongye").await else {
        return;
    };
    clerk.open(&format!("{sections}/finance")).await;
    let hidden = "document.querySelector('[name=\"SV-43-1\"]').closest('[data-shown-when]').hidden";
    clerk.choose("SV-43", "no").await;
    assert_eq!(clerk.ask(hidden).await, json!(true));
    clerk.choose("SV-43", "yes").await;
    assert_eq!(clerk.ask(hidden).await, json!(false));
    for name in [
        "SV-47-1", "SV-47-2", "SV-47-3", "SV-47-4", "SV-47-5", "SV-47-6",
    ] {
        clerk.fill(name, "1.1").await;
    }
    let sum = "document.querySelector('output[id=\"f-SV-47-0\"]').textContent";
    assert_eq!(clerk.ask(sum).await, json!("6.60"));
    let mut wrong = clerk.look("long-form-finance").await;

    clerk.press("保存").await;

    // A sheet: what does not fit is told before anything is filled in, and it can be taken back.
    clerk.open(&format!("{sections}/institution")).await;
    let organ = "SV-20.1.department";
    let before = value(&clerk, organ).await;
    let sheet = json!("区水利局\t\t绿水〔2012〕3号\t2012-03-08\t多余\n区畜牧业管理局");
    let off = format!("({PASTE})('{organ}', {sheet})");
    assert_eq!(clerk.ask(&off).await, json!(1));
    assert_eq!(value(&clerk, organ).await, before);
    touch(&clerk, "填入2行").await;
    assert_eq!(value(&clerk, organ).await, json!("区水利局"));
    touch(&clerk, "撤销").await;
    assert_eq!(value(&clerk, organ).await, before);

    // What is typed is kept, says so, and is there at another browser.
    clerk.fill("SV-28-1", "7").await;
    waits_for(
        &clerk,
        "document.querySelector('[data-kept]').textContent.startsWith('已暂存')",
    )
    .await;
    wrong.extend(clerk.look("long-form-institution").await);
    let other = Person::sign_in(&site, "nongye").await.unwrap();
    other.open(&format!("{sections}/institution")).await;
    waits_for(
        &other,
        "document.querySelector('main').innerText.includes('尚未保存的内容已恢复')",
    )
    .await;
    assert_eq!(value(&other, "SV-28-1").await, json!("7"));
    assert!(wrong.is_empty(), "{wrong:#?}");
}
