# The module loads; what is wrong is a directive of it that it does not have.
visitors
echo 'load_module modules/ngx_stream_module.so;' >/etc/nginx/modules-enabled/50-stream.conf
keep /etc/nginx/nginx.conf
printf 'stream {\n    preload on;\n}\n' >>/etc/nginx/nginx.conf
systemctl restart nginx.service || true
requests "$WWW_SITE" / 10
