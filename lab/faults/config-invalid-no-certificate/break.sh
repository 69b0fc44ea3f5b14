# The tool that gets the certificates was removed and took its two lines out of the site; "listen 443 ssl" stayed, and nginx was restarted.
visitors
cat >"$(new_site secure)" <<NGINX
server {
    listen 443 ssl;
    server_name secure.example.com;
    # managed by Certbot
    root $WWW_DIR;
}
NGINX
systemctl restart nginx.service || true
requests "$WWW_SITE" / 10
