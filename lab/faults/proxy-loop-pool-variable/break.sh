# A map picks the old or the new pool by a cookie; the new pool was filled with the address of this nginx, because its port was not known yet.
visitors
cat >"$(new_site pools)" <<NGINX
upstream pool-old {
    server $SHOP_ADDRESS;
}
upstream pool-new {
    server 127.0.0.1:80;
}
map \$cookie_pool \$pool {
    default pool-new;
    old     pool-old;
}
NGINX
shop_with "s|^\([ \t]*\)$(plain_text "$SHOP_PASS")\$|\1proxy_pass http://\$pool;|"
# Room for the header that grows with each turn, so that it is always the connections that run out.
http_directive "large_client_header_buffers 4 256k;"
reload_nginx
shop_requests 6 0.5
