# Pages that are not there as files were made by a renderer, which has gone; its named location says 503 until there is a new one, and nobody made one.
visitors
mkdir -p /srv/atlas
echo '<h1>atlas</h1>' >/srv/atlas/index.html
cat >"$(new_site atlas)" <<'NGINX'
server {
    listen 80;
    server_name atlas.example.com;
    root /srv/atlas;
    index index.html;

    location / {
        try_files $uri $uri/ @render;
    }

    location @render {
        default_type text/plain;
        return 503 "back soon\n";
    }
}
NGINX
reload_nginx
requests atlas.example.com / 5 >/dev/null
requests atlas.example.com /maps/europe 30
