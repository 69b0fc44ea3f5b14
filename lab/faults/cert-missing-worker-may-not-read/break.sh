# One server serves every name with files called after it; those are read by the workers at each handshake, and the key is for root alone.
certificate /etc/nginx/tls/secure.example.com 90
https_site '/etc/nginx/tls/$ssl_server_name.crt' '/etc/nginx/tls/$ssl_server_name.key'
reload_nginx
visitors
for turn in 1 2 3 4 5 6 7 8; do
  curl -sk -o /dev/null -w '%{http_code}\n' --resolve secure.example.com:443:127.0.0.1 https://secure.example.com/ || true
done
