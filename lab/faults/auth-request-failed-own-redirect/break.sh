# The sign-on is a vhost of this same nginx. All of its sites were sent to https, and it was forgotten that the shop asks it in clear: it answers 301 to each check.
visitors
cat >"$(new_site sso)" <<EOF2
server {
    listen 80;
    server_name sso.example.com;

    location = /check {
        return 204;
    }
}
EOF2
shop_directive 'auth_request /_sso;'
shop_server_directive 'location = /_sso { internal; proxy_pass http://127.0.0.1/check; proxy_pass_request_body off; proxy_set_header Content-Length ""; proxy_set_header Host sso.example.com; }'
reload_nginx
shop_requests 4 >/dev/null
cat >"$(new_site sso)" <<EOF2
server {
    listen 80;
    server_name sso.example.com;
    return 301 https://\$host\$request_uri;
}
EOF2
reload_nginx
shop_requests 30
