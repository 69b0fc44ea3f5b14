cat /etc/nginx/tls/secure.crt /etc/nginx/tls/authority.crt >/etc/nginx/tls/fullchain.pem
nginx_unit_as_shipped
