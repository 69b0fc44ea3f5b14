# A build job tests the configuration of a branch on this host with nginx -t, and fails each time; its lines stand in the journal, and nginx runs with another file.
visitors
mkdir -p /srv/builds/branch-12
cat >/srv/builds/branch-12/nginx.conf <<NGINX
pid /srv/builds/branch-12/nginx.pid;
events {}
http {
    server {
        listen 8099
        root $WWW_DIR;
    }
}
NGINX
for turn in 1 2 3; do
  systemd-run -q --wait --unit="config-check-$turn" /usr/sbin/nginx -t -c /srv/builds/branch-12/nginx.conf || true
done
shop_requests 20
requests "$WWW_SITE" / 10
