# A hardening job gave the unit of the backend an OpenSSL configuration of its own, by a drop-in: TLS 1.3 and nothing older.
visitors
certificate /srv/tls/app 30 "$SHOP_SITE"
chmod -R a+rX /srv/tls
chmod a+r /srv/tls/app.key
cat >/etc/ssl/strict.cnf <<'CONF'
openssl_conf = start
[start]
ssl_conf = ssl
[ssl]
system_default = strict
[strict]
MinProtocol = TLSv1.3
CONF
checkout_command "$(checkout_at "$SHOP_BIND" | sed 's|gunicorn |gunicorn --certfile /srv/tls/app.crt --keyfile /srv/tls/app.key |')"
printf '[Service]\nEnvironment=OPENSSL_CONF=/etc/ssl/strict.cnf\n' >"/etc/systemd/system/$SHOP_UNIT.d/hardening.conf"
systemctl daemon-reload
systemctl restart "$SHOP_UNIT"
wait_until 15 listens_at "$SHOP_ADDRESS"
shop_passes 'proxy_pass https://@TARGET@;'
reload_nginx
shop_requests 30
