# The package's nginx was killed, while another one with a configuration of its own runs on.
second_nginx edge-nginx.service "$SPARE_PORT2"
visitors
systemctl kill --signal=KILL nginx.service
wait_until 10 is_failed nginx.service
requests "$WWW_SITE" / 10
