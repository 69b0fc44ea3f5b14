# The sign-on is found by its name at each request; the name server does not know that name any more. The 500 of auth_request follows from that.
visitors
sign_on 204
name_server 5353 sign-on.internal=127.0.0.1
shop_asks_first
shop_with "s|^\([ \t]*\)proxy_pass http://127.0.0.1:$SPARE_PORT;|\1set \$sign_on sign-on.internal;\n\1proxy_pass http://\$sign_on:$SPARE_PORT;|"
shop_server_directive 'resolver 127.0.0.1:5353 valid=1s ipv6=off;'
reload_nginx
shop_requests 4 >/dev/null
name_server 5353 login.internal=127.0.0.1
sleep 1.5
shop_requests 30
