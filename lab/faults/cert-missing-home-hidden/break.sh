# The certificate lies where acme.sh keeps it, below /root, and the unit of nginx was hardened: it sees no home any more.
certificate /root/.acme.sh/secure.example.com/fullchain 60
https_site /root/.acme.sh/secure.example.com/fullchain.crt /root/.acme.sh/secure.example.com/fullchain.key
reload_nginx
visitors
nginx_unit_with ProtectHome=yes NoNewPrivileges=yes
systemctl restart nginx.service || true
requests "$WWW_SITE" / 10
