# The page for 404 is missing itself, and errors on the way to an error page are sent on as well.
visitors
cat >"$(new_site files)" <<'EOF2'
server {
    listen 80;
    server_name files.example.com;
    root /srv/files;
    recursive_error_pages on;
    error_page 404 /errors/404.html;

    location / {
        try_files $uri =404;
    }
}
EOF2
mkdir -p /srv/files
reload_nginx
requests files.example.com /index.html 30
