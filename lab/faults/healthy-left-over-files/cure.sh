rm -rf /etc/nginx/old-tls /etc/nginx/sites-available/legacy.example.com /etc/nginx/conf.d/legacy.conf.dpkg-old /etc/nginx/conf.d/shop.conf.save
