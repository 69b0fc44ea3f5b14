# A portal is one page that shows everything by script; its site was written without the fallback to index.html, so that who opens a link from a mail or reloads a view gets 404.
mkdir -p /srv/portal/assets
echo '<div id=app></div><script src=/assets/app.js></script>' >/srv/portal/index.html
echo 'route(location.pathname)' >/srv/portal/assets/app.js
cat >"$(new_site portal)" <<'NGINX'
server {
    listen 80;
    server_name portal.example.com;
    root /srv/portal;
    index index.html;

    location /assets/ {
        expires 1y;
    }

    location / {
        add_header Cache-Control no-cache;
    }
}
NGINX
reload_nginx
visitors
for path in / /assets/app.js; do (unnoted=1 && requests portal.example.com "$path" 5 0.05 >/dev/null); done
for path in /invoices/2026-10 /account/address /tickets/8812; do requests portal.example.com "$path" 10 0.1 -e 'https://mail.example.net/'; done
