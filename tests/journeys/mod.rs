//! What people do, one file a journey.

mod a_colleague_acts_for_the_leader;
mod after_the_reply;
mod association_changes_hands;
mod association_leaves;
mod change_of_several_parts;
mod comments_on_a_record;
mod functions_and_assets_to_their_end;
mod list_after_publication;
mod major_activity;
mod new_association;
mod nil_report;
mod parameters_change_from_a_day_on;
mod people_of_the_worked_example;
mod people_stay_private;
mod post_holders_cleared;
mod registers_and_their_figures;
mod reminding_the_late;
mod second_scheme;
mod survey_corrected_after_the_checklist;
mod survey_from_register_to_confirmation;
mod timeline;
mod who_drafted_does_not_sign;
mod withdrawn_from_the_list;
mod worked_example;
mod workgroup_from_clerk_to_office;
