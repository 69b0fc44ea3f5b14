# The folder for uploads moved to a bigger disk, with a link in its old place; only root may enter what is above the new one.
visitors
mkdir -p /srv/big
shop_server_directive 'client_max_body_size 20m;'
reload_nginx
cp -a /var/lib/nginx/body /srv/big/nginx-body
rm -r /var/lib/nginx/body
ln -s /srv/big/nginx-body /var/lib/nginx/body
chmod 0750 /srv/big
head -c 300000 /dev/zero >/tmp/upload
shop_requests 20 0.1 -X POST --data-binary @/tmp/upload
