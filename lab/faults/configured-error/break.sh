# A forgotten maintenance switch: a file that the server block looks for.
visitors
shop_server_directive 'if (-f /etc/nginx/maintenance.enable) { return 503; }'
reload_nginx
touch /etc/nginx/maintenance.enable
shop_requests 30
