# nginx moved into a podman container with a configuration of its own; it logs to its standard error, as the images of nginx do, and still
# says 127.0.0.1 for the backend on the host.
visitors
systemctl disable -q --now nginx.service
containers_ready podman
cp -a /etc/nginx /srv/web-conf
grep -rlE '(error|access)_log ' /srv/web-conf | xargs -r sed -i --follow-symlinks -E 's|error_log [^;]*;|error_log /var/log/nginx/error.log;|; s|access_log [^;]*;|access_log off;|'
find /srv/web-conf -type l -lname '/etc/nginx/*' | while read -r link; do ln -sfn "../$(readlink "$link" | sed 's|^/etc/nginx/||')" "$link"; done
mkdir -p /srv/web-log
ln -s /dev/stderr /srv/web-log/error.log
podman run -d --name web -p 80:80 --ulimit nofile=1024:1024 --ulimit nproc=1000:1000 -v /usr:/usr:ro -v /srv/web-conf:/etc/nginx:ro -v /etc/passwd:/etc/passwd:ro -v /etc/group:/etc/group:ro \
  -v /var/lib/nginx:/var/lib/nginx -v /srv/web-log:/var/log/nginx -v /etc/ssl:/etc/ssl:ro "shop/$SHOP_APP:1.4" \
  /usr/sbin/nginx -g 'daemon off;' >/dev/null
wait_until 15 accepts 127.0.0.1:80
shop_requests 20
