//! Leaving the cluster: the last user stops it, cleanly.

use std::process::Child;
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::Signal;

use super::EmbeddedError;
use super::layout::{Cluster, Layout};
use super::lock::Lock;
use super::postmaster::{Postmaster, is_alive};

/// A clean stop writes everything out; beyond this it is cut short, and the next
/// start recovers.
const PATIENCE: Duration = Duration::from_secs(30);
/// Between two looks.
const LOOK: Duration = Duration::from_millis(5);

/// Gives up the use of the cluster and stops it unless others use it.
pub(super) fn leave(
    layout: &Layout,
    cluster: &Cluster,
    mut child: Option<Child>,
    users: Lock,
) -> Result<(), EmbeddedError> {
    let _starting = Lock::wait(&layout.start_lock())?;
    drop(users);
    if let Some(_alone) = Lock::try_alone(&layout.users_lock())?
        && let Some(server) = Postmaster::of(&cluster.data)
    {
        stop(server, child.as_mut())?;
    }
    // A child that has ended stays a zombie until it is asked for.
    if let Some(child) = &mut child {
        child.try_wait().map_err(EmbeddedError::at(&cluster.data))?;
    }
    Ok(())
}

/// Stops a server and waits for its end. `child` is it, where we started it.
pub(super) fn stop(server: Postmaster, mut child: Option<&mut Child>) -> Result<(), EmbeddedError> {
    // "Fast": open transactions are rolled back, clients are sent away.
    server.signal(Signal::INT)?;
    let mut deadline = Instant::now() + PATIENCE;
    while is_alive(server.pid) {
        // Asking turns our own ended child from a zombie into nothing.
        if let Some(child) = child.as_deref_mut() {
            drop(child.try_wait());
        }
        if Instant::now() > deadline {
            tracing::warn!("PostgreSQL 未能及时停止，强制停止；下次启动时自动恢复");
            server.signal(Signal::QUIT)?;
            deadline += PATIENCE;
        }
        thread::sleep(LOOK);
    }
    Ok(())
}
