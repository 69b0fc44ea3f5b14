# Master and workers were killed at once.
visitors
systemctl kill --signal=KILL nginx.service
wait_until 10 is_failed nginx.service
requests "$WWW_SITE" / 10
