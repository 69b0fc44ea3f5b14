# The disk was full when the module was copied: its file is there and empty. The disk has room again; a signal told the master to load it, and it refused.
visitors
: >/usr/lib/nginx/modules/ngx_http_zstd_filter_module.so
echo 'load_module modules/ngx_http_zstd_filter_module.so;' >/etc/nginx/modules-enabled/70-zstd.conf
kill -HUP "$(cat /run/nginx.pid)"
sleep 1
requests "$WWW_SITE" / 10
