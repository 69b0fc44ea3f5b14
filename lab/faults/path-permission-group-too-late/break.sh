# The files of a site are for a group; www-data was put into it, and the workers, older than that, still run without it.
visitors
groupadd -f webdata
mkdir -p /srv/shared/site
echo hello >/srv/shared/site/index.html
chgrp -R webdata /srv/shared/site
chmod 0750 /srv/shared/site
printf 'server {\n    listen 80;\n    server_name shared.example.com;\n    root /srv/shared/site;\n}\n' >"$(new_site shared)"
reload_nginx
usermod -aG webdata www-data
requests shared.example.com /index.html 30
