# It was renewed on disk a while ago, by a hook that does not reload nginx; what is served has expired.
certificate /etc/nginx/tls/secure -1
https_site /etc/nginx/tls/secure.crt /etc/nginx/tls/secure.key
reload_nginx
certificate /etc/nginx/tls/secure 89
visitors
curl -s -o /dev/null -w '%{http_code}\n' --resolve secure.example.com:443:127.0.0.1 https://secure.example.com/ || true
