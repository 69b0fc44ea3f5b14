# The broker's TLS port in the stream block got the path of a certificate that the job for it has not fetched; nginx was restarted.
visitors
echo 'load_module modules/ngx_stream_module.so;' >/etc/nginx/modules-enabled/50-mod-stream.conf
keep /etc/nginx/nginx.conf
cat >>/etc/nginx/nginx.conf <<NGINX
stream {
    server {
        listen $SPARE_PORT2 ssl;
        ssl_certificate /etc/ssl/broker/broker.pem;
        ssl_certificate_key /etc/ssl/broker/broker.pem;
        proxy_pass 127.0.0.1:1883;
    }
}
NGINX
mkdir -p /etc/ssl/broker
systemctl restart nginx.service || true
requests "$WWW_SITE" / 10
