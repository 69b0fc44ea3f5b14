shop_with '/proxy_ssl_ciphers/d'
reload_nginx
