shop_with '/proxy_ssl_conf_command MinProtocol/d'
reload_nginx
