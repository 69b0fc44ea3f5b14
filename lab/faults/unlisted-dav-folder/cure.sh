chown www-data /srv/exchange
rm -f /tmp/upload
