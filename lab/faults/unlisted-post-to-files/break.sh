# The form of the site was taken by a small program; its location was lost when the site was written anew, and nginx takes no POST for files.
visitors
mkdir -p /srv/contact
echo '<form method=post action=/send></form>' >/srv/contact/index.html
cp /srv/contact/index.html /srv/contact/send
cat >"$(new_site contact)" <<'NGINX'
server {
    listen 80;
    server_name contact.example.com;
    root /srv/contact;
}
NGINX
reload_nginx
requests contact.example.com / 5 >/dev/null
requests contact.example.com /send 30 0.1 --data 'name=a'
