# A drop-in fetches the list of blocked addresses before each start; the host it comes from is gone, so the command fails and nginx is never asked. nginx -t is content.
visitors
nginx_unit_with "ExecStartPre=/bin/sh -c 'echo blocklist.internal: no answer >&2; exit 7'"
systemctl restart nginx.service || true
requests "$WWW_SITE" / 10
