# The application is stopped. What it cannot answer is handed by error_page to the sorry page, which another server block on port 80 of the same nginx has: no loop.
visitors
mkdir -p /srv/sorry
echo '<h1>We are right back</h1>' >/srv/sorry/index.html
cat >"$(new_site sorry)" <<'NGINX'
server {
    listen 80;
    server_name sorry.internal;
    root /srv/sorry;

    location / {
        try_files /index.html =404;
    }
}
NGINX
shop_server_directive '}' 'location @sorry {' 'error_page 502 503 504 @sorry;'
shop_with 's|^\([ \t]*\)location @sorry {|&\n\1    proxy_set_header Host sorry.internal;\n\1    proxy_pass http://127.0.0.1:80;|'
reload_nginx
shop_requests 3 >/dev/null
systemctl stop "$SHOP_UNIT"
shop_requests 30
