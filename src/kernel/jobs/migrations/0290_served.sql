-- Who was served lately is counted at every claim.
create index heavy_job_started on heavy_job (started_at);
