# A deployment ran in the wrong folder: the link to the current release points to itself, and no file below it can be opened.
visitors
mkdir -p /srv/manuals/releases/12
echo guide >/srv/manuals/releases/12/guide.txt
ln -sfn releases/12 /srv/manuals/current
cat >"$(new_site manuals)" <<'NGINX'
server {
    listen 80;
    server_name manuals.example.com;
    root /srv/manuals/current;
}
NGINX
reload_nginx
requests manuals.example.com /guide.txt 3 >/dev/null
ln -sfn current /srv/manuals/current
requests manuals.example.com /guide.txt 30
