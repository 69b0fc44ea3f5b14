# The static files of the back office moved into the folder of its releases; in the new alias the slash at the end is missing, so that nginx looks for files that never were and its pages come without style.
mkdir -p /srv/office/old/static /srv/office/current/static/css
echo office >/srv/office/current/index.html
echo 'body { margin: 0 }' | tee /srv/office/old/static/site.css >/srv/office/current/static/site.css
site=$(new_site office)
cat >"$site" <<'NGINX'
server {
    listen 80;
    server_name office.example.com;
    root /srv/office/current;
    index index.html;

    location /static/ {
        alias /srv/office/old/static/;
        expires 7d;
    }
}
NGINX
reload_nginx
visitors
(unnoted=1 && requests office.example.com /static/site.css 10 0.05 >/dev/null)
sed -i 's|alias .*;|alias /srv/office/current/static;|' "$site"
reload_nginx
(unnoted=1 && requests office.example.com / 10 0.05 >/dev/null)
requests office.example.com /static/site.css 30
