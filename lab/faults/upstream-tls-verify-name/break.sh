# A trusted certificate for another name than nginx compares.
visitors
certificate /srv/tls/app 30 app.internal.example
checkout_tls /srv/tls/app
shop_directive 'proxy_ssl_verify on;' 'proxy_ssl_trusted_certificate /srv/tls/app.crt;'
shop_passes 'proxy_pass https://@TARGET@;'
reload_nginx
shop_requests 30
