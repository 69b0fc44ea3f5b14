# Partners show certificates that the house signed; the authority itself has ended, and nginx refuses all of them with 400.
visitors
ask() {
  curl -sk -m 5 -o /dev/null -w '%{http_code}\n' --cert partner.crt --key partner.key --resolve secure.example.com:443:127.0.0.1 https://secure.example.com/ || true
}
mkdir -p /etc/nginx/tls
certificate /etc/nginx/tls/secure 90
cd /etc/nginx/tls
certificate /etc/nginx/tls/house 90 'House CA'
openssl req -newkey rsa:2048 -nodes -subj '/CN=partner-7' -keyout partner.key -out partner.csr 2>/dev/null
openssl x509 -req -in partner.csr -CA house.crt -CAkey house.key -CAcreateserial -days 90 -out partner.crt 2>/dev/null
https_site /etc/nginx/tls/secure.crt /etc/nginx/tls/secure.key 'ssl_client_certificate /etc/nginx/tls/house.crt; ssl_verify_client on;'
reload_nginx
ask | grep -qx 200
# The same authority, as it looks when its time is over.
openssl x509 -in house.crt -signkey house.key -days -1 -out ended.crt 2>/dev/null
mv ended.crt house.crt
reload_nginx
for i in {1..20}; do ask; done
