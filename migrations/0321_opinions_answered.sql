-- The office's opinions on a survey stand until it is sent again, whoever saves meanwhile.
alter table survey_opinion add column answered_at timestamptz;
update survey_opinion o set answered_at = s.submitted_at
from survey s
where s.campaign_id = o.campaign_id and s.id = o.survey_id
  and (s.state in ('submitted', 'confirmed') or s.submitted_at > o.at);
comment on column survey_opinion.answered_at is 'When the survey was sent again; until then the opinion is shown.';
