# The sign-on service runs; a rule that was meant for visitors from outside rejects its port on every interface, loopback too. Another unit failed last night.
visitors
systemd-run -q --unit=nightly-report /bin/false || true
sign_on 204
shop_asks_first
reload_nginx
shop_requests 4 >/dev/null
iptables -A INPUT -p tcp --dport "$SPARE_PORT" -j REJECT --reject-with tcp-reset
shop_requests 30
