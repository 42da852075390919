-- An item's number in a plan read T1-01/SV-20#1, which named a table of the survey; it
-- now reads T1-01-1. The frozen rounds follow, so that comparing two of them still shows
-- what people changed and nothing else.

create function short_item_numbers(content jsonb) returns jsonb
    language sql immutable strict
    return regexp_replace(content::text, '([A-Z][0-9]+-[0-9]+)/SV-[0-9]+#', '\1-', 'g')::jsonb;

update plan set content = short_item_numbers(content);
update plan_round set content = short_item_numbers(content);
update plan_change set before = short_item_numbers(before), content = short_item_numbers(content);

drop function short_item_numbers(jsonb);
