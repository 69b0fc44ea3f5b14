# The move of the instances to TLS began with one of two, and the upstream block goes on with http for both: every fourth request lands on the one that says 400.
visitors
second_checkout
shop_with "s/server $SECOND_ADDRESS;/server $SECOND_ADDRESS weight=3;/"
reload_nginx
shop_requests 4 >/dev/null
certificate /srv/tls/app 30 app.internal.example
checkout_tls /srv/tls/app plain=400
shop_requests 40
