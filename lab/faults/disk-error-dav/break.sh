# A folder where cameras put their pictures by WebDAV lies on a disk of its own; that went read-only, and nginx answers 500 to each picture.
visitors
mkdir -p /srv/pictures
mount -t tmpfs -o size=20m,mode=0755,uid=$(id -u www-data) tmpfs /srv/pictures
cat >"$(new_site pictures)" <<'NGINX'
server {
    listen 80;
    server_name pictures.example.com;

    location / {
        root /srv/pictures;
        dav_methods PUT DELETE;
        create_full_put_path on;
        client_max_body_size 5m;
    }
}
NGINX
reload_nginx
head -c 40000 /dev/zero >/tmp/picture
unnoted=1 requests pictures.example.com /gate.jpg 3 0.1 -X PUT --data-binary @/tmp/picture >/dev/null
mount -o remount,ro /srv/pictures
requests pictures.example.com /door.jpg 20 0.1 -X PUT --data-binary @/tmp/picture
