# As certbot keeps them: the archive was cleaned up, the links in live/ are left, and nginx was restarted.
certificate /etc/letsencrypt/archive/secure.example.com/fullchain1 60
mkdir -p /etc/letsencrypt/live/secure.example.com
ln -sf ../../archive/secure.example.com/fullchain1.crt /etc/letsencrypt/live/secure.example.com/fullchain.pem
ln -sf ../../archive/secure.example.com/fullchain1.key /etc/letsencrypt/live/secure.example.com/privkey.pem
chmod 0700 /etc/letsencrypt/live /etc/letsencrypt/archive
https_site /etc/letsencrypt/live/secure.example.com/fullchain.pem /etc/letsencrypt/live/secure.example.com/privkey.pem

reload_nginx
visitors
rm /etc/letsencrypt/archive/secure.example.com/fullchain1.*
systemctl restart nginx.service || true
requests "$WWW_SITE" / 10
