//! From a form to an act: the only way to a `Write` in a person's name. It wants the
//! proof that the form was read whole, what was seen, and the capacity that it was opened
//! in; what stops the act is told on the same page, with everything that was typed.

use std::sync::Arc;

use axum::http::StatusCode;
use chrono::{DateTime, Utc};

use crate::access::case::{Stuck, Subject};
use crate::clock::stamp;
use crate::database::{Db, Done, Explain, Failure, Stopped, Write, WriteError};

use super::conflict::{Conflict, Theirs};
use super::form::{Clean, Form};
use super::page::redirect;
use super::seal::{self, Unsealed};
use super::view::{Answer, View, draw, opened};
use super::{Allowed, App, Error, draft};
use crate::access::{Seen, Sees};

const UNSEEN: &str = "页面内容不完整（缺少打开页面时的版本），请刷新页面核对后重新提交。";
const OTHER_CAPACITY: &str = "您打开此页面后切换了身份。请核对现在的身份，确认无误后重新提交。";

impl Allowed {
    /// Does the route's act: `run` has a transaction, the proof of the form and what
    /// was seen, and nothing else.
    pub async fn act<V: View, R: Explain, T>(
        &self,
        app: &App,
        form: Form,
        run: impl AsyncFnOnce(Write, Clean, Seen) -> Done<R, T>,
    ) -> Answer {
        let landing = V::address(self)?;
        self.act_and_go::<V, R, T>(app, form, landing, run).await
    }

    /// The same; afterwards the browser goes to `landing`.
    pub async fn act_and_go<V: View, R: Explain, T>(
        &self,
        app: &App,
        mut form: Form,
        landing: String,
        run: impl AsyncFnOnce(Write, Clean, Seen) -> Done<R, T>,
    ) -> Answer {
        if self.replayed() {
            return draw::<V>(app, self, Some(form), StatusCode::OK).await;
        }
        let seen = match seal::opened(&form, self.gate_act(), self.actor()) {
            Ok(seen) => seen,
            Err(Unsealed::Unseen) => {
                form.fail("form", "表单", UNSEEN);
                return self.mended::<V>(app, form).await;
            }
            Err(Unsealed::OtherCapacity) => {
                return self.told::<V>(app, form, OTHER_CAPACITY.to_owned()).await;
            }
        };
        let kept = self.keeping(seen.clone());
        let Ok(clean) = form.done() else {
            return kept.mended::<V>(app, form).await;
        };
        let who = self.who(&form, landing.clone());
        let made = Arc::clone(&who.request.made);
        let done = match app.write(&who).await {
            Ok(write) => run(write, clean, seen).await,
            Err(error) => Err(error.into()),
        };
        match done {
            Ok(_) => {
                self.typed_no_more(app).await;
                let number = made.get().map(i64::to_string).unwrap_or_default();
                Ok(redirect(&landing.replace("{}", &number), self.gate_act()))
            }
            Err(failure) => kept.failed::<V, R>(app, form, failure).await,
        }
    }

    /// What was kept of the form while it was typed is saved now. Kept longer it would be offered
    /// again beside what it says itself: no reason to tell of a saved form that it failed.
    async fn typed_no_more(&self, app: &App) {
        if self.gate_act().sees() != Sees::Edit {
            return;
        }
        let account = self.actor().account;
        if let Err(error) = draft::forget(&app.database, account, self.path()).await {
            tracing::warn!(%error, "a draft was not deleted");
        }
    }

    /// Tells why an act was not done.
    async fn failed<V: View, R: Explain>(
        &self,
        app: &App,
        mut form: Form,
        failure: Failure<R>,
    ) -> Answer {
        let stopped = match failure {
            Failure::Room(reason) => {
                let Some((name, label)) = reason.field() else {
                    return self.told::<V>(app, form, reason.explain()).await;
                };
                form.fail(name, label, reason.explain());
                return self.mended::<V>(app, form).await;
            }
            Failure::Stopped(stopped) => stopped,
        };
        let sentence = stopped.explain();
        match (stopped, sentence) {
            (Stopped::Stuck(Stuck::Stale(subject)), Some(sentence)) => {
                let (last, theirs) = {
                    let mut db = app.read().await?;
                    let last = last_record(&mut db, subject).await?;
                    let theirs = if self.gate_act().sees() == Sees::Edit {
                        opened::<V>(app, self, &mut db, None).await?.theirs()
                    } else {
                        None
                    };
                    (last, theirs)
                };
                if let Some(theirs) = theirs {
                    return Err(self.both(app, &form, last, theirs));
                }
                let sentence = last.map_or_else(
                    || sentence.clone(),
                    |last| format!("{sentence}最近一次办理：{}。", last.told()),
                );
                self.told::<V>(app, form, sentence).await
            }
            (Stopped::Stuck(_) | Stopped::Write(WriteError::KeyReused), Some(sentence)) => {
                self.told::<V>(app, form, sentence).await
            }
            (Stopped::Refused(why), _) => Err(Error::Refused(why)),
            (Stopped::Write(error), _) => Err(error.into()),
            (Stopped::NoBranch(act), _) => Err(Error::internal(format!("{act} chose no branch"))),
            (Stopped::Hidden | Stopped::Stuck(_), _) => Err(Error::Missing),
        }
    }

    /// The page again, with messages beside the fields.
    async fn mended<V: View>(&self, app: &App, mut form: Form) -> Answer {
        form.tell_of_file();
        draw::<V>(app, self, Some(form), StatusCode::UNPROCESSABLE_ENTITY).await
    }

    /// The page with both versions of a form.
    fn both(&self, app: &App, form: &Form, last: Option<Last>, theirs: Theirs) -> Error {
        let who = last.map_or_else(|| "这部分内容刚被他人保存".to_owned(), |last| last.saved());
        let conflict = Conflict {
            form: (self.path(), self.gate_act()),
            who,
            theirs,
            typed: form,
        };
        conflict.into_error(self.anew().page("内容有冲突"), &app.marks())
    }

    /// The page as it is now, with what was typed, and above it what happened.
    async fn told<V: View>(&self, app: &App, mut form: Form, sentence: String) -> Answer {
        form.tell_of_file();
        // What somebody else did has been told: the form is sealed anew.
        let allowed = self.anew().alarmed(sentence);
        draw::<V>(app, &allowed, Some(form), StatusCode::CONFLICT).await
    }
}

/// The last line of a matter's case file.
struct Last {
    who: String,
    what: String,
    at: DateTime<Utc>,
}

impl Last {
    /// As it stands in a message.
    fn told(&self) -> String {
        format!("{}，{}，{}", self.who, stamp(self.at), self.what)
    }

    /// Who saved, and when.
    fn saved(&self) -> String {
        format!("{}于{}保存（{}）", self.who, stamp(self.at), self.what)
    }
}

/// Who did what last to a matter, in the words of its case file.
async fn last_record(db: &mut Db, subject: Subject) -> Result<Option<Last>, sqlx::Error> {
    sqlx::query_as!(
        Last,
        r#"select actor_department || actor_name as "who!", sentence as what, at
           from act_record
           where campaign_id = $1 and subject_kind = $2 and subject_id = $3
           order by id desc limit 1"#,
        db.campaign(),
        subject.kind,
        subject.id,
    )
    .fetch_optional(db.connection())
    .await
}
