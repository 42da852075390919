//! One fact, one figure (domain 11.2): every number that pages count, with the set it counts.
//! The sets are told once ([`sets`]), for the counters and for the lists that a number opens;
//! the counters are kept with the desk ([`store`]). It stands low, so that every page can ask it;
//! the tables it counts are rooms' that stand after it.

pub mod arithmetic;
mod changed;
pub mod sets;
pub mod store;

pub use changed::Changed;
pub use sets::Set;
