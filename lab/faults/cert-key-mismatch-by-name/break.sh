# One server has files called after each name, read at each handshake; for one of its two names the key of the other was copied.
certificate /etc/nginx/tls/secure.example.com 90
certificate /etc/nginx/tls/good.example.com 90 good.example.com
cp /etc/nginx/tls/good.example.com.key /etc/nginx/tls/secure.example.com.key
chgrp www-data /etc/nginx/tls/*.key
chmod 0640 /etc/nginx/tls/*.key
https_site '/etc/nginx/tls/$ssl_server_name.crt' '/etc/nginx/tls/$ssl_server_name.key'
sed -i 's|server_name secure.example.com;|server_name secure.example.com good.example.com;|' "$(new_site secure)"
reload_nginx
visitors
curl -sk -o /dev/null --resolve good.example.com:443:127.0.0.1 https://good.example.com/
for turn in 1 2 3 4 5 6 7 8; do
  curl -sk -o /dev/null -w '%{http_code}\n' --resolve secure.example.com:443:127.0.0.1 https://secure.example.com/ || true
done
