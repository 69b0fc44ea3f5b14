# A drop-in that was written for a batch job stops nginx.service when it has run for so long (RuntimeMaxSec=); nothing starts it again.
visitors
nginx_unit_with RuntimeMaxSec=3
systemctl restart nginx.service
wait_until 20 is_failed nginx.service
requests "$WWW_SITE" / 10
