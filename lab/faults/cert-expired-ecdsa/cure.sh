rm -f /srv/trusted.pem
https_site_gone
