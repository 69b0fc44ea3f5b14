# The name that counts is the one of the Host header that nginx sends; the backend only says "handshake failure".
visitors
certificate /srv/tls/app 30 app.internal.example
checkout_tls /srv/tls/app name=app.internal.example alert=40
shop_directive 'proxy_set_header Host app.internal.example;'
shop_with "/^[ \t]*proxy_set_header Host \$host;/d"
shop_passes 'proxy_pass https://@TARGET@;'
reload_nginx
shop_requests 30
