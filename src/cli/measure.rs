//! `tuogou bench`: made-up databases, and what pages and spreadsheets cost.

use std::path::PathBuf;

use crate::bench::pages::{Served, Wanted};
use crate::config::Config;
use crate::start::{self, StartError};
use crate::web::Program;
use crate::{bench, demo, server};

use super::BenchCommand;

/// Does what `tuogou bench` is asked for.
pub async fn run(config: &Config, command: BenchCommand) -> Result<(), StartError> {
    match command {
        BenchCommand::Sheets { rows } => tell(bench::sheets::measure(rows)),
        BenchCommand::Sheet { stage, path } => {
            let told = bench::sheets::stage(&stage, &path);
            tell(told.map(|line| vec![line]))
        }
        BenchCommand::Seed { associations } => {
            let running = start::open(config).await?;
            let done = seed(&running.program, config, associations).await;
            running.close().await;
            done
        }
        BenchCommand::Pages {
            runs,
            only,
            save,
            beside,
            write,
        } => {
            let running = start::open(config).await?;
            let wanted = Wanted { runs, only };
            let done = pages(&running.program, &wanted, &[save, beside, write]).await;
            running.close().await;
            done
        }
    }
}

/// Tells what was measured.
fn tell(lines: std::io::Result<Vec<String>>) -> Result<(), StartError> {
    let lines = lines.map_err(|error| StartError::Failed(error.to_string()))?;
    for line in lines {
        println!("{line}");
    }
    Ok(())
}

async fn seed(program: &Program, config: &Config, associations: i64) -> Result<(), StartError> {
    let password = demo::password(config)?;
    let seeded = bench::seed::fill(program, associations, &password).await?;
    println!(
        "{} associations, {} groups of units, {} case-file rows outside the audit chain / {}个协会、{}组单位，{}条案卷记录不在审计链内",
        seeded.associations,
        seeded.groups,
        seeded.case_file_rows,
        seeded.associations,
        seeded.groups,
        seeded.case_file_rows,
    );
    if !seeded.was_there {
        println!("password of all accounts 全部账号口令：{password}");
    }
    Ok(())
}

async fn pages(
    program: &Program,
    wanted: &Wanted,
    [save, beside, write]: &[Option<PathBuf>; 3],
) -> Result<(), StartError> {
    // Read first: measuring takes minutes.
    let beside = beside.as_deref().map(bench::pages::beside).transpose()?;
    let routes = server::routes(program);
    let served = Served {
        router: server::router,
        table: routes.table(),
    };
    let measured = bench::pages::measure(program, &served, wanted).await?;
    let text = bench::pages::text(&measured, beside.as_ref());
    println!("{text}");
    let kept = serde_json::to_string(&measured).unwrap_or_default();
    let text = match write.as_ref().map(std::fs::read_to_string) {
        Some(Ok(before)) => text + bench::pages::by_hand(&before),
        _ => text,
    };
    for (path, text) in [(save, &kept), (write, &text)] {
        if let Some(path) = path {
            std::fs::write(path, text)
                .map_err(|error| StartError::SetUp(format!("{}: {error}", path.display())))?;
        }
    }
    Ok(())
}
