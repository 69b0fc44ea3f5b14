# The new certificate was put in place a week too early: it is not valid yet, and browsers refuse it as they refuse one that has ended.
certificate_between /etc/nginx/tls/secure 'now + 7 days' 'now + 97 days' secure.example.com
https_site /etc/nginx/tls/secure.crt /etc/nginx/tls/secure.key
reload_nginx
visitors
curl -s -o /dev/null -w '%{http_code}\n' --cacert /etc/nginx/tls/secure.crt --resolve secure.example.com:443:127.0.0.1 https://secure.example.com/ || true
