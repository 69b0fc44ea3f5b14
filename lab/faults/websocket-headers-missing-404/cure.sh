shop_directive 'proxy_http_version 1.1;' 'proxy_set_header Upgrade $http_upgrade;' 'proxy_set_header Connection "upgrade";'
reload_nginx
