cat >"$(new_site sso)" <<EOF2
server {
    listen 80;
    server_name sso.example.com;

    location = /check {
        return 204;
    }

    location / {
        return 301 https://\$host\$request_uri;
    }
}
EOF2
reload_nginx
