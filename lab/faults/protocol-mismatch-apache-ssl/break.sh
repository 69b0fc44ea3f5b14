# Apache behind the shop was switched to TLS with mod_ssl, on the port that it had; nginx still speaks http to it and passes on Apache's page about that.
visitors
certificate /srv/tls/app 30 app.internal.example
keep /etc/apache2/sites-enabled/000-default.conf
sed -i 's|^\([ \t]*\)ServerName .*|&\n\1SSLEngine on\n\1SSLCertificateFile /srv/tls/app.crt\n\1SSLCertificateKeyFile /srv/tls/app.key|' /etc/apache2/sites-enabled/000-default.conf
a2enmod -q ssl >/dev/null
systemctl restart "$SHOP_UNIT"
wait_until 15 listens_at "$SHOP_ADDRESS"
shop_requests 30
