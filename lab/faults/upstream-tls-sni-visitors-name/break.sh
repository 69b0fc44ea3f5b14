# For a second name of the shop somebody let nginx pass on the name that the visitor asks for; the backend's TLS server knows its internal name only.
visitors
certificate /srv/tls/app 30 app.internal.example
checkout_tls /srv/tls/app name=app.internal.example alert=112
shop_server_directive 'proxy_ssl_name $host;' 'proxy_ssl_server_name on;'
shop_passes 'proxy_pass https://@TARGET@;'
reload_nginx
shop_requests 30
