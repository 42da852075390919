//! Tuogou (脱钩) runs the campaign that separates industry associations and
//! chambers of commerce from administrative organs.
//!
//! The rooms stand in the order of the arrows: a room uses only what stands
//! before it (`tests/walls/arrows.rs`), and all have the same furniture:
//! `rules` decide, `store` asks the database, `acts` change things, `pages` show.

pub mod clock;
pub mod config;
pub mod ids;
pub mod paths;
pub mod words;

pub mod scheme;

pub mod access;
pub mod audit;
pub mod database;
pub mod web;

pub mod accounts;
pub mod documents;
pub mod phrases;
pub mod readings;
pub mod settings;
pub mod sheets;
pub mod signatures;

pub mod workgroups;

pub mod figures;

pub mod comments;
pub mod corrections;
pub mod registry;
pub mod survey;

pub mod roster;

pub mod plan;

pub mod holdings;
pub mod imports;
pub mod posts;

pub mod findings;
pub mod registrations;

pub mod oversight;
pub mod progress;

pub mod closing;

pub mod exits;

pub mod activities;

pub mod timeline;

pub mod settling;

pub mod desk;

pub mod crossings;

pub mod signing;

pub mod archive;

pub mod dashboard;
pub mod help;

pub mod demo;

pub mod bench;

pub mod cli;
pub mod server;
pub mod start;
