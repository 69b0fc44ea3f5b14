# The one https server has no name and serves everybody; its certificate has expired.
certificate /etc/nginx/tls/secure -1
https_site /etc/nginx/tls/secure.crt /etc/nginx/tls/secure.key
sed -i 's|server_name secure.example.com;|server_name _;|' "$(new_site secure)"
reload_nginx
visitors
curl -s -o /dev/null -w '%{http_code}\n' --resolve secure.example.com:443:127.0.0.1 https://secure.example.com/ || true
