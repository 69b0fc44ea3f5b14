# A deployment brought a new site and a header with a typing error in a snippet; its reload was refused without anybody seeing it, and the new site is not there.
visitors
ordinary_host
mkdir -p /srv/docs /etc/nginx/snippets
mkdir -p /srv/docs/guide
echo '<h1>Guide</h1>' >/srv/docs/guide/index.html
printf 'add_header X-Frame-Options SAMEORIGIN;\nadd_heder Referrer-Policy same-origin;\n' >/etc/nginx/snippets/docs-headers.conf
cat >"$(new_site docs)" <<'EOF2'
server {
    listen 80;
    server_name docs.example.com;
    root /srv/docs;
    include /etc/nginx/snippets/docs-headers.conf;

    location / {
        try_files $uri $uri/ =404;
    }
}
EOF2
systemctl reload nginx.service 2>/dev/null || true
requests docs.example.com /guide/ 20
