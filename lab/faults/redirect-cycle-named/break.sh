# Two stores of files that each send on to the other when they lack a file, by named locations.
visitors
mkdir -p /srv/files-new /srv/files-old
echo hello >/srv/files-new/index.html
cat >"$(new_site files)" <<'EOF2'
server {
    listen 80;
    server_name files.example.com;

    location / {
        root /srv/files-new;
        try_files $uri @old;
    }

    location @old {
        root /srv/files-old;
        try_files $uri @new;
    }

    location @new {
        root /srv/files-new;
        try_files $uri @old;
    }
}
EOF2
reload_nginx
requests files.example.com /price-list.pdf 25
