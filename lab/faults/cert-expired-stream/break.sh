# nginx ends TLS for a broker in its stream block; the renewal knows the web sites only, and this certificate has ended.
echo 'load_module modules/ngx_stream_module.so;' >/etc/nginx/modules-enabled/50-mod-stream.conf
certificate /etc/nginx/tls/secure 70
certificate /etc/ssl/broker/broker -1 broker.example.com
other_server broker.service 127.0.0.1 "$SPARE_PORT"
https_site /etc/nginx/tls/secure.crt /etc/nginx/tls/secure.key
keep /etc/nginx/nginx.conf
cat >>/etc/nginx/nginx.conf <<NGINX
stream {
    server {
        listen $SPARE_PORT2 ssl;
        ssl_certificate /etc/ssl/broker/broker.crt;
        ssl_certificate_key /etc/ssl/broker/broker.key;
        proxy_pass 127.0.0.1:$SPARE_PORT;
    }
}
NGINX
systemctl restart nginx.service
visitors
wait_until 10 listens_on "$SPARE_PORT2"
curl -sk -o /dev/null --resolve "broker.example.com:$SPARE_PORT2:127.0.0.1" "https://broker.example.com:$SPARE_PORT2/"
curl -s -o /dev/null -w '%{http_code}\n' --resolve "broker.example.com:$SPARE_PORT2:127.0.0.1" "https://broker.example.com:$SPARE_PORT2/" || true
