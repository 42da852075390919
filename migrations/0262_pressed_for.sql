-- 催办 reads what lies late with units and departments from the desk, whatever its kind.
-- Items and the units' own tasks are read and counted by their own indexes; the others are a
-- few among tens of thousands of rows, so they stand in an order of their own.
create index desk_pressed_index on desk (campaign_id, due_on, department_id)
    where not suspended and role not in ('office_clerk', 'office_leader')
      and kind not in ('item', 'survey', 'survey_start', 'nil_report', 'plan_start', 'notice_due', 'recommendation',
                       'group', 'liaison', 'timetable', 'risks', 'supervision_order', 'reminder')
      and (kind <> 'plan' or act = 'plan.begin');
-- What need not be done waits like any other once it was handed over or came back.
create index item_handed_over_index on item (campaign_id, deadline, id)
    where not mandatory and state in ('for_signature', 'returned');
