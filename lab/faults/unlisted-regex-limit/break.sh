# A rewrite with a regular expression that runs into the limit of PCRE on some addresses.
visitors
shop_server_directive 'rewrite "^/(a+)+$" /cart break;'
reload_nginx
requests "$SHOP_SITE" "/$(printf 'a%.0s' {1..60})b" 8
