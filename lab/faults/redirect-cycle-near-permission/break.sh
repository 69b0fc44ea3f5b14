# A page for everything, as single-page applications have it; the page is there, and a new release came with a folder that only its owner may enter.
visitors
mkdir -p /srv/planner/dist
echo '<!doctype html>' >/srv/planner/dist/index.html
cat >"$(new_site planner)" <<'NGINX'
server {
    listen 80;
    server_name planner.example.com;
    root /srv/planner/dist;

    location / {
        try_files $uri $uri/ /index.html;
    }
}
NGINX
reload_nginx
requests planner.example.com /week/47 3 >/dev/null
chmod 0700 /srv/planner/dist
requests planner.example.com /week/47 25
