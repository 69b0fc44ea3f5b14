# Everything that is no file goes to the front controller by `if (!-e ...)`; the release came without its index.php, and no location takes .php by itself.
visitors
mkdir -p /srv/desk/public
echo '<h1>desk</h1>' >/srv/desk/public/help.html
cat >"$(new_site desk)" <<'NGINX'
server {
    listen 80;
    server_name desk.example.com;
    root /srv/desk/public;

    location / {
        if (!-e $request_filename) {
            rewrite ^/(.*)$ /index.php?r=/$1 last;
        }
    }
}
NGINX
reload_nginx
requests desk.example.com /help.html 5 >/dev/null
requests desk.example.com /tickets/7 25
