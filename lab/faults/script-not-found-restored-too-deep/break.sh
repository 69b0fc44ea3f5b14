# The courses were restored from the backup of the night; the archive holds the folder itself, and so everything lies one folder too deep.
visitors
ordinary_host
mkdir -p /srv/courses /srv/backup
echo '<?php echo "courses\n";' >/srv/courses/index.php
echo '<?php echo "ok\n";' >/srv/courses/login.php
cat >"$(new_site courses)" <<EOF2
server {
    listen 80;
    server_name courses.example.com;
    root /srv/courses;
    index index.php;

    location / {
        try_files \$uri /index.php?\$args;
    }

    location ~ \.php$ {
        include fastcgi_params;
        fastcgi_param SCRIPT_FILENAME \$document_root\$fastcgi_script_name;
        fastcgi_pass unix:$BLOG_SOCK;
    }
}
EOF2
reload_nginx
unnoted=1 requests courses.example.com / 10 0.05 >/dev/null
tar -C /srv -czf /srv/backup/courses.tar.gz courses
rm -r /srv/courses
mkdir /srv/courses
tar -C /srv/courses -xzf /srv/backup/courses.tar.gz
requests courses.example.com / 20
requests courses.example.com /login.php 10
