# A hardening guide said cgi.fix_pathinfo=0. The press site has addresses like /index.php/news/autumn.html and no fastcgi_split_path_info: the whole of it is its script now.
visitors
mkdir -p /srv/press
printf '<?php\necho "press ", $_SERVER["PATH_INFO"] ?? "", "\\n";\n' >/srv/press/index.php
cat >"$(new_site press)" <<EOF2
server {
    listen 80;
    server_name press.example.com;
    root /srv/press;
    index index.php;

    location ~ [^/]\.php(/|$) {
        fastcgi_pass unix:$BLOG_SOCK;
        include fastcgi_params;
        fastcgi_param SCRIPT_FILENAME \$document_root\$fastcgi_script_name;
    }
}
EOF2
reload_nginx
blog_pool 's|^listen = .*|&\nsecurity.limit_extensions = .php .html|'
wait_until 10 listens_at "unix:$BLOG_SOCK"
requests press.example.com /index.php/news/autumn.html 3 >/dev/null
echo 'cgi.fix_pathinfo=0' >"${BLOG_POOL_CONF%/pool.d/*}/conf.d/99-hardening.ini"
systemctl restart "$BLOG_UNIT"
wait_until 10 listens_at "unix:$BLOG_SOCK"
requests press.example.com /index.php/news/autumn.html 30
