# The site names the first version of the certificate itself and not certbot's link; the renewed one lies beside it, and the first has ended.
certificate /etc/letsencrypt/archive/secure.example.com/first -1
certificate /etc/letsencrypt/archive/secure.example.com/second 80
cd /etc/letsencrypt/archive/secure.example.com
for each in first=1 second=2; do
  mv "${each%=*}.crt" "fullchain${each#*=}.pem"
  mv "${each%=*}.key" "privkey${each#*=}.pem"
done
mkdir -p /etc/letsencrypt/live/secure.example.com
for each in fullchain privkey; do ln -s "../../archive/secure.example.com/${each}2.pem" "/etc/letsencrypt/live/secure.example.com/$each.pem"; done
https_site /etc/letsencrypt/archive/secure.example.com/fullchain1.pem /etc/letsencrypt/archive/secure.example.com/privkey1.pem
reload_nginx
visitors
curl -s -o /dev/null -w '%{http_code}\n' --resolve secure.example.com:443:127.0.0.1 https://secure.example.com/ || true
