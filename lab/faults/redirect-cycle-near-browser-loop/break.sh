# A redirect that sends browsers round in a circle: each answer is whole, and nothing goes round inside nginx.
visitors
cat >"$(new_site moved)" <<'EOF2'
server {
    listen 80;
    server_name moved.example.com;
    location / {
        return 301 http://moved.example.com/;
    }
}
EOF2
reload_nginx
requests moved.example.com / 20
