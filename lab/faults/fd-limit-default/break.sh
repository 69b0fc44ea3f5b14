# A hardening guide set DefaultLimitNOFILE in system.conf.d for all units, long ago; nginx was restarted today for the first time since.
visitors
checkout_settings APP_DELAY=3
checkout_threads 200
mkdir -p /etc/systemd/system.conf.d
printf '[Manager]\nDefaultLimitNOFILE=44:524288\n' >/etc/systemd/system.conf.d/30-hardening.conf
systemctl daemon-reexec
systemctl restart nginx.service
wait_until 10 accepts 127.0.0.1:80
shop_requests 120 0.01 -m 20
