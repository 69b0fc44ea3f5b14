# The second of two backends was set up anew and hardened to TLS 1.3; this nginx uses 1.2 and older, and may not ask the other peer instead.
visitors
certificate /srv/tls/app 30 "$SHOP_SITE"
checkout_tls /srv/tls/app
tls_beside shop-two.service "$SPARE_PORT" /srv/tls/app min=TLSv1_3
shop_directive 'proxy_next_upstream off;'
shop_passes 'proxy_pass https://@TARGET@;'
shop_with "s/^\([ \t]*\)server $SHOP_ADDRESS;/&\n\1server 127.0.0.1:$SPARE_PORT max_fails=0;/"
reload_nginx
shop_requests 40
