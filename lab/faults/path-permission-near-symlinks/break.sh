# Every mode is right, but disable_symlinks allows links of the same owner only: the price list is a link that a deploy made, to a file of another user.
visitors
mkdir -p /srv/prices /srv/brochure
echo prices >/srv/prices/list.html
echo hello >/srv/brochure/index.html
ln -s /srv/prices/list.html /srv/brochure/prices.html
chown -h backup:backup /srv/brochure/prices.html
chmod -R a+rX /srv/brochure /srv/prices
cat >"$(new_site brochure)" <<'NGINX'
server {
    listen 80;
    server_name brochure.example.com;
    root /srv/brochure;
    disable_symlinks if_not_owner from=$document_root;
}
NGINX
reload_nginx
requests brochure.example.com /prices.html 30
