# A deployment puts a maintenance site in the place of the real one and takes it away at its end; the last one broke off in between.
visitors
ordinary_host
mkdir -p /srv/booking /etc/nginx/booking
echo '<h1>Booking</h1>' >/srv/booking/index.html
echo '<h1>Back in a minute</h1>' >/srv/booking/maintenance.html
cat >/etc/nginx/booking/live.conf <<'EOF2'
server {
    listen 80;
    server_name booking.example.com;
    root /srv/booking;
}
EOF2
cat >/etc/nginx/booking/maintenance.conf <<'EOF2'
server {
    listen 80;
    server_name booking.example.com;
    root /srv/booking;
    error_page 503 /maintenance.html;

    location = /maintenance.html {
        internal;
    }

    location / {
        add_header Retry-After 60 always;
        return 503;
    }
}
EOF2
site=$(new_site booking)
ln -s /etc/nginx/booking/live.conf "$site"
reload_nginx
unnoted=1 requests booking.example.com / 6 0.05 >/dev/null
printf '#!/bin/sh\nset -e\nln -sfn /etc/nginx/booking/maintenance.conf %s\nsystemctl reload nginx.service\necho "migrating the database"\necho "ERROR: relation \\"seat\\" already exists" >&2\nexit 1\n' "$site" >/usr/local/bin/deploy-booking
chmod +x /usr/local/bin/deploy-booking
printf '[Unit]\nDescription=Deployment of the booking site\n\n[Service]\nType=oneshot\nExecStart=/usr/local/bin/deploy-booking\n' >/etc/systemd/system/deploy-booking.service
systemctl daemon-reload
systemctl start deploy-booking.service 2>/dev/null || true
sleep 1
requests booking.example.com / 30
