# A new release came from a laptop that takes no notice of letter case: the front script is App.php on this host now, and the site asks for app.php.
visitors
mkdir -p /srv/members/web
printf '<?php\necho "members\\n";\n' >/srv/members/web/app.php
cat >"$(new_site members)" <<EOF2
server {
    listen 80;
    server_name members.example.com;
    root /srv/members/web;

    location / {
        try_files \$uri /app.php\$is_args\$args;
    }

    location ~ ^/app\.php(/|$) {
        fastcgi_split_path_info ^(.+\.php)(/.*)$;
        include fastcgi_params;
        fastcgi_param SCRIPT_FILENAME \$realpath_root\$fastcgi_script_name;
        fastcgi_param DOCUMENT_ROOT \$realpath_root;
        fastcgi_pass unix:$BLOG_SOCK;
    }
}
EOF2
reload_nginx
requests members.example.com /start 3 >/dev/null
mv /srv/members/web/app.php /srv/members/web/App.php
systemctl restart "$BLOG_UNIT" # Its cache of scripts would serve the old one for a moment.
wait_until 10 listens_at "unix:$BLOG_SOCK"
requests members.example.com /start 30
