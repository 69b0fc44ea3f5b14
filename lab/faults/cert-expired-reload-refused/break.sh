# The certificate was renewed and its hook told nginx to reload; but somebody had left a mistake in another site, nginx refused, and serves the one that has ended.
certificate /etc/nginx/tls/secure -1
https_site /etc/nginx/tls/secure.crt /etc/nginx/tls/secure.key
reload_nginx
certificate /etc/nginx/tls/secure 89
printf 'server {\n    listen 80;\n    server_name spring.example.com;\n    proxy_read_timout 20s;\n}\n' >"$(new_site spring)"
visitors
systemctl reload nginx.service || true
curl -s -o /dev/null -w '%{http_code}\n' --resolve secure.example.com:443:127.0.0.1 https://secure.example.com/ || true
