shop_with 's|proxy_ssl_name $host;|proxy_ssl_name app.internal.example;|'
reload_nginx
