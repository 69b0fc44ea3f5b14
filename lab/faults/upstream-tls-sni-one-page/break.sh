# Payments go to a service of their own behind a TLS server for many names, by a name that is in the hosts file; all other pages are served.
visitors
certificate /srv/tls/pay 30 payments.internal.example
tls_beside payments.service "$SPARE_PORT" /srv/tls/pay name=payments.internal.example alert=112
keep /etc/hosts
echo '127.0.0.1 payments.internal.example' >>/etc/hosts
shop_location '/payments/' "proxy_pass https://payments.internal.example:$SPARE_PORT;"
reload_nginx
visitors
requests "$SHOP_SITE" /payments/new 30
