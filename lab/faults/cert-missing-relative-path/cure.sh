https_site_gone
rm -r /srv/web/tls
