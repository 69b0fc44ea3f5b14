# TLS is to be split by name in a stream block on port 443; the https site in the http block still listens there too. nginx -t is content, and nginx was restarted.
visitors
echo 'load_module modules/ngx_stream_module.so;' >/etc/nginx/modules-enabled/50-mod-stream.conf
certificate /etc/nginx/tls/secure 90
https_site /etc/nginx/tls/secure.crt /etc/nginx/tls/secure.key
systemctl restart nginx.service
keep /etc/nginx/nginx.conf
cat >>/etc/nginx/nginx.conf <<NGINX
stream {
    server {
        listen 443;
        ssl_preread on;
        proxy_pass 127.0.0.1:$SPARE_PORT;
    }
}
NGINX
systemctl restart nginx.service || true
requests "$WWW_SITE" / 10
