-- What the program does by itself is told in the security log as well: sign-ins, sweeps.
grant execute on function security_event to kambook_program;
