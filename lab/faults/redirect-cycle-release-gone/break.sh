# A deployment removed the release that the link "current" still points to: the page for everything is gone with it.
visitors
mkdir -p /srv/portal/releases/41/public /srv/portal/releases/42/public
echo '<!doctype html>' | tee /srv/portal/releases/41/public/index.html >/srv/portal/releases/42/public/index.html
ln -sfn releases/41 /srv/portal/current
cat >"$(new_site portal)" <<'EOF2'
server {
    listen 80;
    server_name portal.example.com;
    root /srv/portal/current/public;

    location /assets/ {
        try_files $uri =404;
    }

    location / {
        try_files $uri /index.html?$args;
    }
}
EOF2
reload_nginx
requests portal.example.com / 3 >/dev/null
rm -rf /srv/portal/releases/41
requests portal.example.com /orders 25
