sed -i 's|proxy_ssl_ciphers ECDHE-RSA|proxy_ssl_ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA|' /etc/nginx/nginx.conf
reload_nginx
