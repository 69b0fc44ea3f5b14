# An error of a minute ago stands in the cache: the application is well again, and people still get its old 500.
visitors
http_directive "proxy_cache_path /var/cache/nginx-pages keys_zone=pages:1m;" "proxy_cache pages;" "proxy_cache_valid any 30m;"
reload_nginx
checkout_settings APP_FAIL=1
shop_requests 3 >/dev/null
checkout_as_shipped
shop_requests 25
