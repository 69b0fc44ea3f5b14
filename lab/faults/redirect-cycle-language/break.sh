# Everything is sent on to the English edition, which falls back to /index.html, which is sent on; its folder was renamed, so that this never ends.
visitors
mkdir -p /srv/handbook/en-GB /srv/handbook/de
echo '<!doctype html>' | tee /srv/handbook/en-GB/index.html >/srv/handbook/de/index.html
cat >"$(new_site handbook)" <<'NGINX'
server {
    listen 80;
    server_name handbook.example.com;
    root /srv/handbook;

    location /de/ {
        try_files $uri $uri/ =404;
    }

    location /en/ {
        try_files $uri $uri/ /index.html;
    }

    location / {
        rewrite ^/(.*)$ /en/$1 last;
    }
}
NGINX
reload_nginx
requests handbook.example.com /de/index.html 3 >/dev/null
requests handbook.example.com /chapter-4 25
