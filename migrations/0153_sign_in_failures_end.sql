-- Failures were counted after the password had been verified, so that sixty at
-- once were all verified; sign_in_try (0151) counts before.

drop table sign_in_failure;
drop table sign_in_attempt;
