# A site has two certificates, RSA and ECDSA; only the former is renewed, and browsers take the latter.
certificate /etc/nginx/tls/secure-rsa 80
openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=secure.example.com -keyout /etc/nginx/tls/secure-ecdsa.key -out /etc/nginx/tls/secure-ecdsa.csr 2>/dev/null
openssl x509 -req -in /etc/nginx/tls/secure-ecdsa.csr -signkey /etc/nginx/tls/secure-ecdsa.key -out /etc/nginx/tls/secure-ecdsa.crt -days -1 2>/dev/null
cat /etc/nginx/tls/secure-rsa.crt /etc/nginx/tls/secure-ecdsa.crt >/srv/trusted.pem
https_site /etc/nginx/tls/secure-rsa.crt /etc/nginx/tls/secure-rsa.key 'ssl_certificate /etc/nginx/tls/secure-ecdsa.crt; ssl_certificate_key /etc/nginx/tls/secure-ecdsa.key;'
reload_nginx
visitors
curl -s -o /dev/null -w '%{http_code}\n' --cacert /srv/trusted.pem --resolve secure.example.com:443:127.0.0.1 https://secure.example.com/ || true
