# The certificates lie on a mount that came later than nginx when the host started; now they are there, and nobody started nginx again.
certificate /var/lib/secrets/secure 90
mkdir -p /srv/secrets
mount --bind /var/lib/secrets /srv/secrets
https_site /srv/secrets/secure.crt /srv/secrets/secure.key
reload_nginx
visitors
systemctl stop nginx.service
umount /srv/secrets
systemctl start nginx.service || true
mount --bind /var/lib/secrets /srv/secrets
requests "$WWW_SITE" / 10
