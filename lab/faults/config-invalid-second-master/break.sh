# The second nginx, below /opt, was to be reloaded after an edit that lost a semicolon: it serves on with what it had. The packaged one is well.
a_backend partner-api.service 127.0.0.1 "$SPARE_PORT"
opt_nginx edge-nginx.service "$SPARE_PORT2" "127.0.0.1:$SPARE_PORT"
visitors
sed -i 's|^\( *listen .*\);$|\1|' /opt/edge/conf/nginx.conf
systemctl reload edge-nginx.service || true
partner_requests "$SPARE_PORT2" 10
