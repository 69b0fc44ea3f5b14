sed -i -e 's|^proxy_buffer_size .*|proxy_buffer_size 16k;|' -e 's|^proxy_buffers .*|proxy_buffers 8 16k;|' /etc/nginx/snippets/backend-defaults.conf
reload_nginx
