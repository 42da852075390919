//! What is kept beside the rows is looked at from the command line: desks, signed contents,
//! counters. 1 where something differs.

use std::process::ExitCode;

use crate::config::Config;
use crate::database::Under;
use crate::start::{self, StartError};
use crate::web::Program;
use crate::{desk, settling};

/// The differences between the desk and the states, as of the program's day.
async fn differing(program: &Program) -> Result<Vec<desk::Difference>, sqlx::Error> {
    let day = program.clock.today();
    let app = program.on(day).await?;
    let scheme = app.scheme.as_ref();
    desk::verify(&mut program.read().await?, Under { scheme, day }).await
}

/// Signatures whose content is not what was marked.
async fn forged(program: &Program) -> Result<Vec<String>, sqlx::Error> {
    let mut db = program.read().await?;
    let (associations, units) = settling::everybody(&mut db).await?;
    let mut found = Vec::new();
    for batch in associations.chunks(desk::store::BATCH) {
        let key = program.database.audit_key();
        found.extend(settling::verify(&mut db, (batch, &[]), key).await?);
    }
    let key = program.database.audit_key();
    found.extend(settling::verify(&mut db, (&[], &units), key).await?);
    Ok(found)
}

/// `tuogou desk verify`: 1 where a desk is not what the states say.
pub async fn desk(config: &Config) -> Result<ExitCode, StartError> {
    let running = start::open(config).await?;
    let found = differing(&running.program).await;
    let forged = forged(&running.program).await;
    running.close().await;
    let found = found?.into_iter().map(|difference| difference.to_string());
    let forged = forged?.into_iter().map(|signature| {
        format!("签署的内容与印记不符 signed content is not what was marked: {signature}")
    });
    let found: Vec<String> = found.chain(forged).collect();
    Ok(told(
        &found,
        "在谁手里与办理状态一致 / desks are what the states say",
    ))
}

/// `tuogou check drift`: 1 where a counter is not what the rows say.
pub async fn drift(config: &Config) -> Result<ExitCode, StartError> {
    let running = start::open(config).await?;
    let found = drifted(&running.program).await;
    running.close().await;
    Ok(told(
        &found?,
        "统计数字与逐行统计一致 / counters are what the rows say",
    ))
}

/// Says what differs, or that nothing does.
fn told(found: &[String], agreed: &str) -> ExitCode {
    for difference in found {
        println!("{difference}");
    }
    if found.is_empty() {
        println!("{agreed}");
        return ExitCode::SUCCESS;
    }
    println!("{}处不一致 / {} differences", found.len(), found.len());
    ExitCode::from(1)
}

async fn drifted(program: &Program) -> Result<Vec<String>, sqlx::Error> {
    let day = program.clock.today();
    let app = program.on(day).await?;
    let scheme = app.scheme.as_ref();
    desk::drift(&mut program.read().await?, Under { scheme, day }).await
}
