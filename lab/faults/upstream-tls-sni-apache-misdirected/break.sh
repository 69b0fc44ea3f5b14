# Apache behind nginx serves two names with certificates of their own; since its last update it answers 421 to who asks for one of them and sent no name before.
visitors
certificate /srv/tls/office 30 office.example.net
certificate /srv/tls/app 30 "$SHOP_SITE"
keep /etc/apache2/ports.conf /etc/apache2/sites-enabled/000-default.conf
a2enmod -q ssl >/dev/null
site=/etc/apache2/sites-enabled/000-default.conf
sed -i 's|^</VirtualHost>|    SSLEngine on\n    SSLCertificateFile /srv/tls/app.crt\n    SSLCertificateKeyFile /srv/tls/app.key\n&|' "$site"
cat - "$site" >"$site.new" <<APACHE
<VirtualHost $SHOP_BIND>
    ServerName office.example.net
    DocumentRoot $WWW_DIR
    SSLEngine on
    SSLCertificateFile /srv/tls/office.crt
    SSLCertificateKeyFile /srv/tls/office.key
</VirtualHost>

APACHE
mv "$site.new" "$site"
systemctl restart "$SHOP_UNIT"
wait_until 15 listens_at "$SHOP_ADDRESS"
shop_passes 'proxy_pass https://@TARGET@;'
reload_nginx
shop_requests 30
