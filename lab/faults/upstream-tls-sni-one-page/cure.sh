shop_with "s|^\([ \t]*\)proxy_pass https://payments.internal.example:.*|&\n\1proxy_ssl_server_name on;|"
reload_nginx
