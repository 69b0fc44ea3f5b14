# The package of the module was removed, its load_module stayed. A reload was refused.
visitors
echo 'load_module modules/ngx_http_geoip2_module.so;' >/etc/nginx/modules-enabled/50-geoip2.conf
systemctl reload nginx.service || true
requests "$WWW_SITE" / 10
