# A second nginx, below /opt and with a unit of its own, has lost its backend; the packaged one and everything behind it are well.
a_backend partner-api.service 127.0.0.1 "$SPARE_PORT"
opt_nginx edge-nginx.service "$SPARE_PORT2" "127.0.0.1:$SPARE_PORT"
visitors
systemctl stop partner-api.service
partner_requests "$SPARE_PORT2" 30
