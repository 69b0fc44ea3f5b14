# A site keeps up to 2000 files open in its cache; a file of limits that a tuning role left among the modules allows a worker 48 descriptors.
visitors
echo 'worker_rlimit_nofile 48;' >/etc/nginx/modules-enabled/99-limits.conf
mkdir -p /srv/catalogue
for i in {1..120}; do echo "page $i" >"/srv/catalogue/$i.html"; done
cat >"$(new_site catalogue)" <<'NGINX'
server {
    listen 80;
    server_name catalogue.example.com;
    root /srv/catalogue;
    open_file_cache max=2000 inactive=10m;
}
NGINX
reload_nginx
requests catalogue.example.com '/[1-120].html' 5 0.3 -m 20
