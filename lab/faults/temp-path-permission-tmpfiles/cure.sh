rm /etc/tmpfiles.d/spool.conf
chmod 0755 /srv/spool /srv/spool/nginx
chown www-data /srv/spool/nginx/bodies
chmod 0700 /srv/spool/nginx/bodies
